import { buyMsBounds, type NodeStats, type NodeStatsEntry } from '@flipzon/protocol/operator.ts';
import { describe, expect, test } from 'vitest';
import { invariantStatusOf } from '../../src/console/history/invariant-status.ts';
import { percentile } from '../../src/console/history/percentile.ts';
import { nodesMax, StatsHistory } from '../../src/console/history/stats-history.ts';

const startMs = 1_700_000_000_000;
const buckets = (...counts: number[]) => buyMsBounds.concat(0 as never).map((_, index) => counts[index] ?? 0);

function nodeOf(change: Partial<NodeStatsEntry> = {}): NodeStatsEntry {
  return {
    node: 'node-1',
    upS: 100,
    sockets: 10,
    connects: 10,
    reconnects: 0,
    buys: {},
    buyMs: buckets(),
    eventLoopP99Ms: 1,
    epoch: 1,
    healthy: true,
    ...change,
  };
}

function statsOf(second: number, nodes: NodeStatsEntry[], change: Partial<NodeStats> = {}): NodeStats {
  return {
    at: new Date(startMs + second * 1000).toISOString(),
    saleId: 'sale-1',
    nodes,
    outbox: { length: 0, oldestMs: 0, deadLetters: 0 },
    invariant: { quantity: 10, remaining: 7, held: 3, orders: 3, duplicates: 0, behind: 0 },
    ...change,
  };
}

const take = (history: StatsHistory, stats: NodeStats) =>
  history.take(stats, stats.invariant?.remaining ?? null);
const lastOf = (history: StatsHistory) => history.buys.read(0).columns.map((column) => column.at(-1));

describe('buys a second', () => {
  test('are what has come on all nodes since the stats before, sorted by how they were answered', () => {
    const history = new StatsHistory();
    take(
      history,
      statsOf(0, [nodeOf({ buys: { claimed: 500 } }), nodeOf({ node: 'node-2', buys: { sold_out: 7 } })]),
    );
    take(
      history,
      statsOf(1, [
        nodeOf({ upS: 101, buys: { claimed: 510, replayed: 6, already_purchased: 2, too_many_requests: 1 } }),
        nodeOf({ node: 'node-2', upS: 101, buys: { sold_out: 9, unavailable: 4, internal_error: 1 } }),
      ]),
    );
    expect(lastOf(history)).toEqual([10, 2, 3, 5, 6]);
    expect(Object.fromEntries(history.outcomes)).toEqual({
      claimed: 10,
      replayed: 6,
      already_purchased: 2,
      too_many_requests: 1,
      sold_out: 2,
      unavailable: 4,
      internal_error: 1,
    });
  });

  test('are spread over the seconds that were missed', () => {
    const history = new StatsHistory();
    take(history, statsOf(0, [nodeOf()]));
    take(history, statsOf(5, [nodeOf({ upS: 105, buys: { claimed: 50 } })]));
    expect(lastOf(history)[0]).toBe(10);
  });

  test('are counted from zero on a node that has restarted, and not at all on one that just appeared', () => {
    const history = new StatsHistory();
    take(history, statsOf(0, [nodeOf({ upS: 900, buys: { claimed: 500 } })]));
    take(
      history,
      statsOf(1, [
        nodeOf({ upS: 0, buys: { claimed: 3 } }),
        nodeOf({ node: 'node-2', buys: { claimed: 9000 } }),
      ]),
    );
    expect(lastOf(history)[0]).toBe(3);
  });

  test('stats that come late or twice change nothing', () => {
    const history = new StatsHistory();
    take(history, statsOf(0, [nodeOf()]));
    take(history, statsOf(1, [nodeOf({ buys: { claimed: 5 } })]));
    take(history, statsOf(1, [nodeOf({ buys: { claimed: 5 } })]));
    take(history, statsOf(0, [nodeOf()]));
    expect(history.outcomes.get('claimed')).toBe(5);
    expect(history.version).toBe(2);
  });

  test('stats of a clock that was set back are the latest', () => {
    const history = new StatsHistory();
    take(history, statsOf(100, [nodeOf()]));
    take(history, statsOf(95, [nodeOf({ buys: { claimed: 5 } })]));
    expect(history.outcomes.get('claimed')).toBe(5);
    expect(history.latest?.at).toBe(statsOf(95, []).at);
  });
});

test('latencies are of this second’s answers, over all nodes', () => {
  const history = new StatsHistory();
  history.buyMsBounds = buyMsBounds;
  take(history, statsOf(0, [nodeOf({ buyMs: buckets(1000) })]));
  take(history, statsOf(1, [nodeOf({ upS: 101, buyMs: buckets(1000, 0, 50, 0, 0, 0, 50) })]));
  const [p50, p95, p99] = history.latency.read(0).columns.map((column) => column.at(-1));
  expect(p50).toBe(5);
  expect(p95).toBe(95);
  expect(p99).toBe(99);
  take(history, statsOf(2, [nodeOf({ upS: 102, buyMs: buckets(1000, 0, 50, 0, 0, 0, 50) })]));
  expect(history.latency.read(0).columns[0]?.at(-1)).toBeNull();
});

test('as many nodes are kept as are drawn; a new one replaces the one that has been gone longest', () => {
  const history = new StatsHistory();
  const names = Array.from({ length: nodesMax }, (_, index) => `node-${index}`);
  take(
    history,
    statsOf(
      0,
      names.map((node) => nodeOf({ node })),
    ),
  );
  take(
    history,
    statsOf(
      1,
      names.slice(1).map((node) => nodeOf({ node })),
    ),
  );
  take(history, statsOf(2, [nodeOf({ node: 'new' })]));
  expect(history.nodes.map(({ name }) => name)).toEqual([...names.slice(1), 'new']);
});

describe('a percentile out of buckets', () => {
  test.each([
    [0.5, [0, 0, 0], null],
    [0.5, [10, 0, 0], 5],
    [1, [10, 0, 0], 10],
    [0.5, [0, 10, 0], 15],
    [0.99, [0, 0, 4], 20],
    [0.25, [2, 2, 0], 5],
  ])('%d of %j', (share, counts, expected) => {
    expect(percentile(share, [10, 20], counts)).toBe(expected);
  });
});

describe('the invariant status', () => {
  const good = { quantity: 10, remaining: 7, held: 3, orders: 3, duplicates: 0, behind: 0 };
  const paid = { ...good, inCheckout: 2, sold: 1, overdue: 0 };
  test.each([
    [good, 'good'],
    [{ ...good, orders: 1, behind: 2 }, 'behind'],
    [{ ...good, remaining: 8 }, 'bad'],
    [{ ...good, held: 4 }, 'bad'],
    [{ ...good, duplicates: 1 }, 'bad'],
    [{ ...good, orders: 11, behind: -8 }, 'bad'],
    [null, 'unknown'],
    // With payment, only what is paid has an order.
    [{ ...paid, orders: 1, behind: 0 }, 'good'],
    [{ ...paid, orders: 0, behind: 1 }, 'behind'],
    [{ ...paid, remaining: 6 }, 'bad'],
  ] as const)('%j is %s', (invariant, expected) => {
    expect(invariantStatusOf(statsOf(0, [], { invariant }), 0, 0)).toBe(expected);
  });

  test('bears with more orders than units held for as long as a cancellation may take, and no longer', () => {
    const invariant = { ...good, orders: 4, behind: -1 };
    const history = new StatsHistory();
    const statusAt = (second: number) => {
      take(history, statsOf(second, [], { invariant }));
      return invariantStatusOf(history.latest, 0, history.aheadSeconds);
    };
    expect([statusAt(0), statusAt(60), statusAt(61)]).toEqual(['good', 'good', 'bad']);
    take(history, statsOf(62, [], { invariant: good }));
    expect([statusAt(63), statusAt(100)]).toEqual(['good', 'good']);
  });

  test('ignores old stats', () => {
    expect(invariantStatusOf(statsOf(0, []), 60_000, 0)).toBe('unknown');
    expect(invariantStatusOf(null, 0, 0)).toBe('unknown');
  });
});
