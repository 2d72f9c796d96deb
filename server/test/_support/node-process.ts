import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countFaults } from './fault-figures.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const readyMsMax = 60_000;
const stopMsMax = 20_000;

export interface NodeProcess extends AsyncDisposable {
  url: string;
  pid: number;
  /** Of its inspector; only where one was asked for. */
  warnings: readonly string[];
  inspectorUrl: string | null;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<Exit>;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** What it wrote, both streams together. */
  output: string;
}

interface Running {
  child: ChildProcess;
  exited: Promise<Exit>;
  /** What it has written so far. */
  output: () => string;
}

interface Start {
  /** Another version's `main.ts`. */
  program?: string;
  /** With an inspector on a port of the loopback interface. */
  inspected?: boolean;
  /** Where it writes; else that is kept for its exit. */
  output?: 'inherit' | { file: string };
}

/** `node src/main.ts` with these variables and no others of ours that it would read. */
function run(
  environment: Readonly<Record<string, string>>,
  { program = main, inspected = false, output: writesTo }: Start = {},
): Running {
  const stream = typeof writesTo === 'object' ? openSync(writesTo.file, 'a') : (writesTo ?? 'pipe');
  const child = fork(program, [], {
    execArgv: inspected ? ['--inspect=127.0.0.1:0'] : [],
    env: { ...inherited(), ...environment },
    stdio: ['ignore', stream, stream, 'ipc'],
  });
  if (typeof stream === 'number') closeSync(stream);
  let output = '';
  for (const readable of [child.stdout, child.stderr]) {
    readable?.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-20_000);
    });
  }
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal, output }));
  return { child, exited, output: () => output };
}

function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
}

/** A process that is expected to give up by itself. */
export async function runToItsEnd(environment: Readonly<Record<string, string>>): Promise<Exit> {
  const { child, exited } = run(environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), readyMsMax);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}

/** A node that is killed `afterMs` after its start, ready or not; false when it had ended by itself by then. */
export async function killWhileStarting(
  environment: Readonly<Record<string, string>>,
  afterMs: number,
): Promise<boolean> {
  const { child, exited } = run(environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const { signal } = await exited;
  clearTimeout(timer);
  if (signal !== 'SIGKILL') return false;
  countFaults({ kills: 1 });
  return true;
}

/** A node in a separate process; resolves when it takes buys. */
export async function startNodeProcess(
  environment: Readonly<Record<string, string>>,
  start: Start = {},
): Promise<NodeProcess> {
  const { child, exited, output } = run(environment, start);
  const ready = once(child, 'message', { signal: AbortSignal.timeout(readyMsMax) });
  const [message] = await Promise.race([
    ready,
    exited.then((exit): never => {
      throw new Error(`the node ended before it was ready: ${JSON.stringify(exit)}`);
    }),
  ]);
  const { port, warnings } = message as { port: number; warnings: string[] };
  let cleaningUp = false;
  // By the test, or by itself at a crash point.
  void exited.then(({ signal }) => signal === 'SIGKILL' && !cleaningUp && countFaults({ kills: 1 }));
  return {
    url: `http://${environment.HOST ?? '127.0.0.1'}:${port}`,
    pid: child.pid ?? 0,
    warnings,
    inspectorUrl: /ws:\/\/\S+/.exec(output())?.[0] ?? null,
    kill: (signal) => void child.kill(signal),
    exited,
    async [Symbol.asyncDispose]() {
      cleaningUp = true;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A node that is started again on the port that it had, so that its clients find it. */
export class RestartableNode implements AsyncDisposable {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #start: Start;
  #node: NodeProcess | null = null;
  #port = 0;

  constructor(environment: Readonly<Record<string, string>>, start: Start = {}) {
    this.#environment = environment;
    this.#start = start;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What it said when it was started last. */
  get warnings(): readonly string[] {
    return this.#node?.warnings ?? [];
  }

  get running(): boolean {
    return this.#node !== null;
  }

  async start(): Promise<void> {
    const node = await startNodeProcess({ ...this.#environment, PORT: String(this.#port) }, this.#start);
    this.#node = node;
    this.#port = Number(new URL(node.url).port);
    void node.exited.then(() => {
      if (this.#node === node) this.#node = null;
    });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#node?.kill(signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const node = this.#node;
    this.#node = null;
    node?.kill(signal);
    await node?.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const node = this.#node;
    const timer = setTimeout(() => node?.kill('SIGKILL'), stopMsMax);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }
}
