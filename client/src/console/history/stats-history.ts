import type { BuyOutcome, NodeStats, NodeStatsEntry } from '@flipzon/protocol/operator.ts';
import { boughtUnits } from './invariant-status.ts';
import { changesBetween } from './node-changes.ts';
import { percentile } from './percentile.ts';
import { TieredSeries } from './tiered-series.ts';

/** Lines in one chart, and series kept: a further node replaces the one that has been gone longest. */
export const nodesMax = 8;

const kindOf: Partial<Record<BuyOutcome, 0 | 1 | 3 | 4>> = {
  claimed: 0,
  sold_out: 1,
  unavailable: 3,
  internal_error: 3,
  replayed: 4,
};
const refused = 2;
const lateMsMax = 2_000;

export interface WatchedNode {
  name: string;
  /** Sockets, and the delay of the event loop in ms. */
  series: TieredSeries;
  lastSecond: number;
}

/** The data of the charts. It is changed in place; `version` grows with each change. */
export class StatsHistory {
  /** Units left, as every page sees them; orders, as last counted. */
  readonly stock = new TieredSeries(['last', 'last']);
  /** Buys a second: claimed, sold out, refused, failed, and replayed. */
  readonly buys = new TieredSeries(['mean', 'mean', 'mean', 'mean', 'mean']);
  /** Milliseconds: p50, p95, p99. */
  readonly latency = new TieredSeries(['max', 'max', 'max']);
  readonly reconnects = new TieredSeries(['mean']);
  /** Entries, and the age of the oldest in seconds. */
  readonly outbox = new TieredSeries(['max', 'max']);
  /** Answers since the watching began. */
  readonly outcomes = new Map<BuyOutcome, number>();
  /** Upper bounds of the buckets in which nodes count their answers, in ms; received when watching begins. */
  buyMsBounds: readonly number[] = [];
  nodes: readonly WatchedNode[] = [];
  latest: NodeStats | null = null;
  firstSecond: number | null = null;
  /** For how long there have been more orders than units held. */
  aheadSeconds = 0;
  #aheadSince: number | null = null;
  version = 0;
  readonly #listeners = new Set<() => void>();

  /** `remaining` is what this page knows of the sale's stock at that moment. */
  take(stats: NodeStats, remaining: number | null): void {
    const second = Math.floor(Date.parse(stats.at) / 1000);
    const { latest } = this;
    if (latest !== null && isLate(stats.at, latest.at)) return;
    this.firstSecond ??= second;
    const { invariant, outbox } = stats;
    this.stock.set(second, [remaining, invariant?.orders ?? null]);
    this.outbox.set(second, [outbox.length, outbox.oldestMs / 1000]);
    this.#aheadSince =
      invariant !== null && invariant.orders > boughtUnits(invariant) ? (this.#aheadSince ?? second) : null;
    this.aheadSeconds = this.#aheadSince === null ? 0 : Math.max(0, second - this.#aheadSince);
    if (latest !== null) this.#takeChanges(second, latest, stats);
    this.nodes = stats.nodes.reduce((kept, node) => withNode(kept, node, second), this.nodes);
    this.latest = stats;
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #takeChanges(second: number, before: NodeStats, after: NodeStats): void {
    const seconds = Math.max(1, (Date.parse(after.at) - Date.parse(before.at)) / 1000);
    const changes = changesBetween(before.nodes, after.nodes);
    const kinds = [0, 0, 0, 0, 0];
    for (const [outcome, count] of changes.buys) {
      const kind = kindOf[outcome] ?? refused;
      kinds[kind] = (kinds[kind] ?? 0) + count;
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + count);
    }
    this.buys.set(
      second,
      kinds.map((count) => count / seconds),
    );
    this.latency.set(
      second,
      [0.5, 0.95, 0.99].map((share) => percentile(share, this.buyMsBounds, changes.buyMs)),
    );
    this.reconnects.set(second, [changes.reconnects / seconds]);
  }
}

/** Figures received before, or overtaken when the page changed nodes. Much older ones mean that a clock was set back. */
function isLate(at: string, latestAt: string): boolean {
  const byMs = Date.parse(latestAt) - Date.parse(at);
  return byMs >= 0 && byMs < lateMsMax;
}

function withNode(nodes: readonly WatchedNode[], stats: NodeStatsEntry, second: number): WatchedNode[] {
  const values = [stats.sockets, stats.eventLoopP99Ms];
  const known = nodes.find(({ name }) => name === stats.node);
  if (known !== undefined) {
    known.series.set(second, values);
    return nodes.map((node) => (node === known ? { ...node, lastSecond: second } : node));
  }
  const gone = nodes.length < nodesMax ? null : oldestOf(nodes);
  if (gone?.lastSecond === second) return [...nodes];
  const series = new TieredSeries(['last', 'max']);
  series.set(second, values);
  return [...nodes.filter((node) => node !== gone), { name: stats.node, series, lastSecond: second }];
}

function oldestOf(nodes: readonly WatchedNode[]): WatchedNode | null {
  return nodes.reduce<WatchedNode | null>(
    (oldest, node) => (oldest === null || node.lastSecond < oldest.lastSecond ? node : oldest),
    null,
  );
}
