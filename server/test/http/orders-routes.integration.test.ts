import type { Order, OrdersAnswer } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { holderField, holderRecord } from '../../src/redis/claim-codec.ts';
import type { Claim } from '../../src/sale/order.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const buy = async (customerId: string) =>
  shop.request<{ order: Order; code?: string }>('POST', '/buy', { token: await shop.token(customerId) });

/** Bought, and in MongoDB. */
const confirmed = async (customerId: string): Promise<Order> => {
  const { order } = (await buy(customerId)).body;
  return eventually(async () => {
    const known = (await shop.ordersOf(customerId)).find((each) => each.id === order.id);
    expect(known?.status).toBe('confirmed');
    return known as Order;
  });
};

const cancel = (orderId: string) =>
  shop.operate<{ order: Order }>('DELETE', `/orders/${encodeURIComponent(orderId)}`);

describe('GET /orders/me', () => {
  it('is empty for a customer who has bought nothing', async () => {
    await shop.startSale();
    const answer = await shop.request('GET', '/orders/me', { token: await shop.token('nobody-yet') });
    expect([answer.status, answer.body]).toEqual([200, { orders: [], totalPurchases: 0 }]);
  });

  it('shows the customer their own orders and counts the confirmed ones', async () => {
    await shop.startSale();
    const order = await confirmed('buys-once');
    await confirmed('bob');
    await eventually(async () => {
      const answer = await shop.request<OrdersAnswer>('GET', '/orders/me', {
        token: await shop.token('buys-once'),
      });
      const products = [{ saleId: order.saleId, name: 'iPhone' }];
      expect(answer.body).toEqual({ orders: [order], products, totalPurchases: 1 });
    });
  });

  it('shows a blocked customer, who may not buy, their orders', async () => {
    await shop.startSale();
    const order = await confirmed('rex');
    expect((await shop.operate('POST', '/customers/rex/block', { reason: 'resells' })).status).toBe(200);
    const token = await shop.token('rex');
    expect(await shop.ordersOf('rex')).toEqual([order]);
    const bought = await shop.request<{ code: string }>('POST', '/buy', { token });
    expect([bought.status, bought.body.code]).toEqual([403, 'forbidden']);
  });

  it('answers a customer five times a second, and then says when to retry', async () => {
    const token = await shop.token('asks-often');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.request<OrdersAnswer>('GET', '/orders/me', { token })),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body } of refused)
      expect(body).toMatchObject({ code: 'too_many_requests', retryAfterMs: expect.any(Number) });
    // It is their own rate, and no other customer's.
    expect((await shop.request('GET', '/orders/me', { token: await shop.token('asks-once') })).status).toBe(
      200,
    );
  });

  it('refuses operators, and requests without a token', async () => {
    const operator = await shop.operate('GET', '/orders/me');
    const nobody = await shop.request('GET', '/orders/me');
    expect([operator.status, nobody.status]).toEqual([403, 401]);
  });
});

describe('DELETE /orders/:id', () => {
  it('asks to retry while an order is claimed and not written; an order without a claim does not exist', async () => {
    const sale = await shop.startSale();
    const [saleId, at] = [sale.id, Date.now()];
    const claim: Claim = {
      ...{
        saleId,
        customerId: 'zoe',
        slot: 1,
        unit: 1,
        seq: 1,
        requestId: 'r',
        claimedAt: at,
        arrivedAt: at,
      },
    };
    const redis = new Redis(shop.redisUrl);
    // As Redis has it before the writer comes; here none does.
    const [epoch] = await redis.keys(`sale:{${sale.id}}:*:state`);
    await redis.hset(String(epoch).replace('state', 'holders'), holderField(claim), holderRecord(claim));
    redis.disconnect();
    const answer = await cancel(`${sale.id}:zoe:1`);
    expect([answer.status, answer.body]).toMatchObject([503, { code: 'unavailable', retryAfterMs: 1_000 }]);
    expect(answer.headers.get('retry-after')).toBe('1');
    for (const id of [`${sale.id}:zoe:2`, `${sale.id}:yan:1`, 'another-sale:zoe:1', 'nothing']) {
      expect([id, (await cancel(id)).status]).toEqual([id, 404]);
    }
  });

  it('puts the unit back on sale, where the next buyer gets the same serial number', async () => {
    const sale = await shop.startSale({ quantity: 2 });
    const order = await confirmed('ann');
    await confirmed('bob');
    expect((await buy('cem')).body.code).toBe('sold_out');

    const answer = await cancel(order.id);
    expect([answer.status, answer.body.order]).toMatchObject([
      200,
      { id: order.id, unit: 1, status: 'cancelled' },
    ]);
    for (const node of shop.nodes) {
      await eventually(async () => {
        expect((await shop.status(node)).sale).toMatchObject({ remaining: 1, status: 'live' });
      });
    }

    expect((await confirmed('cem')).unit).toBe(1);
    expect((await buy('dan')).body.code).toBe('sold_out');
    await eventually(async () => {
      expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 2, remaining: 0, outbox: 0 });
    });
  });

  it('notifies the customer, on any node', async () => {
    await shop.startSale();
    const ann = await shop.shopper('ann', shop.nodes[1]);
    await ann.buy();
    const order = await confirmedOrder(ann);
    await cancel(order.id);
    await eventually(() => expect(ann.orders.at(-1)).toMatchObject({ id: order.id, status: 'cancelled' }));
  });

  it('takes the order out of the customer’s count, and does not let them buy again', async () => {
    await shop.startSale();
    const order = await confirmed('ann');
    const counted = async () => {
      const { body } = await shop.request<OrdersAnswer>('GET', '/orders/me', {
        token: await shop.token('ann'),
      });
      return {
        total: body.totalPurchases,
        orders: body.orders.filter((each) => each.status === 'confirmed').length,
      };
    };
    const before = await eventually(async () => (await counted()).orders);
    await eventually(async () => expect(await counted()).toEqual({ total: before, orders: before }));
    await cancel(order.id);
    await eventually(async () => expect(await counted()).toEqual({ total: before - 1, orders: before - 1 }));
    const again = await buy('ann');
    expect([again.body.code, again.body.order.status]).toEqual(['already_purchased', 'cancelled']);
  });

  it('is harmless when done twice, also after the unit has been sold again', async () => {
    await shop.startSale({ quantity: 1 });
    const order = await confirmed('ann');
    await cancel(order.id);
    expect((await confirmed('bob')).unit).toBe(1);
    const again = await cancel(order.id);
    expect([again.status, again.body.order.status]).toEqual([200, 'cancelled']);
    expect((await shop.ordersOf('bob'))[0]?.status).toBe('confirmed');
    expect((await buy('cem')).body.code).toBe('sold_out');
  });

  it.each(['20300101-0123456789:ann:1', 'not-an-order', '%24ne', 'a:b:99'])(
    'answers 404 for %s',
    async (id) => {
      const answer = await shop.operate<{ code: string }>('DELETE', `/orders/${id}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    },
  );

  it('is for operators only', async () => {
    await shop.startSale();
    const order = await confirmed('ann');
    const answer = await shop.request('DELETE', `/orders/${order.id}`, { token: await shop.token('ann') });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect((await shop.ordersOf('ann'))[0]?.status).toBe('confirmed');
  });
});
