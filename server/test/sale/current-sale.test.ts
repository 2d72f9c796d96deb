import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CurrentSale, type SaleSnapshot } from '../../src/sale/current-sale.ts';
import { testSeed } from '../_support/random.ts';
import { usd } from '../_support/usd.ts';

const snapshot = (stock: SaleSnapshot['stock'], id = 'a-sale'): SaleSnapshot => ({
  sale: {
    id,
    product: { name: 'iPhone', price: usd(999) },
    perCustomer: 1,
    simulated: false,
    createdAt: 0,
    terms: { revision: 1, quantity: 10, startsAt: 0, endsAt: null, paused: false, reason: null },
  },
  epoch: 1,
  stock,
  lastClaimAt: null,
  available: true,
});

it('reports a stock that was read from Redis only if it is new', () => {
  using current = new CurrentSale({ now: () => 1_000 });
  const reported: [number, number][] = [];
  current.changes.on('stock', ({ remaining, seq }) => reported.push([remaining, seq]));
  for (const stock of [
    { remaining: 10, seq: 0 },
    { remaining: 10, seq: 0 },
    { remaining: 8, seq: 2 },
    { remaining: 9, seq: 1 },
    { remaining: 8, seq: 2 },
    // Another count at the same seq: what Redis says now stands.
    { remaining: 7, seq: 2 },
  ])
    current.replace(snapshot(stock));
  expect(reported).toEqual([
    [10, 0],
    [8, 2],
    [7, 2],
  ]);
  current.replace(snapshot({ remaining: 10, seq: 0 }, 'another'));
  expect(reported.at(-1)).toEqual([10, 0]);
});

it('sells out when its newest claim was made, also when the clock of Redis has stepped back', () => {
  using current = new CurrentSale({ now: () => 1_000 });
  const soldOutAt = () => Date.parse(current.view()?.soldOutAt ?? '');
  current.replace({ ...snapshot({ remaining: 1, seq: 9 }), lastClaimAt: 60_000 });
  current.setStock('a-sale', { remaining: 0, seq: 10 }, 55_000);
  expect(soldOutAt()).toBe(55_000);
  // A look that began before it knows less.
  current.replace({ ...snapshot({ remaining: 1, seq: 9 }), lastClaimAt: 60_000 });
  expect(soldOutAt()).toBe(55_000);
  // A unit comes back, which is no claim, and goes again.
  current.setStock('a-sale', { remaining: 1, seq: 11 }, null);
  current.setStock('a-sale', { remaining: 0, seq: 12 }, 50_000);
  expect(soldOutAt()).toBe(50_000);
});

const withPayment = (stock: SaleSnapshot['stock'], quantity = 10, revision = 1): SaleSnapshot => {
  const { sale, ...rest } = snapshot(stock);
  const terms = { ...sale.terms, revision, quantity, payment: { holdSeconds: 60, holdsMax: 2 } };
  return { ...rest, sale: { ...sale, terms } };
};

it('shows what is in checkout and sold beside what remains, and a sale without payment shows neither', () => {
  using current = new CurrentSale({ now: () => 1_000 });
  const shown: Stock[] = [];
  current.changes.on('stock', (stock) => shown.push(stock));
  current.replace(withPayment({ remaining: 10, seq: 0, sold: 0 }));
  // News of a claim says nothing of what is sold.
  current.setStock('a-sale', { remaining: 7, seq: 3 }, 1);
  current.setStock('a-sale', { remaining: 7, seq: 4, sold: 1 }, null);
  current.setStock('a-sale', { remaining: 6, seq: 5 }, 2);
  expect(shown.slice(1)).toEqual([
    { saleId: 'a-sale', remaining: 7, inCheckout: 3, sold: 0, seq: 3 },
    { saleId: 'a-sale', remaining: 7, inCheckout: 2, sold: 1, seq: 4 },
    { saleId: 'a-sale', remaining: 6, inCheckout: 3, sold: 1, seq: 5 },
  ]);
  expect(current.view()).toMatchObject({ remaining: 6, inCheckout: 3, sold: 1, quantity: 10 });
  // News of a payment was lost: the next look at Redis finds it under the same number.
  current.setStock('a-sale', { remaining: 6, seq: 5, sold: 2 }, null);
  expect(shown.at(-1)).toMatchObject({ inCheckout: 2, sold: 2 });
  current.replace(withPayment({ remaining: 6, seq: 5, sold: 3 }));
  expect(shown.at(-1)).toMatchObject({ inCheckout: 1, sold: 3 });
  expect(shown).toHaveLength(6);

  current.replace(snapshot({ remaining: 8, seq: 2 }, 'without'));
  expect(shown.at(-1)).toEqual({ saleId: 'without', remaining: 8, seq: 2 });
  expect(Object.keys(current.view() ?? {})).not.toContain('inCheckout');
});

it('shows counts that are the quantity together, whatever news is lost, late or ahead of the terms', () => {
  const step = fc.constantFrom('claim', 'pay', 'end', 'cancel', 'restock');
  // What of it reaches the node: the message, a look at Redis, the terms; each in its order.
  const reaches = fc.record({ message: fc.boolean(), look: fc.boolean(), terms: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fc.tuple(step, reaches), { maxLength: 40 }), (steps) => {
      using current = new CurrentSale({ now: () => 1_000 });
      const redis = { quantity: 3, held: 0, sold: 0, seq: 0 };
      let revision = 1;
      const level = () => ({ remaining: redis.quantity - redis.held - redis.sold, seq: redis.seq });
      let quantity = redis.quantity;
      const sums: number[] = [];
      const note = ({ remaining, inCheckout = Number.NaN, sold = Number.NaN }: Sale | Stock) => {
        if (Math.min(remaining, inCheckout, sold) < 0) throw new Error('a count below 0 is shown');
        sums.push(remaining + inCheckout + sold - quantity);
      };
      current.changes.on('stock', note);
      current.changes.on('sale', note);
      const learn = () => {
        quantity = redis.quantity;
        current.replace(withPayment({ ...level(), sold: redis.sold }, quantity, revision));
      };
      learn();
      for (const [what, { message, look, terms }] of steps) {
        const free = level().remaining;
        if (what === 'claim' && free > 0) redis.held++;
        else if (what === 'pay' && redis.held > 0)
          [redis.held, redis.sold] = [redis.held - 1, redis.sold + 1];
        else if (what === 'end' && redis.held > 0) redis.held--;
        else if (what === 'cancel' && redis.sold > 0) redis.sold--;
        else if (what === 'restock') [redis.quantity, revision] = [redis.quantity + 2, revision + 1];
        else continue;
        redis.seq++;
        const saysSold = what === 'pay' || what === 'cancel';
        if (message) current.setStock('a-sale', { ...level(), ...(saysSold && { sold: redis.sold }) }, null);
        if (look) current.setStock('a-sale', { ...level(), sold: redis.sold }, null);
        if (terms) learn();
      }
      learn();
      expect(current.view()).toMatchObject({
        ...{ remaining: level().remaining, inCheckout: redis.held, sold: redis.sold },
      });
      expect(sums.filter((sum) => sum !== 0)).toEqual([]);
    }),
    { numRuns: 1_000, seed: testSeed },
  );
});
