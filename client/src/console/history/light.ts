import type { Figures } from '@flipzon/protocol/operator.ts';

export type Light = 'good' | 'behind' | 'bad' | 'unknown';

/** Figures that are older than this say nothing of now. */
export const figuresMsMax = 5000;

/**
 * Whether the sale adds up. Orders may be behind the units held, by what the writer has not written yet; they can never be ahead, as
 * long as the two counts are of the same moment, which they are not while units go: then only the stock and the duplicates tell.
 */
export function lightOf(figures: Figures | null, ageMs: number): Light {
  if (figures === null || figures.invariant === null || ageMs > figuresMsMax) return 'unknown';
  const { quantity, remaining, held, orders, duplicates } = figures.invariant;
  if (remaining + held !== quantity || duplicates > 0 || orders > quantity) return 'bad';
  return held === orders ? 'good' : 'behind';
}
