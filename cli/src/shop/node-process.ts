import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ServiceExit } from '@flipzon/server/services/private-service.ts';
import type { Supervisable } from '@flipzon/server/services/supervise-service.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const READY_MS_MAX = 90_000;
const DRAIN_MS_MAX = 30_000;

/** One server process that has said it is ready. Disposing lets it drain and end; after a bound it is killed. */
export type NodeProcess = Supervisable & { kill(): void };

/** Starts a node's program and waits until it says over the channel that it is ready. */
export async function startNode(
  name: string,
  env: NodeJS.ProcessEnv,
  giveUp: AbortSignal,
  program = join(root, 'server', 'src', 'main.ts'),
): Promise<NodeProcess> {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    // A group of its own: Ctrl-C reaches the launcher only, which lets the nodes drain before the databases stop.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env, NODE_NAME: name },
  });
  let stopping = false;
  const exited = new Promise<ServiceExit>((resolve) => {
    // What it said stands in our own output.
    const end = (code: number | null, signal: NodeJS.Signals | null) =>
      resolve({ code, signal, said: null, expected: stopping });
    child.once('exit', end);
    child.once('error', () => end(null, null));
  });
  const kill = () => void child.kill('SIGKILL');
  const drain = () => void child.kill('SIGTERM');
  giveUp.addEventListener('abort', drain);
  const ready = await Promise.race([readyPort(child), exited, after(READY_MS_MAX)]);
  giveUp.removeEventListener('abort', drain);
  if (typeof ready !== 'number') {
    kill();
    if (ready === undefined) throw new FatalError(`${name} was not ready within ${READY_MS_MAX / 1_000} s.`);
    const how = ready.signal ?? `exit code ${ready.code}`;
    throw new FatalError(
      `${name} ended while starting (${how}); what it said stands above.`,
      ready.code ?? 1,
    );
  }
  return {
    kind: name,
    version: process.version,
    url: `http://127.0.0.1:${ready}`,
    port: ready,
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
