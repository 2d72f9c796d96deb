import type { Environment } from './environment.ts';
import type { ProbeTasks } from './probe.ts';
import type { Program } from './program.ts';
import { startMeasured, type Target, type Terms } from './target.ts';

/** What every baseline answers over IPC; a baseline without a feature leaves its task out. */
export type BaselineTasks = {
  openSale: (terms: Terms & { first: boolean }) => Promise<void>;
  /** Sends `ticks` counts to all sockets, one every `everyMs`. */
  fanOut: (plan: { ticks: number; everyMs: number }) => Promise<void>;
};

export interface Baseline extends Target {
  nodes: readonly Program<BaselineTasks & ProbeTasks>[];
}

export type BaselineFile =
  | 'ws-claim'
  | 'socket-io-claim'
  | 'naive-count'
  | 'http-claim'
  | 'express-lock-mongodb';

export async function startBaseline(
  environment: Environment,
  file: BaselineFile,
  {
    nodeCount = 1,
    environment: more = {},
  }: { nodeCount?: number; environment?: Record<string, string> } = {},
): Promise<Baseline> {
  const settings = { REDIS_URL: environment.redisAdminUrl, MONGODB_URI: environment.mongodbUrl, ...more };
  const nodes: Program<BaselineTasks & ProbeTasks>[] = [];
  for (let i = 0; i < nodeCount; i++)
    nodes.push(
      await startMeasured<BaselineTasks>(new URL(`../baselines/${file}.ts`, import.meta.url), settings),
    );
  return {
    name: file,
    runsOn: nodes[0]?.runsOn ?? '',
    urls: nodes.map((node) => node.url),
    nodes,
    async openSale(terms) {
      for (const [i, node] of nodes.entries()) await node.call('openSale', { ...terms, first: i === 0 });
    },
    settled: async () => {},
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.end()));
    },
  };
}
