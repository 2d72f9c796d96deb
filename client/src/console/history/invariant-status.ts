import type { NodeStats } from '@flipzon/protocol/operator.ts';

export type InvariantStatus = 'good' | 'behind' | 'bad' | 'unknown';

/** Older stats are not used. */
export const statsMsMax = 5000;

/** The two stores are counted one after the other, now and then: a cancellation between the counts is over by the next ones. */
const aheadSecondsMax = 60;

/**
 * Whether the sale adds up. Orders may be behind the units held, by what the writer has not written yet. They may be ahead for a moment,
 * while a cancelled order's unit is given back; when they stay ahead, there are orders without a claim.
 */
export function invariantStatusOf(
  stats: NodeStats | null,
  ageMs: number,
  aheadSeconds: number,
): InvariantStatus {
  if (stats === null || stats.invariant === null || ageMs > statsMsMax) return 'unknown';
  const { quantity, remaining, held, orders, duplicates } = stats.invariant;
  const bought = boughtUnits(stats.invariant);
  if (remaining + held !== quantity || duplicates > 0 || orders > quantity) return 'bad';
  if (orders > bought) return aheadSeconds > aheadSecondsMax ? 'bad' : 'good';
  return bought === orders ? 'good' : 'behind';
}

/** Units that have an order, or get one: in a sale that requires payment those that are paid, else all that are held. */
export function boughtUnits({ held, sold }: NonNullable<NodeStats['invariant']>): number {
  return sold ?? held;
}
