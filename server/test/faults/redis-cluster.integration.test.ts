import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
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

/** A key keeps its answer over later sales, so each test has different keys. */
let test = 0;
beforeEach(() => {
  test++;
});
const buy = async (customerId: string, index: number) => {
  const node = shop.nodes[index % 2];
  const answer = await shop.request<{ order?: Order; code?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': `${customerId}-${test}` },
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

it('joins the cluster where it is given one address of it', async () => {
  // A replica's, that has none of the keys.
  const one = cluster.url.split(',').at(-1) as string;
  const node = await shop.addNode({ REDIS_URL: one });
  const sale = await shop.startSale({ quantity: 4 }, node);
  for (const customer of customers.slice(0, 4)) {
    const token = await shop.token(customer);
    expect(await shop.request('POST', '/buy', { token, node })).toMatchObject({ status: 201 });
  }
  await checkSale(
    shop,
    { saleId: sale.id, quantity: 4, node },
    { attempted: new Set(customers.slice(0, 4)), confirmed: new Map() },
  );
});

it.skipIf(findOnPath('openssl') === undefined)(
  'sells from a cluster that is encrypted, whichever of its servers has the sale',
  async () => {
    await using undo = new AsyncDisposableStack();
    const encrypted = undo.use(await openRedisCluster({ replicas: false, encrypted: true }));
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, encrypted.certificate as string]);
    undo.defer(() => setDefaultCACertificates(trusted));
    const environment = { REDIS_URL: encrypted.url };
    const one = undo.use(await openShop(inject('mongodbUri'), { environment }));
    const sale = await one.startSale({ quantity: 5 });
    const ann = await one.shopper('ann');
    expect(await ann.buy()).toMatchObject({ ok: true });
    await confirmedOrder(ann);
    await eventually(async () => expect(await one.audit(sale.id)).toMatchObject({ clean: true, orders: 1 }));
  },
);

it('continues when the master of the sale is killed and its replica promoted during the sale', async () => {
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
  // All ask until there is a final answer, also those who have one.
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
