import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { press, pressUntilAnswered } from '../_support/own-stores.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const quantity = 30;
const customers = Array.from({ length: quantity + 10 }, (_, index) => `memory-${index}`);

let shop: Shop;
let admin: Redis;
const nodes: NodeProcess[] = [];
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 0 });
  admin = new Redis(shop.redisUrl, { protocol: 2 });
  for (const name of ['node-1', 'node-2'])
    nodes.push(await startNodeProcess({ ...shop.environment, NODE_NAME: name }));
});
afterAll(async () => {
  admin?.disconnect();
  for (const node of nodes) await node[Symbol.asyncDispose]();
  await shop?.[Symbol.asyncDispose]();
});

it('refuses buys while the memory of Redis is full, confirms what was claimed, and goes on when there is more', async () => {
  const [node, other] = nodes as [NodeProcess, NodeProcess];
  const sale = await shop.startSale({ quantity }, node);
  const pressAll = async (from: number, to: number) =>
    Promise.all(customers.slice(from, to).map((each, index) => press(shop, each, nodes[index % 2])));

  const early = await pressAll(0, 10);
  expect(early.map((answer) => answer.status)).toEqual(Array(10).fill(201));
  await admin.config('SET', 'maxmemory', '1');
  const during = await pressAll(10, 20);
  expect(during.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
    Array(10).fill('503 unavailable'),
  );
  // What was claimed before is written and taken off the outbox all the same; nothing of the refused buys is there.
  const keys = saleKeys({ saleId: sale.id, epoch: 1 });
  await eventually(async () => {
    const { body } = await shop.operate<{ orders: Order[] }>(
      'GET',
      `/sales/${sale.id}/orders`,
      undefined,
      other,
    );
    expect(body.orders.map((order) => order.status)).toEqual(Array(10).fill('confirmed'));
    expect(await admin.xlen(keys.outbox)).toBe(0);
  });
  expect(await admin.hlen(keys.holders)).toBe(10);
  expect(await admin.hget(keys.state, 'remaining')).toBe(String(quantity - 10));
  await admin.config('SET', 'maxmemory', '0');

  const answers = await Promise.all(
    customers.map((customer, index) => pressUntilAnswered(shop, customer, nodes[index % 2])),
  );
  for (const [index, { body }] of early.entries()) expect(answers[index]?.order?.unit).toBe(body.order?.unit);
  await checkSale(
    shop,
    { saleId: sale.id, quantity, node },
    { attempted: new Set(customers), confirmed: new Map() },
  );
  // No node took it for a loss: the same epoch sells on.
  expect(await shop.audit(sale.id, node)).toMatchObject({ recoveries: 0 });
});
