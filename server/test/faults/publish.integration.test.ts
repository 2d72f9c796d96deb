import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { writerGroup } from '../../src/redis/keys.ts';
import { countOfFaults } from '../_support/count-of-faults.ts';
import { createCustomers, type LinkToRedis, openLinkToRedis } from '../_support/link-to-redis.ts';
import { eventually, type Shopper } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const customers = createCustomers();

let world: LinkToRedis;
beforeAll(async () => {
  world = await openLinkToRedis(inject('mongodbUri'));
});
afterEach(async () => {
  await world.link.mend();
  await world.linkToMongodb.mend();
  await world.ready(world.far);
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Redis's numbers for the connections that listen. */
async function listeners(): Promise<string[]> {
  const list = (await world.redis.client('LIST', 'TYPE', 'PUBSUB')) as string;
  return [...list.matchAll(/^id=(\d+)/gm)].map(([, id]) => String(id));
}

/** Writers that have been given entries of this sale, and how many each has not acknowledged. */
async function writersOf(saleId: string): Promise<{ name: string; pending: number }[]> {
  const [outbox = ''] = await world.redis.keys(`sale:{${saleId}}:*:outbox`);
  const consumers = (await world.redis.xinfo('CONSUMERS', outbox, writerGroup)) as unknown[][];
  const fieldOf = (fields: unknown[], name: string) => fields[fields.indexOf(name) + 1];
  return consumers.map((fields) => ({
    ...{ name: String(fieldOf(fields, 'name')), pending: Number(fieldOf(fields, 'pending')) },
  }));
}

const remainingOf = (shopper: Shopper) => shopper.stocks.at(-1)?.remaining ?? shopper.sales.at(-1)?.remaining;
const confirmedOf = (shopper: Shopper) => shopper.orders.filter(({ status }) => status === 'confirmed');

it('spectators have the true count, and each buyer their order, though no published message gets through', async () => {
  const { shop, far, near, redis, pressAll } = world;
  const sale = await shop.startSale({ quantity: 12 }, near);
  const watchers = [await shop.shopper(null, near), await shop.shopper(null, far)];
  const names = customers(12);
  // Their sockets are on the one node and the other one sells to them, so that the news has to cross.
  const owners = await Promise.all(names.map((name) => shop.shopper(name, far)));
  let deaf = true;
  const keepDeaf = (async () => {
    while (deaf) await redis.client('KILL', 'TYPE', 'PUBSUB');
  })();
  const answers = await pressAll(names, near);
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  // Written, and so notified, while no node listens.
  await eventually(async () => {
    expect(await shop.audit(sale.id, near)).toMatchObject({ clean: true, orders: 12, outbox: 0 });
  });
  await eventually(() => expect(watchers.map(remainingOf)).toEqual([0, 0]));
  deaf = false;
  await keepDeaf;

  const confirmed = new Map<string, Order>();
  for (const [index, owner] of owners.entries()) {
    await eventually(() => expect(confirmedOf(owner)).not.toEqual([]));
    expect(confirmedOf(owner)[0]?.unit).toBe(answers[index]?.order?.unit);
    confirmed.set(names[index] as string, confirmedOf(owner)[0] as Order);
  }
  const at = { saleId: sale.id, quantity: 12, node: far };
  await checkSale(shop, at, { attempted: new Set(names), confirmed });
});

it('a node whose subscribed connections go silent notices it by itself, and its buyers get what they missed', async () => {
  const { shop, link, far, near, pressAll } = world;
  const sale = await shop.startSale({ quantity: 5 }, near);
  const names = customers(5);
  const owners = await Promise.all(names.map((name) => shop.shopper(name, far)));
  const deaf = await listeners();
  expect(deaf).toHaveLength(4);
  link.swallow('downstream');
  await pressAll(names, near);
  await eventually(async () => {
    expect(await shop.audit(sale.id, near)).toMatchObject({ clean: true, orders: 5, outbox: 0 });
  });
  // The node has given up two of the four by itself, without any sign from outside.
  await eventually(async () => {
    const now = await listeners();
    expect(deaf.filter((id) => now.includes(id))).toHaveLength(2);
  });
  await link.mend();
  const confirmed = new Map<string, Order>();
  for (const [index, owner] of owners.entries()) {
    await eventually(() => expect(confirmedOf(owner)).not.toEqual([]));
    confirmed.set(names[index] as string, confirmedOf(owner)[0] as Order);
    await eventually(() => expect(remainingOf(owner)).toBe(0));
  }
  const at = { saleId: sale.id, quantity: 5, node: far };
  await checkSale(shop, at, { attempted: new Set(names), confirmed });
});

it('a node that could not pass on that orders are confirmed has the others look for themselves', async () => {
  const { shop, link, linkToMongodb, far, near, press } = world;
  const quantity = 100;
  const sale = await shop.startSale({ quantity }, near);
  await world.ready(far);
  const first: string[] = [];
  // Until then, a writer may be waiting for entries of the sale before.
  while ((await writersOf(sale.id)).length < 2) {
    const [name = ''] = customers(1);
    first.push(name);
    expect((await press(name, near)).status).toBe(201);
  }
  const names: string[] = [];
  const owners: Shopper[] = [];
  const failedBefore = await countOfFaults(far, 'adapter');
  linkToMongodb.hold('downstream');
  const farHasSome = async () =>
    (await writersOf(sale.id)).some(({ name, pending }) => name.startsWith('far') && pending > 0);
  // One after the other, so that both nodes have some to write. What the far one writes it does not hear of yet.
  while (names.length < 6 || !(await farHasSome())) {
    const [name = ''] = customers(1);
    names.push(name);
    owners.push(await shop.shopper(name, near));
    expect((await press(name, near)).status).toBe(201);
  }
  await eventually(async () => {
    const path = `/sales/${sale.id}/orders`;
    const { body } = await shop.operate<{ orders: Order[] }>('GET', path, undefined, near);
    expect(body.orders).toHaveLength(first.length + names.length);
  });
  expect((await shop.audit(sale.id, near)).outbox).toBeGreaterThan(0);
  // Now it learns of it, and has no other node to notify.
  await link.cut();
  await linkToMongodb.mend();
  await eventually(async () => expect(await countOfFaults(far, 'adapter')).toBeGreaterThan(failedBefore));
  await link.mend();
  for (const owner of owners) await eventually(() => expect(confirmedOf(owner)).not.toEqual([]));
  const confirmed = new Map(
    owners.map((owner, index) => [names[index] as string, confirmedOf(owner)[0] as Order]),
  );
  const at = { saleId: sale.id, quantity, node: far };
  await checkSale(shop, at, { attempted: new Set([...first, ...names]), confirmed });
});

it('a node that has not heard of the new sale gives no final answer for the old one', async () => {
  const { shop, linkToMongodb, far, near } = world;
  const old = await shop.startSale({ quantity: 20 }, near);
  await world.ready(far);
  const [winner = '', late = ''] = customers(2);
  const buy = async (customerId: string, body?: { saleId: string }) => {
    const token = await shop.token(customerId);
    const more = body === undefined ? {} : { body };
    return (
      await shop.request<{ order?: Order; code?: string }>('POST', '/buy', { token, node: far, ...more })
    ).body;
  };
  expect((await buy(winner)).order?.saleId).toBe(old.id);
  expect((await buy(winner)).code).toBe('already_purchased');
  // It can read nothing of MongoDB, where the new sale is.
  linkToMongodb.hold('downstream');
  const sale = await shop.startSale({ quantity: 20 }, near);
  const answers = await Promise.all([
    buy(winner),
    buy(late),
    buy(winner, { saleId: old.id }),
    buy(late, { saleId: sale.id }),
  ]);
  expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'unavailable'));
  await linkToMongodb.mend();
  for (const customer of [winner, late]) {
    await eventually(async () => expect((await buy(customer)).order?.saleId).toBe(sale.id));
  }
});
