import { randomUUID } from 'node:crypto';
import { buyAnswer } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { recoveryLock } from '../../src/redis/keys.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { connectShopper, eventually, type Shopper } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

/** Sends what no typed client would. */
const raw = (shopper: Shopper, ...payload: unknown[]): Promise<unknown> => {
  const socket = shopper.socket as unknown as {
    timeout(ms: number): { emitWithAck(event: string, ...args: unknown[]): Promise<unknown> };
  };
  return socket.timeout(10_000).emitWithAck('buy', ...payload);
};

describe('buy', () => {
  it('is answered with no_sale before the first sale', async () => {
    await using withoutSale = await openShop(inject('mongodbUri'));
    const ann = await withoutSale.shopper('ann');
    expect(await ann.buy()).toMatchObject({ ok: false, code: 'no_sale' });
    expect(ann.sales).toEqual([]);
  });

  it('is answered with the claimed order, and the same requestId with the same answer', async () => {
    const sale = await shop.startSale();
    const ann = await shop.shopper('ann');
    const answer = await ann.buy('first', sale.id);
    expect(buyAnswer.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      ok: true,
      order: {
        id: `${sale.id}:ann:1`,
        saleId: sale.id,
        customerId: 'ann',
        unit: 1,
        price: 999,
        status: 'claimed',
      },
    });
    await eventually(() => expect(ann.orders.at(-1)?.status).toBe('confirmed'));
    expect(await ann.buy('first', sale.id)).toEqual(answer);
    expect((await shop.status()).remaining).toBe(2);
  });

  it('is answered with already_purchased and the order when asked under another requestId', async () => {
    await shop.startSale();
    const ann = await shop.shopper('ann');
    await ann.buy();
    const answer = await ann.buy();
    expect(answer).toMatchObject({
      ok: false,
      code: 'already_purchased',
      order: { customerId: 'ann', unit: 1 },
    });
  });

  it('is answered with sold_out when every unit has gone', async () => {
    await shop.startSale({ quantity: 1 });
    await (await shop.shopper('ann')).buy();
    expect(await (await shop.shopper('bob')).buy()).toMatchObject({ ok: false, code: 'sold_out' });
  });

  it('is answered with sale_not_active and the opening before it, and for another sale', async () => {
    const sale = await shop.startSale({ startsAt: '2031-01-01T00:00:00Z' });
    const ann = await shop.shopper('ann');
    const early = { ok: false, code: 'sale_not_active', startsAt: sale.startsAt };
    expect(await ann.buy()).toMatchObject(early);
    expect(await ann.buy(randomUUID(), 'of-last-year')).toMatchObject(early);
  });

  it('is forbidden to operators', async () => {
    await shop.startSale();
    const operator = await connectShopper(shop.nodes[0]?.url as string, await shop.token('olga', 'operator'));
    try {
      expect(await operator.buy()).toMatchObject({ ok: false, code: 'forbidden' });
    } finally {
      operator.socket.disconnect();
    }
  });

  it('is answered with too_many_requests and the time to wait when it comes too often', async () => {
    const node = await shop.addNode({ RATE_LIMIT_BUY: '2/30s' });
    await shop.startSale();
    // A customer of this test alone: what others have asked a moment ago counts.
    const rita = await shop.shopper('rita', node);
    const codes = [];
    for (let i = 0; i < 4; i++) {
      const answer = await rita.buy();
      codes.push(answer.ok ? 'ok' : answer.code);
      if (i >= 2) expect(answer).toMatchObject({ retryAfterMs: expect.any(Number) });
    }
    expect(codes).toEqual(['ok', 'already_purchased', 'too_many_requests', 'too_many_requests']);
  });

  it('is answered with unavailable while the claims are being checked, and later gets its unit by the same requestId', async () => {
    const sale = await shop.startSale();
    const ann = await shop.shopper('ann');
    const redis = new Redis(shop.redisUrl);
    try {
      // Held here, so that no recovery begins before the answer has been seen.
      await redis.set(recoveryLock(sale.id), 'the test', 'PX', 60_000);
      await redis.script('FLUSH');
      const refused = await ann.buy('once');
      expect(refused).toMatchObject({ ok: false, code: 'unavailable', retryAfterMs: expect.any(Number) });
      await redis.del(recoveryLock(sale.id));
    } finally {
      redis.disconnect();
    }
    await eventually(async () =>
      expect(await ann.buy('once')).toMatchObject({ ok: true, order: { unit: 1 } }),
    );
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a text', ['buy']],
    ['a number', [42]],
    ['a list', [[]]],
    ['bytes', [Buffer.from('buy')]],
    ['no requestId', [{}]],
    ['a number as requestId', [{ requestId: 1 }]],
    ['an empty requestId', [{ requestId: '' }]],
    ['a requestId with a space, which separates the fields of a record', [{ requestId: 'a b' }]],
    ['a requestId of 129 characters', [{ requestId: 'x'.repeat(129) }]],
    ['a query as the sale', [{ requestId: 'x', saleId: { $ne: null } }]],
    ['another customer', [{ requestId: 'x', customerId: 'bob' }]],
    ['two payloads', [{ requestId: 'x' }, { requestId: 'y' }]],
  ])('answers %s as payload with invalid_request', async (_what, payload) => {
    await shop.startSale();
    const ann = await shop.shopper('ann');
    expect(await raw(ann, ...payload)).toMatchObject({ ok: false, code: 'invalid_request' });
    expect((await shop.status()).remaining).toBe(3);
    expect(await ann.buy()).toMatchObject({ ok: true });
  });

  it('is ignored without an acknowledgement, because its client could not get the answer', async () => {
    await shop.startSale();
    const ann = await shop.shopper('ann');
    const socket = ann.socket as unknown as { emit(event: string, ...args: unknown[]): void };
    socket.emit('buy', { requestId: 'unheard' });
    socket.emit('buy');
    socket.emit('buy', { requestId: 'unheard' }, 'no function');
    // Sent after them over the same socket, and first of all to be sold.
    expect(await ann.buy('heard')).toMatchObject({ ok: true, order: { unit: 1 } });
    await eventually(async () => expect((await shop.status()).remaining).toBe(2));
  });

  it('of more than 4 kB loses the socket that sent it, and no other', async () => {
    await shop.startSale();
    const [ann, bob] = [await shop.shopper('ann'), await shop.shopper('bob')];
    ann.socket.emit('buy', { requestId: 'x'.repeat(10_000) }, () => undefined);
    await eventually(() => expect(ann.socket.connected).toBe(false));
    expect(await bob.buy()).toMatchObject({ ok: true, order: { unit: 1 } });
  });
});

describe('time', () => {
  it.each([
    ['without a payload', []],
    ['with a payload', [{ any: 'thing' }]],
  ])('answers with the server’s clock when asked %s', async (_how, payload) => {
    const spectator = await shop.shopper(null);
    const socket = spectator.socket.timeout(10_000) as unknown as {
      emitWithAck(event: string, ...args: unknown[]): Promise<{ serverTime: string }>;
    };
    const before = Date.now();
    const { serverTime } = await socket.emitWithAck('time', ...payload);
    expect(serverTime).toBe(new Date(serverTime).toISOString());
    expect(Date.parse(serverTime)).toBeGreaterThan(before - 1_000);
    expect(Date.parse(serverTime)).toBeLessThan(Date.now() + 1_000);
  });
});
