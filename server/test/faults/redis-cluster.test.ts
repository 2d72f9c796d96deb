import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { inParallel } from '../_support/in-parallel.ts';
import { openRedisCluster, type RedisCluster } from '../_support/redis-cluster.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

let cluster: RedisCluster;
let shop: Shop;
beforeAll(async () => {
  cluster = await openRedisCluster();
  shop = await openShop(inject('mongodbUri'), { nodes: 2, environment: { REDIS_URL: cluster.url } });
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

const buy = async (customerId: string, index: number) => {
  const node = shop.nodes[index % 2];
  const answer = await shop.request<{ order?: Order; code?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': `${customerId}-only` },
    ...(node === undefined ? {} : { node }),
  });
  return answer.body;
};
const customers = Array.from({ length: 40 }, (_, index) => `cluster-${index}`);

it('sells from a Redis Cluster as from one Redis, over two nodes', async () => {
  const sale = await shop.startSale({ quantity: 30 });
  const watcher = await shop.shopper(null, shop.nodes[1]);
  const ann = await shop.shopper('cluster-ann', shop.nodes[0]);
  expect(await ann.buy()).toMatchObject({ ok: true });
  const answers = await inParallel(customers, 20, buy);
  expect(answers.filter((answer) => answer.order !== undefined)).toHaveLength(29);
  await confirmedOrder(ann);
  await eventually(() => expect(watcher.stocks.at(-1)?.remaining).toBe(0));
  await checkSale(
    shop,
    { saleId: sale.id, quantity: 30, node: shop.nodes[0] as { url: string } },
    { attempted: new Set([...customers, 'cluster-ann']), confirmed: new Map() },
  );
});

it('goes on when the master of the sale is killed and its replica promoted in mid-sale', async () => {
  const sale = await shop.startSale({ quantity: 30 });
  const early = await inParallel(customers.slice(0, 10), 10, buy);
  const confirmed = new Map<string, Order>();
  for (const customer of customers.slice(0, 10)) {
    await eventually(async () => {
      const order = (await shop.ordersOf(customer)).find((each) => each.saleId === sale.id);
      expect(order?.status).toBe('confirmed');
      confirmed.set(customer, order as Order);
    });
  }
  await cluster.failOver(saleKeys({ saleId: sale.id, epoch: 1 }).state);
  // Everybody asks until there is an answer that stands, those who have theirs as well.
  const answers = await inParallel(customers, 20, (customer, index) =>
    eventually(async () => {
      const answer = await buy(customer, index);
      expect(answer.order ?? answer.code).toBeDefined();
      expect(answer.code).not.toBe('unavailable');
      return answer;
    }),
  );
  for (const [index, answer] of early.entries()) expect(answers[index]?.order).toEqual(answer.order);
  await checkSale(
    shop,
    { saleId: sale.id, quantity: 30, node: shop.nodes[1] as { url: string } },
    { attempted: new Set(customers), confirmed },
  );
});
