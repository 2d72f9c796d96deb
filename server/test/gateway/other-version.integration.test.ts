import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { announcementChannel, presenceChannel, stockChannel } from '../../src/redis/keys.ts';
import { messageVersion } from '../../src/shared/node-message.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

/** Where the Socket.IO adapter sends what one node emits to the others, and its number for that. */
const adapterChannel = 'socket.io-request#/#';
const serverSideEmit = 6;
const newer = messageVersion + 1;

let shop: Shop;
let redis: Redis;
let mongo: mongoose.Connection;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  redis = new Redis(shop.redisUrl);
  mongo = await mongoose.createConnection(shop.mongodbUri).asPromise();
});
afterAll(async () => {
  redis.disconnect();
  await mongo.close();
  await shop[Symbol.asyncDispose]();
});

async function ignored(): Promise<Record<string, number>> {
  const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
  const lines = text.matchAll(/^flipzon_messages_ignored_total\{kind="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, kind, count]) => [kind, Number(count)]));
}

it('a node that gets a message of a later version ignores it, counts it, and reads the stores', async () => {
  const sale = await shop.startSale();
  const [ann, bob] = [await shop.shopper('ann'), await shop.shopper('bob')];
  await ann.buy();
  await bob.buy();
  const [annsOrder, bobsOrder] = [await confirmedOrder(ann), await confirmedOrder(bob)];
  const emit = (...data: unknown[]) =>
    redis.publish(adapterChannel, JSON.stringify({ uid: 'another', type: serverSideEmit, data }));
  const orders = mongo.collection<{ _id: string; status: string }>('orders');
  /** By the node that then tells of it. */
  const cancel = ({ id }: Order) => orders.updateOne({ _id: id }, { $set: { status: 'cancelled' } });

  await cancel(annsOrder);
  await emit('orders', newer, [{ ...annsOrder, status: 'revoked' }]);
  await eventually(() => expect(ann.orders.at(-1)).toEqual({ ...annsOrder, status: 'cancelled' }));
  await cancel(bobsOrder);
  await emit('missed', newer);
  await redis.publish(stockChannel(sale.id), `v${newer} 0 999999999999`);
  await redis.publish(presenceChannel, `v${newer} another-node 100`);
  await redis.publish(announcementChannel, `v${newer} another-node`);
  await eventually(async () =>
    expect(await ignored()).toMatchObject({ orders: 1, missed: 1, stock: 1, presence: 1, announcement: 1 }),
  );
  await eventually(() => expect(bob.orders.at(-1)).toEqual({ ...bobsOrder, status: 'cancelled' }));
  expect(ann.orders.map(({ status }) => status)).toEqual(['confirmed', 'cancelled']);
  expect((await shop.status()).remaining).toBe(1);
  expect(ann.stocks.at(-1)?.remaining).toBe(1);
  expect(ann.connected).not.toContain(101);
  const late = await shop.shopper(null);
  await eventually(() => expect(late.sales.at(-1)?.remaining).toBe(1));
});
