import type { BuyRefused } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale, SaleSnapshot } from '../sale/current-sale.ts';
import { isoInstant, type SaleRecord, shownCounts } from '../sale/sale.ts';

/** How long a client that met an outage should wait before it asks again with the same request id. */
export const unavailableRetryMs = 1000;

export const backlogRetryMs = 2000;

export const reused = refused(
  'request_id_reused',
  'This request id was already used to buy in another sale. Use a new one.',
);

export const noSale = refused('no_sale', 'No sale has been scheduled. Try again later.');

/** Both times are by Redis's clock, so that the customer can compare them. */
export function soldOut({ snapshot }: CurrentSale, arrivedAt: number): BuyRefused {
  const lastClaimAt = snapshot !== null && snapshot.stock.remaining <= 0 ? snapshot.lastClaimAt : null;
  const inCheckout =
    snapshot === null ? 0 : (shownCounts(snapshot.sale.terms, snapshot.stock).inCheckout ?? 0);
  return refused('sold_out', soldOutText(snapshot, inCheckout), {
    arrivedAt: isoInstant(arrivedAt),
    ...(lastClaimAt === null ? {} : { soldOutAt: isoInstant(lastClaimAt) }),
    ...(inCheckout > 0 && { inCheckout }),
  });
}

function soldOutText(snapshot: SaleSnapshot | null, inCheckout: number): string {
  const others = snapshot !== null && snapshot.stock.remaining > 0;
  if (others && snapshot.sale.terms.variants !== undefined)
    return inCheckout > 0
      ? 'This variant is sold out for now. Its units that are not paid in time are sold again.'
      : 'This variant is sold out.';
  return inCheckout > 0
    ? `No unit is free, and ${inCheckout} are not paid yet. Try again: those that are not paid in time are sold again.`
    : 'All units are sold.';
}

export function notActiveText(sale: SaleRecord, nowMs: number): string {
  if (sale.terms.endsAt !== null && nowMs >= sale.terms.endsAt) return 'The sale has ended.';
  return sale.terms.paused
    ? 'The sale is paused. Wait until it resumes.'
    : 'The sale has not started yet. It opens at startsAt.';
}

export function tooMany(retryAfterMs: number): BuyRefused {
  return refused('too_many_requests', 'Too many buys in a short time. Try again after retryAfterMs.', {
    retryAfterMs,
  });
}

export function tooBusy(retryAfterMs: number): BuyRefused {
  return refused('unavailable', 'The shop is too busy right now. Try again with the same request id.', {
    retryAfterMs,
  });
}

export function unavailable(): BuyRefused {
  return refused('unavailable', 'The shop cannot answer right now. Try again with the same request id.', {
    retryAfterMs: unavailableRetryMs,
  });
}

export function refused(
  code: BuyRefused['code'],
  message: string,
  more: Partial<Omit<BuyRefused, 'ok' | 'code' | 'message'>> = {},
): BuyRefused {
  return { ok: false, code, message, ...more };
}
