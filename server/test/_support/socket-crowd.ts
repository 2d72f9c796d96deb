import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { noteClaim } from './fault-figures.ts';

export type CrowdOrder =
  | { type: 'open'; url: string; tokens: string[]; spectators: number }
  | { type: 'report' }
  | { type: 'buy'; from: number; to: number };

export interface CrowdReport {
  connected: number;
  /** How many see which `remaining`; `null` if they got none since they connected, `away` if they are not connected. */
  counts: Record<string, number>;
  reconnects: number;
  /** Counts that came with an older `seq` than one seen before. */
  backwards: number;
  /** Attempts to connect that were answered 503. */
  refused: number;
}

export interface CrowdAnswer {
  order: Order | null;
  code: 'claimed' | 'sold_out';
  /** What was said before the answer that stands. */
  onTheWay: string[];
}

export interface SocketCrowd extends AsyncDisposable {
  report(): Promise<CrowdReport>;
  /** Those with a token from number `from` up to `to` press, and ask the same until there is an answer that stands. */
  buy(from: number, to: number): Promise<CrowdAnswer[]>;
}

/** One order at a time to each process; a second process serves the buyers, so that reports go on meanwhile. */
export async function openSocketCrowd(
  url: string,
  { tokens, spectators }: { tokens: string[]; spectators: number },
): Promise<SocketCrowd> {
  const buyers = startProcess();
  const watchers = startProcess();
  await Promise.all([
    buyers.order({ type: 'open', url, tokens, spectators: 0 }),
    watchers.order({ type: 'open', url, tokens: [], spectators }),
  ]);
  return {
    async report() {
      const reports = (await Promise.all(
        [buyers, watchers].map((each) => each.order({ type: 'report' })),
      )) as CrowdReport[];
      const sum = (of: (report: CrowdReport) => number) =>
        reports.reduce((total, each) => total + of(each), 0);
      const seen = new Set(reports.flatMap(({ counts }) => Object.keys(counts)));
      return {
        connected: sum((each) => each.connected),
        counts: Object.fromEntries([...seen].map((count) => [count, sum((each) => each.counts[count] ?? 0)])),
        reconnects: sum((each) => each.reconnects),
        backwards: sum((each) => each.backwards),
        refused: sum((each) => each.refused),
      };
    },
    async buy(from, to) {
      const answers = (await buyers.order({ type: 'buy', from, to })) as CrowdAnswer[];
      for (const { order } of answers) if (order !== null) noteClaim(order);
      return answers;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([buyers.stop(), watchers.stop()]);
    },
  };
}

function startProcess() {
  const child = fork(fileURLToPath(new URL('./socket-crowd-main.ts', import.meta.url)), [], { execArgv: [] });
  let last: Promise<unknown> = Promise.resolve();
  return {
    order(order: CrowdOrder): Promise<unknown> {
      last = last.then(async () => {
        const answer = once(child, 'message');
        child.send(order);
        return (await answer)[0];
      });
      return last;
    },
    async stop(): Promise<void> {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
