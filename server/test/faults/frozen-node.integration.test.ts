import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import { saleKeys, writerGroup } from '../../src/redis/keys.ts';
import type { CrashPoint } from '../../src/shared/crash-point.ts';
import type { NodeProcess } from '../_support/node-process.ts';
import { type Bought, buyOverHttp } from '../_support/persistent-buyer.ts';
import type { Shop } from '../_support/shop.ts';
import { openShopOfProcesses, type ShopOfProcesses } from '../_support/shop-of-processes.ts';
import { eventually, type Shopper } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

/*
 * A node that stands still for as long as it takes the others to rebuild everything without it, and then goes on as if nothing had been:
 * it holds claims that it has read and not written, in an epoch that is over.
 */

const quantity = 15;
const early = Array.from({ length: 10 }, (_, index) => `early-${index}`);
const late = (count: number) => Array.from({ length: count }, (_, index) => `late-${index}`);
const freezingAt = (point: CrashPoint) => ({ CRASH_AT: point, CRASH_SIGNAL: 'SIGSTOP' });

const frozen = (node: NodeProcess) =>
  eventually(async () => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(node.pid)]);
    expect(stdout).toMatch(/^T/);
  });

const buyAll = (shop: Shop, customers: string[], node: NodeProcess): Promise<Bought[]> =>
  Promise.all(customers.map((customer) => buyOverHttp(shop, customer, () => node)));

/** The books are right; the last news of each of `customers` is the order that they have, or that their claim is revoked. */
async function checkNotifiedAndSold(
  shop: Shop,
  sale: { id: string },
  node: NodeProcess,
  attempted: string[],
  watching: ReadonlyMap<string, Shopper>,
  confirmed: ReadonlyMap<string, Order> = new Map(),
): Promise<Order[]> {
  const orders = await checkSale(
    shop,
    { saleId: sale.id, quantity, node },
    { attempted: new Set(attempted), confirmed },
  );
  const units = new Map(orders.map((order) => [order.customerId, order.unit]));
  await eventually(() => {
    for (const [customer, { orders: received }] of watching) {
      const last = received.filter(({ saleId }) => saleId === sale.id).at(-1);
      const unit = units.get(customer);
      if (unit === undefined) expect(last?.status).toBe('revoked');
      else expect(last).toMatchObject({ status: 'confirmed', unit });
    }
  });
  return orders;
}

/** A sale whose first claims were read from the outbox by a node that froze then, before it had written them. */
async function withFrozenWriter({ shop, redis, start }: ShopOfProcesses) {
  const first = await start();
  const sale = await shop.startSale({ quantity }, first);
  first.kill('SIGTERM');
  await first.exited;
  const writer = await start(freezingAt('writer.afterRead'));
  // Those who come too late for the freeze are answered when it is over.
  const pressed = Promise.all(early.map((customer) => askOnce(shop, customer, writer)));
  await frozen(writer);
  const [held] = (await redis.xpending(saleKeys({ saleId: sale.id, epoch: 1 }).outbox, writerGroup)) as [
    number,
  ];
  expect(held).toBeGreaterThan(0);
  const survivor = await start();
  const watching = new Map<string, Shopper>();
  for (const customer of early) watching.set(customer, await shop.shopper(customer, survivor));
  return { sale, writer, survivor, watching, pressed };
}

async function askOnce(shop: Shop, customerId: string, node: NodeProcess): Promise<void> {
  const token = await shop.token(customerId);
  await shop.request('POST', '/buy', { token, headers: { 'idempotency-key': `${customerId}-only` }, node });
}

const newEpoch = async (survivor: NodeProcess, before: number): Promise<void> => {
  await eventually(async () => {
    const text = await (await fetch(`${survivor.url}/metrics`)).text();
    expect(Number(/^flipzon_epoch (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(before);
    expect((await fetch(`${survivor.url}/readyz`)).status).toBe(200);
  });
};
const loseEverything = (redis: Redis) => redis.multi().flushall().script('FLUSH').exec();

/** It answers again, and its writer has brought what it held to an end. */
async function frozenNoMore(node: NodeProcess): Promise<void> {
  await eventually(async () => {
    expect((await fetch(`${node.url}/readyz`)).status).toBe(200);
    const text = await (await fetch(`${node.url}/metrics`)).text();
    expect(text).toMatch(/^flipzon_outbox_settled_total\{outcome="\w+"\} [1-9]/m);
  });
}

// They wait for claims to be taken over and for recoveries, so they wait together.
describe.concurrent('a node that is frozen', () => {
  it('a writer frozen for long is overtaken by another one, and its own late write changes nothing', async () => {
    await using opened = await openShopOfProcesses(inject('mongodbUri'));
    const { shop } = opened;
    const { sale, writer, survivor, watching, pressed } = await withFrozenWriter(opened);
    const all = await buyAll(shop, early, survivor);
    const before = await checkNotifiedAndSold(shop, sale, survivor, early, watching);
    writer.kill('SIGCONT');
    await pressed;
    // The one that woke up reads and writes again.
    await buyAll(shop, late(3), writer);
    const after = await checkNotifiedAndSold(shop, sale, survivor, [...early, ...late(3)], watching);
    expect(after.filter(({ customerId }) => early.includes(customerId))).toEqual(before);
    for (const { customerId, order } of all) {
      expect(after.find((each) => each.customerId === customerId)?.unit).toBe(order?.unit);
    }
  });

  it('a writer frozen while Redis restarts: others write what it had read, and its own late write changes nothing', async () => {
    await using opened = await openShopOfProcesses(inject('mongodbUri'));
    const { shop, redis } = opened;
    const { sale, writer, survivor, watching, pressed } = await withFrozenWriter(opened);
    await redis.script('FLUSH');
    await newEpoch(survivor, 1);
    await buyAll(shop, early, survivor);
    const before = await checkNotifiedAndSold(shop, sale, survivor, early, watching);
    writer.kill('SIGCONT');
    await pressed;
    await buyAll(shop, late(3), writer);
    const after = await checkNotifiedAndSold(shop, sale, survivor, [...early, ...late(3)], watching);
    expect(after.filter(({ customerId }) => early.includes(customerId))).toEqual(before);
  });

  it.each([
    ['few others have bought meanwhile: what it writes late stands, or is restored on another unit', 4],
    ['others have bought all but three', 12],
    ['others have bought everything: it gives way, and its customers are notified', quantity],
  ] as const)('a writer frozen while Redis is wiped; %s', async (_name, others) => {
    await using opened = await openShopOfProcesses(inject('mongodbUri'));
    const { shop, redis } = opened;
    const { sale, writer, survivor, watching, pressed } = await withFrozenWriter(opened);
    await loseEverything(redis);
    await newEpoch(survivor, 1);
    await buyAll(shop, late(others), survivor);
    // Confirmed orders stay confirmed. A claim that is not confirmed yet may have to move: the late write comes first to its unit then.
    const path = `/sales/${sale.id}/orders`;
    const { body } = await shop.operate<{ orders: Order[] }>('GET', path, undefined, survivor);
    const confirmed = new Map(body.orders.map((order) => [order.customerId, order]));
    writer.kill('SIGCONT');
    await pressed;
    await frozenNoMore(writer);
    // Customers who hold nothing by now ask again.
    await buyAll(shop, early, survivor);
    const orders = await checkNotifiedAndSold(
      shop,
      sale,
      survivor,
      [...early, ...late(others)],
      new Map(),
      confirmed,
    );
    const units = new Map(orders.map((order) => [order.customerId, order.unit]));
    // Their sockets end with the same news, whatever came in between.
    await eventually(() => {
      for (const [customer, shopper] of watching) {
        const last = shopper.orders.filter(({ saleId }) => saleId === sale.id).at(-1);
        if (units.has(customer))
          expect(last).toMatchObject({ status: 'confirmed', unit: units.get(customer) });
        else expect(last?.status ?? 'revoked').toBe('revoked');
      }
    });
  });

  it('a node frozen between claim and answer: another one gives the answer, and the late one is the same', async () => {
    await using opened = await openShopOfProcesses(inject('mongodbUri'));
    const { shop, start } = opened;
    const survivor = await start();
    const sale = await shop.startSale({ quantity }, survivor);
    const victim = await start(freezingAt('buy.afterClaim'));
    const hanging = fetch(`${victim.url}/buy`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await shop.token('ann')}`, 'idempotency-key': 'ann-only' },
    });
    await frozen(victim);
    const { order } = await buyOverHttp(shop, 'ann', () => survivor);
    expect(order).not.toBeNull();
    victim.kill('SIGCONT');
    const answer = await hanging;
    expect([answer.status, ((await answer.json()) as { order: Order }).order]).toEqual([201, order]);
    await checkSale(
      shop,
      { saleId: sale.id, quantity, node: survivor },
      { attempted: new Set(['ann']), confirmed: new Map() },
    );
  });
});
