import type { Sale } from '@flipzon/protocol/schemas.ts';

/** The phase of the sale itself, the same for all visitors. */
export type Phase = 'scheduled' | 'countdown' | 'live' | 'sold_out' | 'paused' | 'ended';

const dayMs = 24 * 60 * 60 * 1000;

/** False while no customer can buy and the count is only the last known one. An older server does not send it: it sells or refuses. */
export function isAvailable(sale: Partial<Pick<Sale, 'available'>>): boolean {
  return sale.available !== false;
}

export function startsAtMs(sale: Sale): number {
  return Date.parse(sale.startsAt);
}

/**
 * The sale opens and ends by comparing its instants with the server's clock: no message has to arrive for that. What the server
 * says about a pause or an end overrides the clock.
 */
export function derivePhase(sale: Sale, serverMs: number): Phase {
  if (sale.status === 'paused' || sale.status === 'ended') {
    return sale.status;
  }
  const untilStartMs = startsAtMs(sale) - serverMs;
  const open = untilStartMs <= 0 || sale.status === 'live' || sale.status === 'sold_out';
  if (!open) {
    return untilStartMs > dayMs ? 'scheduled' : 'countdown';
  }
  if (sale.remaining <= 0) {
    return 'sold_out';
  }
  return sale.endsAt !== null && serverMs >= Date.parse(sale.endsAt) ? 'ended' : 'live';
}
