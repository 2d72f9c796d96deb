import {
  type ServiceEvent,
  type SupervisedService,
  superviseService,
} from '@flipzon/local-services/supervise-service.ts';
import { say } from '../say.ts';
import type { Backend } from './front-port.ts';
import { type NodeProcess, startNode } from './node-process.ts';

const BACKOFF_MS_MAX = 10_000;

export type NodePool = AsyncDisposable & {
  nodes(): readonly Pick<SupervisedService, 'kind' | 'pid' | 'port' | 'url'>[];
  /** Warnings that the nodes gave at their start, without duplicates. */
  warnings(): readonly string[];
  /** The nodes that are serving now. */
  backends(): readonly Backend[];
  kill(): void;
};

type PoolOptions = {
  count: number;
  /** The environment of a node; `port` is the one it had, when it is started again. */
  envOf: (port: number | undefined) => NodeJS.ProcessEnv;
  stopping: AbortSignal;
  /** What a node runs; other ones are for tests. */
  program?: string;
  backoffMsMax?: number;
};

/**
 * Runs the server processes. One that dies is started again on its own port, for as long as it takes: what keeps it from starting, such as a
 * database that hangs, need not stop the others.
 */
export async function startNodePool(options: PoolOptions): Promise<NodePool> {
  const { count, envOf, stopping, program, backoffMsMax = BACKOFF_MS_MAX } = options;
  const closed = new AbortController();
  const stop = AbortSignal.any([closed.signal, stopping]);
  const running = new Set<NodeProcess>();
  const warnings = new Set<string>();
  const startOne = (index: number) => async (port?: number) => {
    const node = await startNode(`node-${index + 1}`, envOf(port), stop, program);
    running.add(node);
    for (const warning of node.warnings) warnings.add(warning);
    node.onExit(() => running.delete(node));
    return node;
  };
  const onEvent = (event: ServiceEvent) => say(describe(event));

  const started = await Promise.allSettled(
    Array.from({ length: count }, (_, index) =>
      superviseService(startOne(index), { onEvent, backoffMsMax, stopping: stop }),
    ),
  );
  const nodes = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stopAll = async () => {
    closed.abort();
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stopAll();
    throw failed.reason;
  }
  const known = nodes.map((node) => ({ node, backend: { port: node.port, connections: 0 } }));
  return {
    nodes: () => nodes,
    warnings: () => [...warnings],
    backends: () => known.flatMap(({ node, backend }) => (node.isUp ? [backend] : [])),
    kill() {
      for (const node of running) node.kill();
    },
    [Symbol.asyncDispose]: stopAll,
  };
}

function describe(event: ServiceEvent): string {
  switch (event.event) {
    case 'died':
      return `${event.kind} died (${event.why}); starting it again`;
    case 'restarted':
      return `${event.kind} is back: pid ${event.pid}`;
    case 'not_started':
      return `${event.why} Trying again until it starts.`;
  }
}
