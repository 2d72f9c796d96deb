import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SoldOutMemory } from '../../src/buying/sold-out-memory.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { ClaimLedger, EarlierClaim } from '../../src/sale/ledger-ports.ts';
import { type Claim, requestsKeptMs } from '../../src/sale/order.ts';
import type { SaleTerms, StockLevel } from '../../src/sale/sale.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { usd } from '../_support/usd.ts';

let shop: Shop;
let redis: Redis;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  redis = new Redis(shop.redisUrl, { protocol: 2 });
});
afterAll(async () => {
  redis?.disconnect();
  await shop[Symbol.asyncDispose]();
});

/** Calls of scripts since the server started: claims and rate limits both are. */
const scriptCalls = async (): Promise<number> => {
  const stats = await redis.info('commandstats');
  return [...stats.matchAll(/cmdstat_evalsha:calls=(\d+)/g)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
};
const buy = async (customerId: string, key = `${customerId}-1`) => {
  const token = await shop.token(customerId);
  const headers = { 'idempotency-key': key };
  return (await shop.request<{ code?: string; order?: Order }>('POST', '/buy', { token, headers })).body;
};

it('answers losers and allClaims from memory once the sale is sold out, without a call to Redis', async () => {
  await shop.startSale({ quantity: 1 });
  const won = await buy('ann');
  // The list is there when a refused buy has cost Redis nothing.
  await eventually(async () => {
    const before = await scriptCalls();
    expect((await buy('zoe')).code).toBe('sold_out');
    expect(await scriptCalls()).toBe(before);
  });
  const before = await scriptCalls();
  for (let i = 0; i < 20; i++) expect((await buy(`loser-${i}`)).code).toBe('sold_out');
  expect(await buy('ann')).toEqual(won);
  expect(await buy('ann', 'another-request')).toMatchObject({
    code: 'already_purchased',
    order: { unit: 1 },
  });
  expect(await scriptCalls()).toBe(before);
});

it('forgets its list when a unit comes back, and sells that', async () => {
  const sale = await shop.startSale({ quantity: 1 });
  await buy('cem');
  await eventually(async () => expect((await buy('dan')).code).toBe('sold_out'));
  await eventually(async () => {
    const answer = await shop.operate('DELETE', `/orders/${sale.id}:cem:1`);
    expect(answer.status).toBe(200);
  });
  await eventually(async () =>
    expect((await buy('dan')).order).toMatchObject({ unit: 1, customerId: 'dan' }),
  );
  expect(await buy('cem', 'once-more')).toMatchObject({
    code: 'already_purchased',
    order: { status: 'cancelled' },
  });
});

it('forgets its list when the sale is restocked', async () => {
  const sale = await shop.startSale({ quantity: 1 });
  await buy('eve');
  await eventually(async () => expect((await buy('fay')).code).toBe('sold_out'));
  await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 1 });
  await eventually(async () => expect((await buy('fay')).order).toMatchObject({ unit: 2 }));
});

it('answers from memory too what a request has bought in an earlier sale', async () => {
  const old = await shop.startSale({ quantity: 1, price: 1 });
  const won = await buy('gil', 'kept');
  await shop.startSale({ quantity: 1, price: 2 });
  await buy('hal');
  await eventually(async () => {
    const before = await scriptCalls();
    expect((await buy('ivy')).code).toBe('sold_out');
    expect(await scriptCalls()).toBe(before);
  });
  const before = await scriptCalls();
  expect(await buy('gil', 'kept')).toEqual(won);
  expect(won.order).toMatchObject({ saleId: old.id, price: 1 });
  expect((await buy('gil', 'another')).code).toBe('sold_out');
  expect(await scriptCalls()).toBe(before);
});

describe('the list of one node', () => {
  type AllClaims = Awaited<ReturnType<ClaimLedger['allClaims']>>;

  /** A node whose reading of the allClaims ends when the test says so, in one way or another. */
  function nodeOn(stock: StockLevel, takesOverAt: number | null = null, more: Partial<SaleTerms> = {}) {
    let nowMs = 1;
    const clock = { now: () => nowMs };
    const current = new CurrentSale(clock);
    const asked: PromiseWithResolvers<AllClaims>[] = [];
    const faults: unknown[] = [];
    const allClaims = (): Promise<AllClaims> => {
      const asking = Promise.withResolvers<AllClaims>();
      asked.push(asking);
      return asking.promise;
    };
    const memory = new SoldOutMemory({
      ...{ current, clock, ledger: { allClaims } },
      onError: (error) => faults.push(error),
      loadAgainMs: 10,
    });
    const sale = {
      ...{
        id: 'a-sale',
        product: { name: 'x', price: usd(1) },
        perCustomer: 1,
        simulated: false,
        createdAt: 0,
      },
      terms: { revision: 1, quantity: 1, startsAt: 0, endsAt: null, paused: false, reason: null, ...more },
    };
    const learn = (at: number | null) =>
      current.replace({
        sale: { ...sale, takesOverAt: at },
        ...{ epoch: 1, stock, lastClaimAt: null, available: true },
      });
    learn(takesOverAt);
    const passMs = (ms: number) => {
      nowMs += ms;
    };
    return {
      current,
      memory,
      asked,
      faults,
      passMs,
      learn,
      decide: () => memory.decide('zoe', { requestId: 'r' })?.code,
    };
  }
  const nobody = (seq: number): NonNullable<AllClaims> => ({
    stock: { remaining: 0, seq },
    claims: [],
    earlier: [],
  });

  it('is valid only for the count that it was read with', async () => {
    const { current, memory, asked, decide } = nodeOn({ remaining: 0, seq: 1 });
    asked[0]?.resolve(nobody(1));
    await expect.poll(decide).toBe('sold_out');
    // A unit has come back and found another buyer: who has won is another list.
    current.setStock('a-sale', { remaining: 0, seq: 3 }, null);
    expect(decide()).toBeUndefined();
    asked[1]?.resolve(nobody(3));
    await expect.poll(decide).toBe('sold_out');
    memory[Symbol.dispose]();
  });

  it('stays while units are paid, and goes when a hold ends and its unit comes back', async () => {
    const payment = { holdSeconds: 60, holdsMax: 2 };
    const terms = { quantity: 5, payment };
    const { current, memory, asked, decide } = nodeOn({ remaining: 0, seq: 3, sold: 0 }, null, terms);
    // Two payments while it is read: the list is of before the second.
    current.setStock('a-sale', { remaining: 0, seq: 4, sold: 1 }, null);
    current.setStock('a-sale', { remaining: 0, seq: 5, sold: 2 }, null);
    asked[0]?.resolve({ ...nobody(4), stock: { remaining: 0, seq: 4, sold: 1 } });
    await expect.poll(decide).toBe('sold_out');
    current.setStock('a-sale', { remaining: 0, seq: 6, sold: 3 }, null);
    expect(decide()).toBe('sold_out');
    expect(asked).toHaveLength(1);

    // A hold has ended, and its unit was claimed again, before a look; then one is paid.
    current.setStock('a-sale', { remaining: 0, seq: 8 }, null);
    expect(decide()).toBeUndefined();
    current.setStock('a-sale', { remaining: 0, seq: 9, sold: 4 }, null);
    expect(decide()).toBeUndefined();
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.resolve({ ...nobody(9), stock: { remaining: 0, seq: 9, sold: 4 } });
    await expect.poll(decide).toBe('sold_out');

    current.setStock('a-sale', { remaining: 1, seq: 10 }, null);
    expect(decide()).toBeUndefined();
    memory[Symbol.dispose]();
  });

  it('gives a request the same answer when its order was cancelled and the unit has another buyer', async () => {
    const { memory, asked } = nodeOn({ remaining: 0, seq: 3 });
    const claim: Claim = {
      ...{ saleId: 'a-sale', customerId: 'ann', slot: 1, unit: 1, seq: 1, requestId: 'hers' },
      ...{ claimedAt: 1, arrivedAt: 1 },
    };
    asked[0]?.resolve({ ...nobody(3), claims: [{ claim, cancelled: true }] });
    await expect.poll(() => memory.decide('ann', { requestId: 'hers' })).toEqual({ code: 'replayed', claim });
    expect(memory.decide('ann', { requestId: 'other' })).toEqual({
      code: 'limit_reached',
      claim,
      cancelled: true,
    });
    memory[Symbol.dispose]();
  });

  it('keeps an answer of an earlier sale for a day', async () => {
    const { memory, asked, passMs } = nodeOn({ remaining: 0, seq: 1 });
    const earlier: EarlierClaim = {
      claim: {
        ...{ saleId: 'before', customerId: 'ann', slot: 1, unit: 1, seq: 1, requestId: 'hers' },
        ...{ claimedAt: 0, arrivedAt: 0 },
      },
      price: usd(7),
    };
    asked[0]?.resolve({ ...nobody(1), earlier: [earlier] });
    const decided = () => memory.decide('ann', { requestId: 'hers' });
    await expect.poll(decided).toEqual({ code: 'earlier', ...earlier });
    passMs(requestsKeptMs - 2);
    expect(decided()?.code).toBe('earlier');
    passMs(1);
    expect(decided()?.code).toBe('sold_out');
    memory[Symbol.dispose]();
  });

  it('is not read while the sale takes over from another, whose last claims may still be written', async () => {
    const { memory, asked, decide, learn } = nodeOn({ remaining: 0, seq: 1 }, 1);
    expect(asked).toHaveLength(0);
    expect(decide()).toBeUndefined();
    learn(null);
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.resolve(nobody(1));
    await expect.poll(decide).toBe('sold_out');
    memory[Symbol.dispose]();
  });

  it('leaves buys without a sale to Redis if it does not know all requests of earlier sales', async () => {
    const { memory, asked } = nodeOn({ remaining: 0, seq: 1 });
    asked[0]?.resolve({ ...nobody(1), earlier: null });
    await expect
      .poll(() => memory.decide('ann', { requestId: 'r', saleId: 'a-sale' })?.code)
      .toBe('sold_out');
    expect(memory.decide('ann', { requestId: 'r' })).toBeNull();
    memory[Symbol.dispose]();
  });

  it('is read again when the reading has failed, found the sale closed, or was of an older count', async () => {
    const { current, memory, asked, faults, decide } = nodeOn({ remaining: 0, seq: 1 });
    asked[0]?.reject(new Error('Redis is gone'));
    await expect.poll(() => asked.length).toBe(2);
    expect(faults).toHaveLength(1);
    // The count changes while the list is being read, and the list that comes is the one of before.
    current.setStock('a-sale', { remaining: 0, seq: 3 }, null);
    asked[1]?.resolve(nobody(1));
    await expect.poll(() => asked.length).toBe(3);
    asked[2]?.resolve(null);
    await expect.poll(() => asked.length).toBe(4);
    asked[3]?.resolve(nobody(3));
    await expect.poll(decide).toBe('sold_out');
    memory[Symbol.dispose]();
  });
});
