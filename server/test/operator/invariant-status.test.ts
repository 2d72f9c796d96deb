import { expect, it } from 'vitest';
import { createInvariantStatus } from '../../src/operator/invariant-status.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { PaymentTerms } from '../../src/sale/sale.ts';
import { usd } from '../_support/usd.ts';

const now = 1_000_000;

function statusOf(payment?: PaymentTerms) {
  const current = new CurrentSale({ now: () => now });
  current.replace({
    sale: {
      ...{
        id: 'a-sale',
        product: { name: 'x', price: usd(1) },
        perCustomer: 1,
        simulated: false,
        createdAt: 0,
      },
      terms: {
        ...{ revision: 1, quantity: 10, startsAt: 0, endsAt: null, paused: false, reason: null },
        ...(payment && { payment }),
      },
    },
    ...{ epoch: 1, stock: { remaining: 3, seq: 7 }, lastClaimAt: null, available: true },
  });
  const asked: (number | undefined)[] = [];
  const status = createInvariantStatus({
    current,
    ledger: {
      stockInUse: async (_at, overdueBefore) => {
        asked.push(overdueBefore);
        const stock = { quantity: 10, remaining: 3, held: 7 };
        return overdueBefore === undefined ? stock : { ...stock, sold: 2, overdue: 1 };
      },
    },
    orders: { active: async () => ({ orders: 2, duplicates: 0 }) },
    holds: { countsOf: async () => ({ made: 9, paid: 2, expired: 1, released: 2, done: 5 }) },
    outbox: { depth: async () => ({ waiting: 0, deadLetters: 0 }), oldestAt: async () => null },
    clock: { now: () => now },
    onError: (error) => {
      throw error;
    },
  });
  return { status, asked };
}

it('shows what is in checkout, sold and overdue, and does not take open holds for a delay', async () => {
  const { status, asked } = statusOf({ holdSeconds: 60, holdsMax: 2 });
  await expect.poll(() => status().invariant).not.toBeNull();
  expect(status().invariant).toMatchObject({
    ...{ quantity: 10, remaining: 3, held: 7, inCheckout: 5, sold: 2, overdue: 1, orders: 2 },
    // Of seven units two have an order, and four an open hold: one claim is on its way.
    behind: 1,
  });
  expect(asked[0]).toBe(now - 60_000);
});

it('shows a sale without payment as before', async () => {
  const { status, asked } = statusOf();
  await expect.poll(() => status().invariant).not.toBeNull();
  const { at: _, ...counted } = status().invariant ?? {};
  expect(counted).toEqual({ quantity: 10, remaining: 3, held: 7, orders: 2, duplicates: 0, behind: 5 });
  expect(asked[0]).toBeUndefined();
});
