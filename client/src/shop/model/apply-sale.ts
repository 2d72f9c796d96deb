import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';
import { isAvailable } from './derive-phase.ts';
import { lostTrustedMs } from './derive-state.ts';
import { type Attempt, freshUntil, type Model, serverMsAt } from './model.ts';
import { withKnownDetails } from './product-details.ts';
import { isGone, withCounts } from './variants.ts';

/**
 * Applies a snapshot. An older one (a slow answer that an event has overtaken) changes only the stock, if its stock is newer.
 * `askedAt` is when this page asked for it, by its own clock; an event is of the moment.
 */
export function applySale(model: Model, incoming: Sale, now: number, askedAt = now): Model {
  const known = model.sale;
  if (known !== null && isOlder(incoming, known, askedAt < model.toldAt)) {
    return incoming.id === known.id ? applyStock(model, { ...incoming, saleId: incoming.id }, now) : model;
  }
  const sameSale = known?.id === incoming.id;
  const older = sameSale && incoming.seq < known.seq;
  const product = withKnownDetails(incoming.product, sameSale ? known.product : null);
  const sale = older
    ? {
        ...{ ...incoming, product, remaining: known.remaining, seq: known.seq, soldOutAt: known.soldOutAt },
        ...withCounts(incoming.variants, known.variants),
      }
    : { ...incoming, product };
  const before = sameSale
    ? model
    : { ...model, soldOutServerMs: null, held: null, attempt: attemptFor(model, incoming.id) };
  const watched = sameSale && known.remaining > 0;
  return withStock(model, { ...before, sale, noSale: false, toldAt: now }, watched, now, askedAt);
}

/**
 * By the sale's number, then by the version of its terms. The server's clock decides nothing here: it may step back, when another Redis
 * takes over. Whether the shop can sell has no number: the later request is newer.
 */
function isOlder(incoming: Sale, known: Sale, askedEarlier: boolean): boolean {
  const [mine, other] =
    incoming.id === known.id ? [incoming.version, known.version] : [incoming.number, known.number];
  // An earlier version of the server does not number its sales.
  return mine === undefined || other === undefined || mine === other ? askedEarlier : mine < other;
}

export function applyStock(model: Model, stock: Stock, now: number): Model {
  const known = model.sale;
  if (known === null || stock.saleId !== known.id) {
    return model;
  }
  if (stock.seq <= known.seq) {
    return model;
  }
  const { remaining, seq } = stock;
  const sale = {
    ...{ ...known, remaining, seq, soldOutAt: remaining > 0 ? null : known.soldOutAt },
    ...withCounts(known.variants, stock.variants),
  };
  return withStock(model, { ...model, sale }, known.remaining > 0, now);
}

function withStock(before: Model, model: Model, watched: boolean, now: number, asOf = now): Model {
  const soldOut = model.sale !== null && model.sale.remaining <= 0;
  const seenMs = model.soldOutServerMs ?? (watched ? serverMsAt(model, now) : null);
  const soldOutServerMs = soldOut ? (toldMs(model.sale) ?? seenMs) : null;
  return {
    ...model,
    soldOutServerMs,
    freshAt: freshness(before, model.sale, asOf),
    attempt: isGone(model.sale, model.attempt) ? model.attempt : restocked(model.attempt, now),
  };
}

/** The server's time is exact; the count of 0 arrives before it. */
function toldMs(sale: Sale | null): number | null {
  return sale?.soldOutAt == null ? null : Date.parse(sale.soldOutAt);
}

/** When the count was last known to be true: a shop that is not sure of its count cannot make it fresher. */
function freshness(before: Model, sale: Sale | null, now: number): number | null {
  if (sale === null || isAvailable(sale)) {
    return before.sale?.id === sale?.id ? Math.max(now, before.freshAt ?? now) : now;
  }
  return before.sale?.id === sale.id ? freshUntil(before, now) : null;
}

/** "Sold out before your click" is over once there is stock again, so it must not come back when that goes too. */
function restocked(attempt: Attempt | null, now: number): Attempt | null {
  const progress = attempt?.progress;
  const lost = progress?.kind === 'refused' && progress.code === 'sold_out';
  return lost && now - progress.refusedAt >= lostTrustedMs ? null : attempt;
}

function attemptFor(model: Model, saleId: string): Attempt | null {
  return model.attempt?.saleId === saleId ? model.attempt : null;
}
