import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const READY_MS_MAX = 90_000;
const DRAIN_MS_MAX = 30_000;

/** One server process that has said it is ready. */
export type NodeProcess = {
  name: string;
  port: number;
  pid: number;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Lets it drain and end; after a bound it is killed. */
  stop(): Promise<void>;
  kill(): void;
};

/** Starts `server/src/main.ts` and waits until it says over the channel that it is ready. */
export async function startNode(
  name: string,
  env: NodeJS.ProcessEnv,
  stopping: AbortSignal,
): Promise<NodeProcess> {
  const child = spawn(process.execPath, [join(root, 'server', 'src', 'main.ts')], {
    cwd: root,
    // A group of its own: Ctrl-C reaches the launcher only, which lets the nodes drain before the databases stop.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env, NODE_NAME: name },
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const kill = () => void child.kill('SIGKILL');
  const drain = () => void child.kill('SIGTERM');
  stopping.addEventListener('abort', drain);
  const ready = await Promise.race([readyPort(child), exited, after(READY_MS_MAX)]);
  stopping.removeEventListener('abort', drain);
  if (typeof ready !== 'number') {
    kill();
    if (ready === undefined)
      throw new FatalError(`The ${name} was not ready within ${READY_MS_MAX / 1_000} s.`);
    const how = ready.signal ?? `exit code ${ready.code}`;
    throw new FatalError(
      `The ${name} ended while starting (${how}); what it said stands above.`,
      ready.code ?? 1,
    );
  }
  return {
    name,
    port: ready,
    pid: child.pid ?? 0,
    exited,
    kill,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, DRAIN_MS_MAX);
      await exited;
      clearTimeout(timer);
    },
  };
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('message', (message: unknown) => {
      if (isReady(message)) resolve(message.port);
    });
  });
}

function isReady(message: unknown): message is { type: 'ready'; port: number } {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}
