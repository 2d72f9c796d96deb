import { priced } from '@flipzon/protocol/money.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { initialModel, type Model } from '../../src/shop/model/model.ts';

const price = { minor: 99_900, currency: 'USD' };

/** The page's monotonic clock starts at 0 here, and the server's clock at that moment is `epochMs`. */
export const epochMs = Date.parse('2026-11-28T18:30:00.000Z');

export function iso(msFromEpoch: number): string {
  return new Date(epochMs + msFromEpoch).toISOString();
}

export function saleOf(change: Partial<Sale> = {}): Sale {
  return {
    id: 'sale-1',
    number: 1,
    product: { name: 'iPhone', ...priced(price) },
    quantity: 1000,
    remaining: 1000,
    seq: 0,
    status: 'live',
    available: true,
    soldOutAt: null,
    startsAt: iso(0),
    endsAt: null,
    perCustomer: 1,
    version: 1,
    simulated: false,
    reason: null,
    serverTime: iso(0),
    ...change,
  };
}

/** Two categories of seats, which the remaining count of `sale` is the sum of. */
export function withVariants(sale: Sale, [hall, balcony]: readonly number[] = [412, 230]): Sale {
  const offer = (sku: string, name: string, minor: number, remaining: number) => {
    return { sku, name, quantity: 500, remaining, ...priced({ minor, currency: 'EUR' }) };
  };
  const variants = [
    offer('hall', 'Hall', 8_990, hall ?? 0),
    offer('balcony', 'Balcony', 12_950, balcony ?? 0),
  ];
  return { ...sale, product: { name: 'Concert', ...priced({ minor: 8_990, currency: 'EUR' }) }, variants };
}

export function orderOf(change: Partial<Order> = {}): Order {
  return {
    id: 'sale-1:asha:1',
    saleId: 'sale-1',
    customerId: 'asha',
    unit: 317,
    ...priced(price),
    seq: 358,
    status: 'claimed',
    claimedAt: iso(412),
    confirmedAt: null,
    ...change,
  };
}

/** A page of customer asha that is connected, with its clock set, looking at a live sale. */
export function modelOf(change: Partial<Model> = {}): Model {
  return {
    ...initialModel({ customer: { id: 'asha', token: 'a.b.c' }, online: true, now: 0 }),
    sale: saleOf(),
    freshAt: 0,
    disconnectedAt: null,
    connectedBefore: true,
    clock: { offsetMs: epochMs, rttMs: 4, source: 'round_trips' },
    deviceSkewMs: 3,
    connected: 12_408,
    ...change,
  };
}

export function refusedWith(
  code: 'sold_out' | 'already_purchased' | 'too_many_requests' | 'sale_not_active',
  change: {
    refusedAt?: number;
    retryAt?: number | null;
    startsAtServerMs?: number | null;
    arrivedServerMs?: number | null;
  } = {},
): NonNullable<Model['attempt']> {
  const progress = {
    kind: 'refused',
    code,
    refusedAt: 0,
    retryAt: null,
    startsAtServerMs: null,
    arrivedServerMs: null,
    soldOutServerMs: null,
    ...change,
  } as const;
  return { saleId: 'sale-1', requestId: 'r1', pressedServerMs: epochMs, progress };
}

export function pendingAs(kind: 'claiming' | 'unknown' | 'unavailable'): NonNullable<Model['attempt']> {
  return { saleId: 'sale-1', requestId: 'r1', pressedServerMs: epochMs, progress: { kind } };
}
