import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const bought = async (customerId: string): Promise<Order> => {
  const shopper = await shop.shopper(customerId);
  expect(await shopper.buy()).toMatchObject({ ok: true });
  return confirmedOrder(shopper);
};

it('a late visitor learns when the last unit went, from any node, after a restart, and when Redis has lost everything', async () => {
  await shop.startSale({ quantity: 2 });
  const [one, other] = shop.nodes;
  const early = await shop.shopper(null, other);
  await bought('ann');
  expect((await shop.status()).sale.soldOutAt).toBeNull();
  const soldOutAt = (await bought('bob')).claimedAt;
  const showsOn = async (node: (typeof shop.nodes)[number] | undefined) => {
    const late = await shop.shopper(null, node);
    await eventually(() => expect(late.sales.at(-1)).toMatchObject({ status: 'sold_out', soldOutAt }));
    expect((await shop.status(node)).sale.soldOutAt).toBe(soldOutAt);
  };
  await eventually(() => expect(early.sales.at(-1)).toMatchObject({ status: 'sold_out', soldOutAt }));
  await showsOn(one);
  await showsOn(other);
  await showsOn(await shop.addNode());

  const redis = new Redis(shop.redisUrl);
  await redis.flushall();
  await redis.script('FLUSH');
  redis.disconnect();
  await eventually(async () => expect((await shop.request('GET', '/readyz')).status).toBe(503));
  await eventually(async () => expect((await shop.request('GET', '/readyz')).status).toBe(200));
  await showsOn(one);
  await showsOn(await shop.addNode());
});

it('a unit that comes back makes it unsold; the next sell-out has its own moment', async () => {
  await shop.startSale({ quantity: 1 });
  const first = await bought('ann');
  const watchers = await Promise.all(shop.nodes.map((node) => shop.shopper(null, node)));
  const shown = async (expected: object) => {
    for (const watcher of watchers)
      await eventually(() => expect(watcher.sales.at(-1)).toMatchObject(expected));
  };
  await shown({ soldOutAt: first.claimedAt });
  expect((await shop.operate('DELETE', `/orders/${first.id}`)).status).toBe(200);
  await shown({ status: 'live', soldOutAt: null });
  const second = await bought('bob');
  expect(second.claimedAt).not.toBe(first.claimedAt);
  await shown({ status: 'sold_out', soldOutAt: second.claimedAt });
});
