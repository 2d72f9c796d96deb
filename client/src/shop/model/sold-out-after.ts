import { startsAtMs } from './derive-phase.ts';
import type { Model } from './model.ts';

/** From the opening until the last unit went, in milliseconds; null while there are any, or if it is unknown. */
export function soldOutAfterMs({ sale, soldOutServerMs }: Model): number | null {
  if (sale === null || soldOutServerMs === null) {
    return null;
  }
  const tookMs = soldOutServerMs - startsAtMs(sale);
  return tookMs > 0 ? tookMs : null;
}
