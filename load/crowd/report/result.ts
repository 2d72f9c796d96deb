import { availableParallelism, cpus } from 'node:os';
import type { Purchase } from '../customers/buyer.ts';
import { Latencies, latencyNames, type Percentiles } from '../measure/latencies.ts';
import { addTally, emptyTally, increment, type TallyCounts } from '../measure/tally.ts';
import type { Options } from '../plan/arguments.ts';
import type { BoughtReport, WatchedReport } from '../shards/messages.ts';
import type { Judgement } from './verdict.ts';

/** All that a run measured; what `--json` writes. Times in the unit that their name ends with. */
export interface Result {
  startedAt: string;
  machine: { cpu: string; cpus: number; node: string };
  options: Omit<Options, 'secretFile' | 'json'>;
  saleId: string;
  connectMs: number;
  connectsPerSecond: number;
  /** From the first moment that a buyer could press until the last was answered and confirmed. */
  buyingMs: number;
  tally: TallyCounts;
  latencies: Record<string, Percentiles>;
  /** What scalpers gained by pressing early and often; `null` for the shapes without scalpers. */
  scalpers: { scalpers: number; claimed: number; others: number; othersClaimed: number } | null;
  spectators: WatchedReport & { messagesPerSpectatorPerSecond: number };
  verdict: Judgement[];
  holds: boolean;
}

export function machine(): Result['machine'] {
  return { cpu: cpus()[0]?.model ?? 'unknown', cpus: availableParallelism(), node: process.version };
}

export function mergeBought(
  reports: BoughtReport[],
): Pick<Result, 'tally' | 'latencies'> & Pick<BoughtReport, 'purchases'> {
  const tally = emptyTally();
  const latencies = new Latencies();
  for (const report of reports) {
    addTally(tally, report.tally);
    latencies.add(report.latencies);
  }
  return {
    tally,
    latencies: Object.fromEntries(latencyNames.map((name) => [name, latencies.percentiles(name)])),
    purchases: reports.flatMap((report) => report.purchases),
  };
}

export function countScalpers(purchases: readonly Purchase[]): Result['scalpers'] {
  const scalpers = purchases.filter(({ scalper }) => scalper);
  if (scalpers.length === 0) return null;
  const claimed = scalpers.filter(({ outcome }) => outcome === 'claimed').length;
  const allClaimed = purchases.filter(({ outcome }) => outcome === 'claimed').length;
  return {
    scalpers: scalpers.length,
    claimed,
    others: purchases.length - scalpers.length,
    othersClaimed: allClaimed - claimed,
  };
}

export function mergeWatched(reports: WatchedReport[]): WatchedReport {
  const total: WatchedReport = {
    type: 'watched',
    spectators: 0,
    lastCounts: {},
    messages: 0,
    messagesPerSecondMax: 0,
    backwards: 0,
    reconnects: 0,
  };
  for (const report of reports) {
    total.spectators += report.spectators;
    for (const [count, spectators] of Object.entries(report.lastCounts))
      increment(total.lastCounts, count, spectators);
    total.messages += report.messages;
    total.messagesPerSecondMax = Math.max(total.messagesPerSecondMax, report.messagesPerSecondMax);
    total.backwards += report.backwards;
    total.reconnects += report.reconnects;
  }
  return total;
}
