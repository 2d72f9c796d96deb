import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Call, Reply, Tasks } from './calls.ts';

const readyMsMax = 60_000;
const callMsMax = 300_000;
const endMsMax = 5_000;

export interface Ready {
  type: 'ready';
  port?: number;
  runsOn?: string;
}

/** A program in a separate process that is called over IPC, typed by the tasks that it answers. */
export class Program<T extends Tasks> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #nextId = 1;
  #ready: Ready = { type: 'ready' };

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: Partial<Reply>) => this.#take(message));
    child.on('exit', (code, signal) => this.#failAll(new Error(`a process ended (${signal ?? code})`)));
    child.on('error', (error) => this.#failAll(error));
  }

  static async start<T extends Tasks>(
    file: string | URL,
    environment: Readonly<Record<string, string>> = {},
    execArgv: readonly string[] = [],
  ): Promise<Program<T>> {
    const child = fork(file, [], {
      execArgv: [...execArgv],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const program = new Program<T>(child);
    const [message] = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(readyMsMax) }),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with code ${code}`))),
    ]);
    program.#ready = message as Ready;
    return program;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ready.port}`;
  }

  /** What the program says that it runs on, for the report. */
  get runsOn(): string {
    return this.#ready.runsOn ?? '';
  }

  call<K extends keyof T & string>(name: K, input: Parameters<T[K]>[0]): Promise<Awaited<ReturnType<T[K]>>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} took too long`)), callMsMax);
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as Awaited<ReturnType<T[K]>>);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.#child.send({ call: name, id, input } satisfies Call, () => {});
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), endMsMax);
    await exited;
    clearTimeout(timer);
  }

  #take({ id, result, error }: Partial<Reply>): void {
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (waiting === undefined) return;
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error));
  }

  #failAll(error: Error): void {
    for (const { reject } of [...this.#waiting.values()]) reject(error);
  }
}
