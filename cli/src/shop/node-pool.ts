import { say } from '../say.ts';
import type { Backend } from './front-port.ts';
import { type NodeProcess, startNode } from './node-process.ts';
import { pause } from './pause.ts';

const BACKOFF_MS_MIN = 200;
const BACKOFF_MS_MAX = 10_000;
/** A node that has run this long has recovered: its earlier deaths no longer count. */
const STEADY_MS_MIN = 60_000;
const RESTARTS_MAX = 20;

export type NodePool = AsyncDisposable & {
  nodes(): readonly NodeProcess[];
  backends(): readonly Backend[];
  /** Settles with the reason when a node keeps dying and is given up. */
  gaveUp: Promise<string>;
  kill(): void;
};

type PoolOptions = {
  count: number;
  /** The environment of node number `index`; `port` is the one it had, when it is started again. */
  envOf: (index: number, port: number | undefined) => NodeJS.ProcessEnv;
  stopping: AbortSignal;
};

/** Runs the server processes; one that dies is started again on its own port, within a bound. */
export async function startNodePool({ count, envOf, stopping }: PoolOptions): Promise<NodePool> {
  const running = new Map<number, { node: NodeProcess; backend: Backend }>();
  const closed = new AbortController();
  const stop = AbortSignal.any([closed.signal, stopping]);
  const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<string>();

  const starting = new Set<Promise<NodeProcess>>();
  const startOne = async (index: number, port?: number) => {
    const start = startNode(`node-${index + 1}`, envOf(index, port), stop);
    starting.add(start);
    const node = await start.finally(() => starting.delete(start));
    running.set(index, { node, backend: { port: node.port, connections: 0 } });
    return node;
  };

  const keepRunning = async (index: number, first: NodeProcess) => {
    let node = first;
    let restarts = 0;
    let startedAt = Date.now();
    while (!stop.aborted) {
      const { code, signal } = await node.exited;
      running.delete(index);
      if (stop.aborted) return;
      say(`${node.name} died (${signal ?? `exit code ${code}`}); starting it again`);
      if (Date.now() - startedAt > STEADY_MS_MIN) restarts = 0;
      let next: NodeProcess | undefined;
      while (next === undefined) {
        if (restarts >= RESTARTS_MAX)
          return giveUp(`${node.name} keeps dying: given up after ${RESTARTS_MAX} starts.`);
        await pause(Math.min(BACKOFF_MS_MIN * 2 ** restarts, BACKOFF_MS_MAX), stop);
        restarts += 1;
        if (stop.aborted) return;
        next = await startOne(index, node.port).catch((error: Error) => {
          if (!stop.aborted) say(error.message);
          return undefined;
        });
      }
      node = next;
      startedAt = Date.now();
      say(`${node.name} is back: pid ${node.pid}, http://127.0.0.1:${node.port}`);
    }
  };

  const stopAll = async () => {
    closed.abort();
    await Promise.allSettled(starting);
    await Promise.all([...running.values()].map(({ node }) => node.stop()));
  };

  const started = await Promise.allSettled(
    Array.from({ length: count }, async (_, index) => {
      const node = await startOne(index);
      void keepRunning(index, node);
    }),
  );
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stopAll();
    throw failed.reason;
  }
  return {
    nodes: () => [...running].sort(([a], [b]) => a - b).map(([, { node }]) => node),
    backends: () => [...running.values()].map(({ backend }) => backend),
    gaveUp,
    kill() {
      for (const { node } of running.values()) node.kill();
    },
    [Symbol.asyncDispose]: stopAll,
  };
}
