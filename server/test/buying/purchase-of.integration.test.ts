import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purchaseOf } from '../../src/buying/purchase-of.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { requestsKeptMs } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { openLedger, type TestLedger } from '../_support/ledger.ts';
import { usd } from '../_support/usd.ts';

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const terms = {
  ...{ revision: 1, quantity: 4, startsAt: 0, endsAt: null, paused: false, reason: null },
  variants: [
    { sku: 'S', name: 'Small', price: usd(1), ranges: [{ from: 1, to: 2 }] },
    { sku: 'L', name: 'Large', price: usd(2), ranges: [{ from: 3, to: 4 }] },
  ],
};
let at: SaleEpoch;
let sale: SaleRecord;
beforeEach(async () => {
  const variants = [
    { nextUnit: 1, remaining: 2 },
    { nextUnit: 3, remaining: 2 },
  ];
  at = await redis.openEpoch({ quantity: 4, terms, variants, perCustomer: 2 });
  const product = { name: 'x', price: usd(1) };
  sale = { id: at.saleId, product, perCustomer: 2, simulated: false, createdAt: 0, terms };
});

const buy = (requestId: string, variant: number) =>
  redis.ledger.claim(at, { customerId: 'ann', requestId, arrivedAt: 1, variant });
const look = (requestId: string, arrivedAt = 1) =>
  purchaseOf(
    redis.ledger,
    { sale, epoch: at.epoch },
    { customerId: 'ann', request: { requestId }, arrivedAt },
  );

it('finds what the claim script would find, in its order', async () => {
  expect(await look('r-1')).toBeNull();
  await buy('r-1', 1);
  expect(await look('r-1')).toMatchObject({ code: 'replayed', claim: { unit: 1 } });
  expect(await look('r-2')).toBeNull();
  await buy('r-2', 2);
  expect(await look('r-1')).toMatchObject({ code: 'replayed', claim: { unit: 1 } });
  expect(await look('r-3')).toMatchObject({ code: 'limit_reached', claim: { unit: 3, slot: 2 } });
});

it('finds what the request has bought in an earlier sale, within a day', async () => {
  const claim = {
    ...{ saleId: 'before', customerId: 'ann', requestId: 'r-0', slot: 1, unit: 7, seq: 7 },
    ...{ claimedAt: 10, arrivedAt: 0 },
  };
  await redis.requests.write(at, [{ claim, price: usd(5), variant: 'XL' }]);
  expect(await look('r-0', 11)).toEqual({ code: 'earlier', claim, price: usd(5), variant: 'XL' });
  expect(await look('r-0', 10 + requestsKeptMs)).toBeNull();
});

describe('finds no purchase', () => {
  beforeEach(() => buy('r-1', 1));

  it.each([
    ['once Redis was wiped', () => redis.redis.commands.unlink(...Object.values(saleKeys(at)))],
    ['once recovery has closed the keys', () => redis.keys.closeUpTo(at)],
    [
      'while recovery still brings claims back',
      async () => {
        await redis.redis.commands.hset(saleKeys(at).state, 'opened', '0');
        await redis.redis.commands.unlink(saleKeys(at).holders);
      },
    ],
    [
      'once Redis was restarted with less than it had',
      async () => {
        await redis.redis.commands.script('FLUSH');
        await redis.redis.commands.unlink(saleKeys(at).holders);
      },
    ],
  ] as const)('%s', async (_when, lose) => {
    await lose();
    expect(await look('r-1')).toEqual({ code: 'closed' });
  });

  it('once another sale has the place of this one', async () => {
    await redis.keys.replace(at, 100);
    expect(await look('r-1', 99)).toMatchObject({ code: 'replayed' });
    expect(await look('r-1', 100)).toEqual({ code: 'replaced' });
  });
});
