import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreBackup } from '../../src/backup/restore-backup.ts';
import { takeBackup } from '../../src/backup/take-backup.ts';
import { inParallel } from '../_support/in-parallel.ts';
import {
  allConfirmed,
  type OwnStores,
  openOwnStores,
  press,
  pressUntilAnswered,
} from '../_support/own-stores.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { photo, uploadImage } from '../_support/upload-image.ts';
import { checkSale } from '../faults/check-sale.ts';

const quantity = 120;
const undo = new AsyncDisposableStack();
let stores: OwnStores;
let folder: string;
let taken: Taken;
beforeAll(async () => {
  stores = undo.use(await openOwnStores({ nodes: 1 }));
  folder = await mkdtemp(join(tmpdir(), 'flipzon-backup-'));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  taken = await takeWhileSelling(join(folder, 'taken'));
});
afterAll(() => undo.disposeAsync());

const databaseOf = (shop: Shop) => shop.environment.MONGODB_DATABASE as string;
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `buyer-${from + index}`);

interface Taken {
  saleId: string;
  /** The orders that customers had received before the backup. */
  claimed: ReadonlyMap<string, Order>;
  from: string;
}

async function takeWhileSelling(to: string): Promise<Taken> {
  const { shop, redis, mongodb, dataDir } = stores;
  const { image } = (await uploadImage(shop, await photo(1))).body;
  const sale = await shop.startSale({ quantity, images: [{ id: image.id, alt: 'A bottle' }] });
  const claimed = new Map<string, Order>();
  const buy = async (customerIds: readonly string[]) =>
    inParallel(customerIds, 8, async (customerId) => {
      const { order } = await pressUntilAnswered(shop, customerId);
      if (order !== undefined) claimed.set(customerId, order);
    });
  await buy(names(0, 30));
  const confirmed = await allConfirmed(shop, names(0, 30));
  await shop.operate('DELETE', `/orders/${confirmed.get('buyer-0')?.id}`);
  await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 5 });

  // Claims that MongoDB does not have when the files of Redis are copied.
  process.kill(mongodb.service.pid, 'SIGSTOP');
  await buy(names(30, 40));
  const before = new Map(claimed);
  const taking = takeBackup({
    redis: { url: redis.service.adminUrl, dataDir },
    mongodbUri: mongodb.url,
    database: databaseOf(shop),
    to,
  });
  await eventually(() => expect(existsSync(join(to, 'redis', 'password'))).toBe(true));
  // These are sold in the shop that was copied, after it was; a shop that is restored from an old copy sells their units again.
  const meanwhile = buy(names(40, 60));
  process.kill(mongodb.service.pid, 'SIGCONT');
  const backup = await taking;
  await meanwhile;
  expect(backup.collections).toMatchObject({ sales: 1, orders: expect.any(Number), salerevisions: 2 });
  return { saleId: sale.id, claimed: before, from: to };
}

it('a backup taken while the shop sells, restored into an empty folder, has every order that was acknowledged before, and sells the rest', async () => {
  const { saleId, claimed, from } = taken;
  const { shop } = stores;
  const restoredDir = join(folder, 'restored');
  await restoreBackup({ from, dataDir: restoredDir, mongodbUri: undefined, database: databaseOf(shop) });
  await using newRedis = await startPrivateRedis({ dataDir: restoredDir });
  await using newMongodb = await startPrivateMongodb({ dataDir: restoredDir });
  await using restored = await openShop(newMongodb.url, {
    nodes: 0,
    environment: {
      REDIS_URL: newRedis.url,
      REDIS_RECOVERY_URL: newRedis.recoveryUrl,
      MONGODB_DATABASE: databaseOf(shop),
    },
  });
  const node = await restored.addNode();
  await eventually(async () => expect((await restored.request('GET', '/readyz')).status).toBe(200));
  const [image] = (await restored.status()).sale.product.images ?? [];
  const path = `/images/${image?.id}/320.webp`;
  const [was, is] = await Promise.all([shop.nodes[0], node].map((each) => fetch(`${each?.url}${path}`)));
  expect(is?.status).toBe(200);
  expect(await is?.arrayBuffer()).toEqual(await was?.arrayBuffer());

  await eventually(async () =>
    expect(await restored.audit(saleId)).toMatchObject({ clean: true, outbox: 0 }),
  );
  const { body } = await restored.operate<{ orders: Order[] }>('GET', `/sales/${saleId}/orders`);
  const units = new Map(body.orders.map(({ customerId, unit, status }) => [customerId, { unit, status }]));
  for (const [customerId, { unit }] of claimed) {
    const status = customerId === 'buyer-0' ? 'cancelled' : 'confirmed';
    expect([customerId, units.get(customerId)]).toEqual([customerId, { unit, status }]);
  }

  // And it goes on: customers who had a unit get the same answer, the rest is sold, and no unit twice.
  const again = await press(restored, 'buyer-31', node);
  expect(again.body.order?.unit).toBe(claimed.get('buyer-31')?.unit);
  await inParallel(names(40, 2 * quantity), 8, (customerId) =>
    pressUntilAnswered(restored, customerId, node),
  );
  const attempted = new Set(names(1, 2 * quantity));
  await checkSale(restored, { saleId, quantity: quantity + 5, node }, { attempted, confirmed: new Map() });
});

it('is restored as a whole or not at all, and over nothing that is there', async () => {
  const from = join(folder, 'to be cut');
  await cp(taken.from, from, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-not-empty-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  await writeFile(join(dataDir, 'something'), '');
  const database = databaseOf(stores.shop);
  await expect(restoreBackup({ from, dataDir, mongodbUri: undefined, database })).rejects.toThrow(
    'not empty',
  );
  const elsewhere = join(folder, 'elsewhere');
  const used = { from, dataDir: elsewhere, mongodbUri: stores.mongodb.url, database };
  await expect(restoreBackup(used)).rejects.toThrow('has');
  await expect(restoreBackup({ ...used, from: dataDir })).rejects.toThrow('is no backup');

  const file = join(from, 'mongodb', 'orders.jsonl');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  await writeFile(file, `${lines.slice(1).join('\n')}\n`);
  const cut = restoreBackup({ from, dataDir: join(folder, 'cut'), mongodbUri: undefined, database });
  await expect(cut).rejects.toThrow(
    `the backup says ${lines.length} documents, its file has ${lines.length - 1}`,
  );
});
