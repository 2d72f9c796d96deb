import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiledDir } from '@flipzon/local-services/cache-dir.ts';
import type { ServiceExit } from '@flipzon/local-services/private-service.ts';
import type { Supervisable } from '@flipzon/local-services/supervise-service.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const READY_MS_MAX = 90_000;
const DRAIN_MS_MAX = 30_000;

/** One server process that has said it is ready. Disposing lets it drain and end; after a bound it is killed. */
export type NodeProcess = Supervisable & {
  /** To be read before a real sale. */
  warnings: readonly string[];
  kill(): void;
};

/** Starts a node's program and waits until it says over the channel that it is ready. */
export async function startNode(
  name: string,
  env: NodeJS.ProcessEnv,
  giveUp: AbortSignal,
  program = join(root, 'server', 'src', 'main.ts'),
): Promise<NodeProcess> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    // In a separate process group: Ctrl-C reaches the launcher only, which lets the nodes drain before the databases stop.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: compiledDir, ...process.env, ...env, NODE_NAME: name },
  });
  let stopping = false;
  const exited = new Promise<ServiceExit>((resolve) => {
    // Its error message is already in our own output.
    const end = (code: number | null, signal: NodeJS.Signals | null) =>
      resolve({ code, signal, said: null, expected: stopping });
    child.once('exit', end);
    child.once('error', () => end(null, null));
  });
  const kill = () => void child.kill('SIGKILL');
  const drain = () => void child.kill('SIGTERM');
  giveUp.addEventListener('abort', drain);
  const ready = await Promise.race([readyNode(child), exited, after(READY_MS_MAX)]);
  giveUp.removeEventListener('abort', drain);
  if (ready === undefined || !('port' in ready)) {
    kill();
    if (ready === undefined) throw new FatalError(`${name} was not ready within ${READY_MS_MAX / 1_000} s.`);
    const how = ready.signal ?? `exit code ${ready.code}`;
    throw new FatalError(`${name} ended while starting (${how}); its output is above.`, ready.code ?? 1);
  }
  return {
    kind: name,
    version: process.version,
    url: `http://127.0.0.1:${ready.port}`,
    port: ready.port,
    warnings: ready.warnings ?? [],
    pid: child.pid ?? 0,
    onExit(callback) {
      let wanted = true;
      void exited.then((exit) => wanted && callback(exit));
      return () => {
        wanted = false;
      };
    },
    kill,
    async [Symbol.asyncDispose]() {
      stopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(kill, DRAIN_MS_MAX);
      await exited;
      clearTimeout(timer);
    },
  };
}

type Ready = { type: 'ready'; port: number; warnings?: string[] };

function readyNode(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    child.on('message', (message: unknown) => {
      if (isReady(message)) resolve(message);
    });
  });
}

function isReady(message: unknown): message is Ready {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}
