import type { BuyOutcome, NodeStatsEntry } from '@flipzon/protocol/operator.ts';

/** The changes on all nodes since the previous stats. */
export interface Changes {
  buys: ReadonlyMap<BuyOutcome, number>;
  buyMs: readonly number[];
  reconnects: number;
}

/**
 * Nodes count from their start. A node that has restarted counts from zero; a node that was not known before may have counted
 * for days, so its changes are unknown until the next stats.
 */
export function changesBetween(before: readonly NodeStatsEntry[], after: readonly NodeStatsEntry[]): Changes {
  const known = new Map(before.map((node) => [node.node, node]));
  const buys = new Map<BuyOutcome, number>();
  const buyMs: number[] = [];
  let reconnects = 0;
  for (const node of after) {
    const earlier = known.get(node.node);
    if (earlier === undefined) continue;
    const base = node.upS >= earlier.upS ? earlier : null;
    for (const [outcome, count] of Object.entries(node.buys) as [BuyOutcome, number][]) {
      const more = count - (base?.buys[outcome] ?? 0);
      if (more > 0) buys.set(outcome, (buys.get(outcome) ?? 0) + more);
    }
    for (const [bucket, count] of node.buyMs.entries()) {
      buyMs[bucket] = (buyMs[bucket] ?? 0) + Math.max(0, count - (base?.buyMs[bucket] ?? 0));
    }
    reconnects += Math.max(0, node.reconnects - (base?.reconnects ?? 0));
  }
  return { buys, buyMs, reconnects };
}
