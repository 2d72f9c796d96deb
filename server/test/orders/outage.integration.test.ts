import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { PrivateService } from '@flipzon/local-services/private-service.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterEach, expect, it } from 'vitest';
import { type Killable, startKillable } from '../_support/killable.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function killable<Service extends PrivateService>(
  start: (options: { dataDir: string; port?: number }) => Promise<Service>,
): Promise<Killable<Service>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-outage-'));
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }));
  const service = await startKillable(start, dataDir);
  cleanUps.push(async () => service[Symbol.asyncDispose]());
  return service;
}

async function open(environment: Record<string, string>, mongodbUri: string): Promise<Shop> {
  const shop = await openShop(mongodbUri, { nodes: 2, environment });
  cleanUps.push(async () => shop[Symbol.asyncDispose]());
  return shop;
}

const buy = async (shop: Shop, customerId: string, node = shop.nodes[0]) =>
  shop.request<{ code?: string; order?: Order; retryAfterMs?: number }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': `${customerId}-1` },
    ...(node === undefined ? {} : { node }),
  });

it('sells nothing while Redis is down, says so, and after its return knows every order', async () => {
  const redis = await killable(startPrivateRedis);
  const mongodb = await killable(startPrivateMongodb);
  const shop = await open(
    { REDIS_URL: redis.url, REDIS_RECOVERY_URL: redis.service.recoveryUrl },
    mongodb.url,
  );
  const sale = await shop.startSale({ quantity: 5 });
  const watcher = await shop.shopper(null);
  expect(watcher.sales.at(-1)?.available).toBe(true);
  const first = await buy(shop, 'ann');
  await eventually(async () => expect((await shop.ordersOf('ann'))[0]?.status).toBe('confirmed'));
  // Claimed, and perhaps not written yet, when the crash comes.
  const second = await buy(shop, 'bob');

  await redis.kill();
  const during = await buy(shop, 'cem');
  expect([during.status, during.body.code]).toEqual([503, 'unavailable']);
  expect(during.body.retryAfterMs).toBeGreaterThan(0);
  expect(during.headers.get('retry-after')).toBe('1');
  // Spectators learn that the count is only the last known one.
  await eventually(() => expect(watcher.sales.at(-1)?.available).toBe(false));
  expect((await shop.status()).sale.id).toBe(sale.id);
  expect((await shop.request('GET', '/healthz')).status).toBe(200);
  expect((await shop.request('GET', '/readyz')).status).toBe(503);

  await redis.comeBack();
  for (const node of shop.nodes) {
    await eventually(async () => expect((await shop.request('GET', '/readyz', { node })).status).toBe(200));
  }
  await eventually(() => expect(watcher.sales.at(-1)?.available).toBe(true));
  expect((await buy(shop, 'ann')).body.order).toEqual(first.body.order);
  expect((await buy(shop, 'bob', shop.nodes[1])).body.order).toEqual(second.body.order);
  const third = await eventually(async () => {
    const answer = await buy(shop, 'cem', shop.nodes[1]);
    expect(answer.status).toBe(201);
    return answer;
  });
  expect(third.body.order?.unit).toBe(3);
  await eventually(async () => {
    expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 3, outbox: 0, remaining: 2 });
  });
});

it('goes on claiming while MongoDB is down, and confirms every claim once it is back', async () => {
  const mongodb = await killable(startPrivateMongodb);
  const shop = await open({}, mongodb.url);
  const sale = await shop.startSale({ quantity: 50 });
  const shopper = await shop.shopper('ann', shop.nodes[1]);
  const tabs = async (customerId: string) =>
    Promise.all(shop.nodes.map((node) => shop.shopper(customerId, node)));
  const annsTabs = await tabs('ann');
  const bobsTabs = await tabs('bob');

  await mongodb.kill();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => buy(shop, `buyer-${i}`)));
  expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201));
  expect(await shopper.buy()).toMatchObject({ ok: true, order: { status: 'claimed' } });
  const again = await buy(shop, 'ann');
  expect(again.body).toMatchObject({ code: 'already_purchased', order: { status: 'claimed' } });
  expect((await buy(shop, 'bob')).status).toBe(201);
  // Only the socket that asked had an answer; the customer's others see the order too, however long MongoDB takes.
  for (const tab of [...annsTabs, ...bobsTabs]) {
    await eventually(() => expect(tab.orders.map(({ status }) => status)).toEqual(['claimed']));
  }
  expect(shopper.orders).toEqual([]);

  await mongodb.comeBack();
  expect((await confirmedOrder(shopper)).unit).toBe(21);
  await eventually(async () => {
    expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 22, outbox: 0 });
  });
  // Once each, whatever nodes wrote it, and however often.
  for (const tab of [...annsTabs, ...bobsTabs]) {
    await confirmedOrder(tab);
    expect(tab.orders.map(({ status }) => status)).toEqual(['claimed', 'confirmed']);
  }
  expect(shopper.orders.map(({ status }) => status)).toEqual(['confirmed']);
});
