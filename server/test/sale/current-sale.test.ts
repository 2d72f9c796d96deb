import { expect, it } from 'vitest';
import { CurrentSale, type SaleSnapshot } from '../../src/sale/current-sale.ts';
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
