import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureMongodbBinary } from '@flipzon/local-services/mongodb-binary.ts';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allConfirmed, makeDataDir, press } from '../_support/own-stores.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

/** mongod sets aside several hundred MB for its journal. */
const diskMb = { FerretDB: 64, mongod: 1024 };
const fillerBytes = 4 * 1024 * 1024;
const batch = 25;
const batchesMax = 40;

let undo: AsyncDisposableStack;
let shop: Shop;
let dir: string;
beforeEach(async (context) => {
  undo = new AsyncDisposableStack();
  const dataDir = await makeDataDir(undo);
  dir = join(dataDir, 'mongodb');
  await mkdir(dir);
  const binary = await ensureMongodbBinary();
  const size = `size=${diskMb[binary.kind]}m`;
  const mounted = await runCommand('mount', ['-t', 'tmpfs', '-o', size, 'flipzon-test', dir], {
    timeoutMs: 10_000,
  });
  if (!mounted.ok) return context.skip(`a small disk can't be mounted here: ${mounted.output}`);
  undo.defer(async () => {
    await runCommand('umount', ['--lazy', dir], { timeoutMs: 10_000 });
  });
  const mongodb = undo.use(await startPrivateMongodb({ dataDir, binary }));
  shop = undo.use(await openShop(mongodb.url, { nodes: 2 }));
});
afterEach(async () => {
  await undo.disposeAsync();
});

/** Takes all the room that is left. */
async function fill(): Promise<void> {
  for (let file = 0; ; file++) {
    // The last one is written as far as it goes.
    const error = await writeFile(join(dir, `filler-${file}`), Buffer.alloc(fillerBytes)).catch(
      (thrown) => thrown,
    );
    if (error === undefined) continue;
    expect(error.code).toBe('ENOSPC');
    return;
  }
}

async function clear(): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('filler-'));
  for (const name of names) await rm(join(dir, name));
}

async function writerFaults(): Promise<number> {
  const counts = await Promise.all(
    shop.nodes.map(async (node) => {
      const { body } = await shop.request<{ text: string }>('GET', '/metrics', { node });
      return Number(/^flipzon_faults_total\{part="writer"\} (\d+)$/m.exec(body.text)?.[1] ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

it('goes on claiming while the disk of MongoDB is full, and confirms every claim once there is room', async () => {
  const quantity = batch * batchesMax + 50;
  const sale = await shop.startSale({ quantity });
  const customers = ['early-1', 'early-2'];
  for (const customer of customers) await press(shop, customer);
  const confirmed = await allConfirmed(shop, customers);
  expect(await writerFaults()).toBe(0);

  await fill();
  const units = new Map<string, number>();
  // The database may still find room in files that it has: more, until it finds none.
  for (let round = 0; round < batchesMax && (await writerFaults()) === 0; round++) {
    const more = Array.from({ length: batch }, (_, index) => `buyer-${round}-${index}`);
    const answers = await Promise.all(
      more.map((customer, index) => press(shop, customer, shop.nodes[index % 2])),
    );
    for (const [index, { status, body }] of answers.entries()) {
      expect([status, body.order?.status]).toEqual([201, 'claimed']);
      units.set(more[index] as string, body.order?.unit as number);
    }
    customers.push(...more);
  }
  await eventually(async () => expect(await writerFaults()).toBeGreaterThan(0));
  expect((await press(shop, 'last')).status).toBe(201);
  customers.push('last');

  await clear();
  const final = await checkSaleOf(customers.length);
  for (const order of final) {
    const unit = units.get(order.customerId);
    if (unit !== undefined) expect(order.unit).toBe(unit);
  }

  async function checkSaleOf(sold: number) {
    const answer = await shop.operate('POST', `/sales/${sale.id}/end`);
    expect(answer.status).toBe(200);
    return checkSale(
      shop,
      { saleId: sale.id, quantity: sold, node: shop.nodes[0] as { url: string } },
      { attempted: new Set(customers), confirmed },
    );
  }
});
