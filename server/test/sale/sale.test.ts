import { expect, it } from 'vitest';
import { orderId, parseOrderId } from '../../src/sale/order.ts';
import { nextBoundary, type SaleTerms, saleStatus } from '../../src/sale/sale.ts';

const terms: SaleTerms = {
  revision: 1,
  quantity: 3,
  startsAt: 1000,
  endsAt: 2000,
  paused: false,
  reason: null,
};

it.each([
  [999, 3, terms, 'scheduled'],
  [1000, 3, terms, 'live'],
  [1999, 1, terms, 'live'],
  [1999, 0, terms, 'sold_out'],
  [2000, 1, terms, 'ended'],
  [2000, 0, terms, 'ended'],
  [5000, 1, { ...terms, endsAt: null }, 'live'],
  [1500, 1, { ...terms, paused: true }, 'paused'],
  [500, 3, { ...terms, paused: true }, 'paused'],
  [2000, 1, { ...terms, paused: true }, 'ended'],
] as const)(
  'at %i with %i left the sale is as the claim script sees it',
  (now, remaining, given, expected) => {
    expect(saleStatus(given, remaining, now)).toBe(expected);
  },
);

it('knows when the clock alone will change the status', () => {
  expect([nextBoundary(terms, 0), nextBoundary(terms, 1000), nextBoundary(terms, 2000)]).toEqual([
    1000,
    2000,
    null,
  ]);
});

it.each(['ann', 'auth0|5f7c', 'https://id.example/u:7', 'ünï:code:1'])(
  'reads the id of an order of %s back',
  (customerId) => {
    const parts = { saleId: '20261129-0a1b2c3d4e', customerId, slot: 2 };
    expect(parseOrderId(orderId(parts))).toEqual(parts);
  },
);

it.each(['', 'x', 'sale:ann', 'sale:ann:0', 'sale::1', '$:ann:1'])('takes %j for no order', (id) => {
  expect(parseOrderId(id)).toBeNull();
});
