import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { io } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { type Killable, startKillable } from '../_support/killable.ts';
import { makeDataDir } from '../_support/own-stores.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

/** A shop on a separate MongoDB, which can be killed and comes back. */
interface Scene extends AsyncDisposable {
  shop: Shop;
  redis: Redis;
  mongodb: Killable;
  /** The node that answered dies, whose writer had the claims in hand, Redis loses its keys, and MongoDB is back. Resolves with the next node. */
  loseClaims(): Promise<App>;
  /** A customer's socket that presents receipts; the orders that it hears of. */
  present(customerId: string, receipts: unknown, node: Address): Promise<Order[]>;
}

async function open(nodes: number): Promise<Scene> {
  await using undo = new AsyncDisposableStack();
  const mongodb = undo.use(await startKillable(startPrivateMongodb, await makeDataDir(undo)));
  const shop = undo.use(await openShop(mongodb.url, { nodes }));
  const redis = new Redis(shop.redisUrl, { protocol: 2 });
  undo.defer(() => redis.disconnect());
  const done = undo.move();
  return {
    ...{ shop, redis, mongodb },
    async loseClaims() {
      await shop.nodes[0]?.[Symbol.asyncDispose]();
      await wipe(redis);
      await mongodb.comeBack();
      return shop.addNode();
    },
    async present(customerId, receipts, node) {
      const orders: Order[] = [];
      const socket = io(node.url, {
        transports: ['websocket'],
        forceNew: true,
        auth: { token: await shop.token(customerId), receipts },
      });
      done.defer(() => void socket.disconnect());
      socket.on('order', (order) => orders.push(order));
      return orders;
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}

/** Redis loses its keys and its scripts in one step, as one that comes back with an empty disk. */
const wipe = (redis: Redis) => redis.multi().flushall().script('FLUSH').exec();

const buy = async (shop: Shop, customerId: string, node = shop.nodes[0]) => {
  const answer = await shop.request<{ order: Order; receipt: string; code?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': `${customerId}-1` },
    ...(node === undefined ? {} : { node }),
  });
  return answer.body;
};

// They wait for MongoDB to be found again, so they wait together.
describe.concurrent('a recovery', () => {
  it('brings back the claims that a wiped Redis forgot before MongoDB had them, unit for unit', async () => {
    await using scene = await open(2);
    const { shop, redis, mongodb } = scene;
    const sale = await shop.startSale({ quantity: 10 });
    const shopper = await shop.shopper('ann', shop.nodes[1]);
    await mongodb.kill();
    const ann = await shopper.buy('ann-1');
    const others = await Promise.all(['bob', 'cem', 'dan'].map((customer) => buy(shop, customer)));
    await wipe(redis);
    expect((await buy(shop, 'eve')).code).toBe('unavailable');
    await mongodb.comeBack();

    const confirmed = await confirmedOrder(shopper);
    expect(ann).toMatchObject({ ok: true, order: { unit: confirmed.unit, claimedAt: confirmed.claimedAt } });
    await eventually(async () => {
      expect(await shop.audit(sale.id)).toMatchObject({
        ...{ clean: true, orders: 4, remaining: 6, outbox: 0 },
        ...{ recoveries: 1, revoked: 0 },
      });
    });
    for (const [index, customer] of ['bob', 'cem', 'dan'].entries()) {
      expect((await shop.ordersOf(customer))[0]).toMatchObject({
        unit: others[index]?.order.unit,
        status: 'confirmed',
      });
    }
    // The same request gets the same answer, receipt and all, after the recovery too.
    await eventually(async () => expect(await buy(shop, 'bob', shop.nodes[1])).toEqual(others[0]));
  });

  it('brings a claim back by its receipt when the node that answered it is gone as well', async () => {
    await using scene = await open(1);
    const { shop, mongodb } = scene;
    const sale = await shop.startSale({ quantity: 10 });
    await mongodb.kill();
    const claimed = await buy(shop, 'ann');
    const forged = await buy(shop, 'bob');
    // The customers have their receipts.
    const node = await scene.loseClaims();

    const orders = await scene.present('ann', [claimed.receipt], node);
    // Another customer's receipt, and a forged one, restore nothing.
    const stolen = await scene.present('mallory', [forged.receipt, `${forged.receipt}x`, 7, null], node);

    await eventually(() =>
      expect(orders.at(-1)).toMatchObject({ unit: claimed.order.unit, status: 'confirmed' }),
    );
    await eventually(async () => {
      expect(await shop.audit(sale.id, node)).toMatchObject({
        clean: true,
        orders: 1,
        remaining: 9,
        outbox: 0,
      });
    });
    expect(stolen).toEqual([]);
  });

  it('revokes a restored claim when nothing is left, and notifies its customer', async () => {
    await using scene = await open(1);
    const { shop, mongodb } = scene;
    const sale = await shop.startSale({ quantity: 1 });
    await mongodb.kill();
    const lost = await buy(shop, 'ann');
    const node = await scene.loseClaims();
    await eventually(async () => expect((await buy(shop, 'bob', node)).order).toMatchObject({ unit: 1 }));

    const orders = await scene.present('ann', [lost.receipt], node);
    await eventually(() => expect(orders.at(-1)).toMatchObject({ id: lost.order.id, status: 'revoked' }));
    await eventually(async () => {
      expect(await shop.audit(sale.id, node)).toMatchObject({
        ...{ clean: true, orders: 1, outbox: 0 },
        ...{ recoveries: 1, restored: 0, revoked: 1 },
      });
    });
    // It can also be read later, by a customer who was not there when it happened.
    const mine = await shop.request<{ orders: Order[] }>('GET', '/orders/me', {
      token: await shop.token('ann'),
      node,
    });
    expect(mine.body.orders).toEqual([{ ...lost.order, status: 'revoked' }]);
  });

  it('brings a claim back by a receipt that came over HTTP', async () => {
    await using scene = await open(1);
    const { shop, mongodb } = scene;
    const sale = await shop.startSale({ quantity: 10 });
    await mongodb.kill();
    const claimed = await buy(shop, 'ann');
    const foreign = await buy(shop, 'bob');
    const node = await scene.loseClaims();
    const present = async (customerId: string, receipts: unknown) =>
      shop.request<{ orders: Order[] }>('POST', '/receipts', {
        token: await shop.token(customerId),
        body: { receipts },
        node,
      });

    await eventually(async () =>
      expect((await present('ann', [claimed.receipt])).body.orders).toEqual([
        expect.objectContaining({ unit: claimed.order.unit, status: 'confirmed' }),
      ]),
    );
    expect((await present('mallory', [foreign.receipt, `${foreign.receipt}x`])).body.orders).toEqual([]);
    expect((await present('ann', [7])).status).toBe(400);
    expect((await present('ann', Array(11).fill('x'))).status).toBe(400);
    expect((await present('ann', ['x'.repeat(20_000)])).status).toBe(413);
    await eventually(async () => {
      expect(await shop.audit(sale.id, node)).toMatchObject({
        clean: true,
        orders: 1,
        restored: 1,
        outbox: 0,
      });
    });
  });
});
