import type { PageState } from '../../src/shop/model/derive-state.ts';
import type { Model } from '../../src/shop/model/model.ts';
import { epochMs, iso, modelOf, orderOf, pendingAs, refusedWith, saleOf } from './fixtures.ts';

const hour = 3_600_000;
const live = { remaining: 642, seq: 358 };
const soldOut = { remaining: 0, seq: 1000, status: 'sold_out' } as const;

/** A model for each state of the page, with the moment at which it is in it. */
export const everyState: Record<PageState, { model: Model; now: number }> = {
  loading: { model: modelOf({ sale: null, connected: null, disconnectedAt: 0 }), now: 100 },
  scheduled: {
    model: modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(83 * hour + 125_000) }) }),
    now: 0,
  },
  countdown: {
    model: modelOf({
      sale: saleOf({ status: 'scheduled', startsAt: iso(2 * hour + 873_000) }),
      deviceSkewMs: 7000,
    }),
    now: 0,
  },
  live: { model: modelOf({ sale: saleOf(live) }), now: 9000 },
  claiming: { model: modelOf({ sale: saleOf(live), attempt: pendingAs('claiming') }), now: 9000 },
  unknown: { model: modelOf({ sale: saleOf(live), attempt: pendingAs('unknown') }), now: 9000 },
  claimed: { model: modelOf({ sale: saleOf(live), orders: [orderOf()] }), now: 9000 },
  confirmed: {
    model: modelOf({ sale: saleOf(live), orders: [orderOf({ status: 'confirmed', confirmedAt: iso(489) })] }),
    now: 9000,
  },
  lost: {
    model: modelOf({
      sale: saleOf({ ...soldOut, soldOutAt: iso(3390) }),
      soldOutServerMs: epochMs + 3390,
      attempt: refusedWith('sold_out', { refusedAt: 3431, arrivedServerMs: epochMs + 3412 }),
    }),
    now: 9000,
  },
  sold_out: { model: modelOf({ sale: saleOf(soldOut), soldOutServerMs: epochMs + 4200 }), now: 9000 },
  already_purchased: {
    model: modelOf({
      sale: saleOf(live),
      orders: [orderOf({ status: 'confirmed', confirmedAt: iso(489) })],
      attempt: refusedWith('already_purchased', { refusedAt: 8000 }),
    }),
    now: 9000,
  },
  rate_limited: {
    model: modelOf({
      sale: saleOf(live),
      attempt: refusedWith('too_many_requests', { refusedAt: 8000, retryAt: 12_000 }),
    }),
    now: 9000,
  },
  too_early: {
    model: modelOf({
      sale: saleOf({ status: 'scheduled', startsAt: iso(14_000) }),
      attempt: refusedWith('sale_not_active', { refusedAt: 8000, startsAtServerMs: epochMs + 14_000 }),
    }),
    now: 9000,
  },
  reconnecting: { model: modelOf({ sale: saleOf(live), disconnectedAt: 2000, freshAt: 2000 }), now: 14_000 },
  offline: { model: modelOf({ sale: saleOf(live), online: false, freshAt: 2000 }), now: 14_000 },
  paused: {
    model: modelOf({
      sale: saleOf({ ...live, status: 'paused', reason: 'We are checking a payment provider.' }),
    }),
    now: 9000,
  },
  ended: { model: modelOf({ sale: saleOf({ ...live, status: 'ended' }) }), now: 9000 },
  signed_out: { model: modelOf({ sale: saleOf(live), customer: null, signIn: 'expired' }), now: 9000 },
  unavailable: {
    model: modelOf({ sale: saleOf({ ...live, available: false }), freshAt: 2000 }),
    now: 14_000,
  },
  revoked: { model: modelOf({ sale: saleOf(live), orders: [orderOf({ status: 'revoked' })] }), now: 9000 },
  blocked: { model: modelOf({ sale: saleOf(live), blocked: true }), now: 9000 },
  cancelled: {
    model: modelOf({ sale: saleOf(live), orders: [orderOf({ status: 'cancelled' })] }),
    now: 9000,
  },
};
