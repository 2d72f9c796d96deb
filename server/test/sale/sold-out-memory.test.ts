import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

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

it('answers losers and winners from memory once the sale is sold out, without a call to Redis', async () => {
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
  await buy('ann');
  await eventually(async () => expect((await buy('bob')).code).toBe('sold_out'));
  await eventually(async () => {
    const answer = await shop.operate('DELETE', `/orders/${sale.id}:ann:1`);
    expect(answer.status).toBe(200);
  });
  await eventually(async () =>
    expect((await buy('bob')).order).toMatchObject({ unit: 1, customerId: 'bob' }),
  );
  expect(await buy('ann', 'once-more')).toMatchObject({
    code: 'already_purchased',
    order: { status: 'cancelled' },
  });
});

it('forgets its list when the sale is restocked', async () => {
  const sale = await shop.startSale({ quantity: 1 });
  await buy('ann');
  await eventually(async () => expect((await buy('bob')).code).toBe('sold_out'));
  await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 1 });
  await eventually(async () => expect((await buy('bob')).order).toMatchObject({ unit: 2 }));
});
