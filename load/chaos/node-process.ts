import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(import.meta.resolve('@flipzon/server/main.ts'));
const readyMsMax = 60_000;

/** One node in a process of its own, on a port that it keeps over its deaths. */
export class NodeProcess {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #port = 0;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const child = fork(main, [], {
      execArgv: [],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...this.#environment, PORT: String(this.#port) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(readyMsMax) });
    this.#port = (message as { port: number }).port;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
