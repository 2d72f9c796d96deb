import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
let redis: Redis;
let beforeAnySale: Awaited<ReturnType<typeof buy>>;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  redis = new Redis(shop.redisUrl, { protocol: 2 });
  beforeAnySale = await buy('ann');
});
afterAll(async () => {
  redis?.disconnect();
  await shop[Symbol.asyncDispose]();
});

const buy = async (customerId: string, headers: Record<string, string> = {}, body?: unknown) =>
  shop.request<{ order: Order; code?: string; startsAt?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers,
    ...(body === undefined ? {} : { body }),
  });

describe('POST /buy', () => {
  it('says that there is no sale before the first one', () => {
    expect([beforeAnySale.status, beforeAnySale.body.code]).toEqual([404, 'no_sale']);
  });

  it('gives the first unit to the first buyer, and confirms it', async () => {
    const sale = await shop.startSale();
    const answer = await buy('ann');
    expect(answer.status).toBe(201);
    expect(answer.body.order).toMatchObject({
      id: `${sale.id}:ann:1`,
      saleId: sale.id,
      customerId: 'ann',
      unit: 1,
      price: 999,
      seq: 1,
      status: 'claimed',
      confirmedAt: null,
    });
    await eventually(async () => {
      const [order] = await shop.ordersOf('ann');
      expect(order).toMatchObject({ id: answer.body.order.id, unit: 1, seq: 1, status: 'confirmed' });
      expect(Date.parse(order?.confirmedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(order?.claimedAt ?? ''));
    });
  });

  it('takes the token from either header', async () => {
    await shop.startSale();
    const token = await shop.token('ann');
    const answer = await shop.request('POST', '/buy', { headers: { user_authentication_token: token } });
    expect(answer.status).toBe(201);
  });

  it('gives the same Idempotency-Key the same 201, also after the order is confirmed', async () => {
    await shop.startSale();
    const first = await buy('ann', { 'idempotency-key': 'once' });
    await eventually(async () => expect((await shop.ordersOf('ann'))[0]?.status).toBe('confirmed'));
    const again = await buy('ann', { 'idempotency-key': 'once' });
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('does not sell one customer a second unit', async () => {
    await shop.startSale();
    const first = await buy('ann');
    const second = await buy('ann');
    expect([second.status, second.body.code]).toEqual([400, 'already_purchased']);
    expect(second.body.order).toMatchObject({ id: first.body.order.id, unit: 1 });
    expect((await shop.status()).remaining).toBe(2);
  });

  it('sells unit N and never N + 1', async () => {
    await shop.startSale({ quantity: 2 });
    expect((await buy('ann')).body.order.unit).toBe(1);
    expect((await buy('bob')).body.order.unit).toBe(2);
    const third = await buy('cem');
    expect([third.status, third.body.code]).toEqual([400, 'sold_out']);
    const asked = third.body as { arrivedAt?: string; soldOutAt?: string };
    expect(Math.abs(Date.parse(asked.arrivedAt ?? '') - Date.now())).toBeLessThan(60_000);
    let losers = 0;
    await eventually(async () => {
      const again = (await buy(`loser-${losers++}`)).body as { arrivedAt?: string; soldOutAt?: string };
      expect(again.soldOutAt).toBe((await shop.status()).sale.soldOutAt);
      expect(Date.parse(again.arrivedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(again.soldOutAt ?? ''));
    });
    expect(third.headers.get('content-type')).toContain('application/problem+json');
    await eventually(async () =>
      expect((await shop.status()).sale).toMatchObject({ remaining: 0, status: 'sold_out' }),
    );
  });

  it('refuses before the opening, and says when it is', async () => {
    const sale = await shop.startSale({ startsAt: '2030-01-06T00:00:00+05:30' });
    const answer = await buy('ann');
    expect([answer.status, answer.body.code]).toEqual([403, 'sale_not_active']);
    expect(answer.body.startsAt).toBe('2030-01-05T18:30:00.000Z');
    expect(sale.startsAt).toBe('2030-01-05T18:30:00.000Z');
  });

  it('refuses another sale than the current one', async () => {
    await shop.startSale();
    const answer = await buy('ann', {}, { saleId: 'of-last-year' });
    expect([answer.status, answer.body.code]).toEqual([403, 'sale_not_active']);
  });

  it('refuses a key that has bought in the current sale when it comes with another sale', async () => {
    const sale = await shop.startSale();
    const first = await buy('ann', { 'idempotency-key': 'mine' }, { saleId: sale.id });
    const other = await buy('ann', { 'idempotency-key': 'mine' }, { saleId: 'of-last-year' });
    expect([other.status, other.body.code]).toEqual([422, 'request_id_reused']);
    const again = await buy('ann', { 'idempotency-key': 'mine' }, { saleId: sale.id });
    expect(again.body).toEqual(first.body);
  });

  it('gives the same key the same 201 after its order was cancelled, and never a second order', async () => {
    const sale = await shop.startSale({ perCustomer: 2 });
    const first = await buy('ann', { 'idempotency-key': 'cancelled-then' });
    const { id } = first.body.order;
    await eventually(async () => expect((await shop.operate('DELETE', `/orders/${id}`)).status).toBe(200));
    for (const body of [undefined, { saleId: sale.id }]) {
      const again = await buy('ann', { 'idempotency-key': 'cancelled-then' }, body);
      expect([again.status, again.body]).toEqual([201, first.body]);
    }
    // Another key takes the rest of the share.
    expect((await buy('ann')).body.order.id).toBe(`${sale.id}:ann:2`);
    const orders = (await shop.ordersOf('ann')).filter(({ saleId }) => saleId === sale.id);
    expect(orders.map((order) => order.id.at(-1)).toSorted()).toEqual(['1', '2']);
  });

  it('gives the same key the same 201 in later sales, at the price of then, and buys nothing there', async () => {
    const old = await shop.startSale({ price: 10, perCustomer: 2 });
    const first = await buy('bea', { 'idempotency-key': 'first' }, { saleId: old.id });
    const second = await buy('bea', { 'idempotency-key': 'second' });
    const { id } = second.body.order;
    await eventually(async () => expect((await shop.operate('DELETE', `/orders/${id}`)).status).toBe(200));
    for (const start of [{ price: 20 }, { price: 30, startsAt: '2031-01-01T00:00:00Z' }]) {
      const sale = await shop.startSale(start);
      for (const [key, answer] of [
        ['first', first],
        ['second', second],
      ] as const) {
        for (const body of [undefined, { saleId: old.id }]) {
          const again = await buy('bea', { 'idempotency-key': key }, body);
          expect([again.status, again.body]).toEqual([201, answer.body]);
        }
        const other = await buy('bea', { 'idempotency-key': key }, { saleId: sale.id });
        expect([other.status, other.body.code]).toEqual([422, 'request_id_reused']);
      }
      expect((await shop.status()).remaining).toBe(3);
    }
    // A request that names the sale gets its answer forever, from MongoDB.
    await redis.unlink(saleKeys({ saleId: (await shop.status()).sale.id, epoch: 1 }).earlier);
    for (const [key, answer] of [
      ['first', first],
      ['second', second],
    ] as const) {
      const again = await buy('bea', { 'idempotency-key': key }, { saleId: old.id });
      expect([again.status, again.body]).toEqual([201, answer.body]);
    }
    // A request that bought nothing there learns it, under any key.
    const never = await buy('cem', { 'idempotency-key': 'first' }, { saleId: old.id });
    expect([never.status, never.body.code]).toEqual([403, 'sale_not_active']);
  });

  it('treats a key as new for another customer, and in a sale after one that refused it', async () => {
    await shop.startSale({ quantity: 1 });
    await buy('ann', { 'idempotency-key': 'of-many' });
    expect((await buy('bob', { 'idempotency-key': 'of-many' })).body.code).toBe('sold_out');
    const sale = await shop.startSale();
    expect((await buy('bob', { 'idempotency-key': 'of-many' })).body.order.saleId).toBe(sale.id);
    expect((await buy('bob', { 'idempotency-key': 'of-many' })).body.order.saleId).toBe(sale.id);
  });

  it('refuses requests without a valid token, all alike, and operators', async () => {
    const none = await shop.request('POST', '/buy');
    const forged = await shop.request('POST', '/buy', { token: `${await shop.token('ann')}x` });
    expect([none.status, forged.status]).toEqual([401, 401]);
    expect(forged.body).toEqual(none.body);
    const operator = await shop.request('POST', '/buy', { token: await shop.token('olga', 'operator') });
    expect([operator.status, operator.body.code]).toEqual([403, 'forbidden']);
  });

  it.each([
    ['an unknown key', { saleId: 'x', customerId: 'bob' }, 400, 'invalid_request'],
    ['a query as the sale', { saleId: { $ne: null } }, 400, 'invalid_request'],
    ['an array', [], 400, 'invalid_request'],
    ['broken JSON', '{"saleId":', 400, 'invalid_request'],
    ['a prototype', '{"__proto__":{"saleId":"x"}}', 400, 'invalid_request'],
    ['more than a kilobyte', { saleId: 'x'.repeat(2000) }, 413, 'payload_too_large'],
  ])('answers %s with its own error, and sells nothing', async (_what, body, status, code) => {
    await shop.startSale();
    const answer = await buy('ann', {}, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await shop.status()).remaining).toBe(3);
  });

  it('answers another content type than JSON with 415', async () => {
    const answer = await shop.request('POST', '/buy', {
      token: await shop.token('ann'),
      headers: { 'content-type': 'text/plain' },
      body: 'buy',
    });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
  });
});
