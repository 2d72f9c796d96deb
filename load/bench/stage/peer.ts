import type { ProbeTasks } from './probe.ts';
import type { Program } from './program.ts';
import type { Stage } from './stage.ts';
import { type Subject, startMeasured, type Terms } from './subject.ts';

/** What every peer answers over IPC; a peer without a feature leaves its task out. */
export type PeerTasks = {
  openSale: (terms: Terms & { first: boolean }) => Promise<void>;
  /** Sends `ticks` counts to all sockets, one every `everyMs`. */
  fanOut: (plan: { ticks: number; everyMs: number }) => Promise<void>;
};

export interface Peer extends Subject {
  nodes: readonly Program<PeerTasks & ProbeTasks>[];
}

export type PeerFile = 'ws-claim' | 'socket-io-claim' | 'naive-count' | 'http-claim' | 'express-lock-mongodb';

export async function startPeer(
  stage: Stage,
  file: PeerFile,
  {
    nodeCount = 1,
    environment: more = {},
  }: { nodeCount?: number; environment?: Record<string, string> } = {},
): Promise<Peer> {
  const environment = { REDIS_URL: stage.redisAdminUrl, MONGODB_URI: stage.mongodbUrl, ...more };
  const nodes: Program<PeerTasks & ProbeTasks>[] = [];
  for (let i = 0; i < nodeCount; i++)
    nodes.push(await startMeasured<PeerTasks>(new URL(`../peers/${file}.ts`, import.meta.url), environment));
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
