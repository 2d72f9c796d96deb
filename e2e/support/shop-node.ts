import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

const main = join(import.meta.dirname, '..', '..', 'server', 'src', 'main.ts');
const readyMsMax = 60_000;
const stopMsMax = 20_000;

/** One server process on a port that it keeps over its lives, so that a page finds it again. */
export class ShopNode implements AsyncDisposable {
  readonly name: string;
  readonly logFile: string;
  readonly #env: Record<string, string>;
  #process: ChildProcess | null = null;
  #port = 0;

  constructor(name: string, logFile: string, env: Record<string, string>) {
    this.name = name;
    this.logFile = logFile;
    this.#env = env;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get running(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async start(): Promise<void> {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const log = openSync(this.logFile, 'a');
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...env, ...this.#env, NODE_NAME: this.name, PORT: String(this.#port) },
    });
    closeSync(log);
    this.#process = child;
    this.#port = await readyPort(child, `${this.name} (log: ${this.logFile})`);
  }

  /** As a crash or a power cut would: nothing is drained. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => this.#process?.kill('SIGKILL'), stopMsMax);
    await this.#end('SIGTERM');
    clearTimeout(timer);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === null || !this.running) {
      return;
    }
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

async function readyPort(child: ChildProcess, who: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const timer = setTimeout(() => reject(new Error(`${who} was not ready in time`)), readyMsMax);
  child.on('message', (message: { type?: string; port?: number }) => {
    if (message.type === 'ready' && message.port !== undefined) {
      resolve(message.port);
    }
  });
  child.once('exit', (code, signal) => reject(new Error(`${who} ended at once (${signal ?? code})`)));
  child.once('error', reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
