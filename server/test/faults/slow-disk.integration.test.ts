import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFaultyDisk, type FaultyDisk, whyNoFaultyDisk } from '../_support/faulty-disk.ts';
import { type OwnStores, openOwnStores, press, pressUntilAnswered } from '../_support/own-stores.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const syncMs = 600;
const waveSize = 10;
const wavesMax = 500;

let disk: FaultyDisk;
let stores: OwnStores | undefined;
beforeEach(async (context) => {
  if (whyNoFaultyDisk !== null) return context.skip(whyNoFaultyDisk);
  stores = await openOwnStores({
    binaryIn: async (dataDir) => {
      disk = await createFaultyDisk(dataDir);
      return disk.binary;
    },
  });
});
afterEach(async () => {
  await stores?.[Symbol.asyncDispose]();
  stores = undefined;
});

it('is slow while the disk of Redis stalls, and a kill -9 then loses nothing that was acknowledged', async () => {
  const { shop, redis, mongodb } = stores as OwnStores;
  const quantity = wavesMax * waveSize;
  const sale = await shop.startSale({ quantity });
  // Nothing gets out of Redis: whatever it forgets can't be known from elsewhere.
  await mongodb.kill();
  disk.slow(syncMs);

  const attempted: string[] = [];
  const claimed = new Map<string, number>();
  let down = false;
  const pressing = (async () => {
    for (let wave = 0; wave < wavesMax && !down; wave++) {
      const customers = Array.from({ length: waveSize }, (_, index) => `wave-${wave}-${index}`);
      attempted.push(...customers);
      await Promise.all(
        customers.map(async (customer, index) => {
          const { body } = await press(shop, customer, shop.nodes[index % 2]);
          if (body.order !== undefined) claimed.set(customer, body.order.unit);
        }),
      );
    }
  })();
  // In the middle of a sync: an answer that did not wait for it would be lost now.
  await eventually(() => {
    expect(claimed.size).toBeGreaterThan(waveSize);
    expect(disk.struck('begun')).toBeGreaterThan(disk.struck('synced'));
  });
  await redis.kill();
  down = true;
  await pressing;

  disk.slow(0);
  await redis.comeBack();
  await mongodb.comeBack();
  const node = shop.nodes[1] as { url: string };
  for (const customer of attempted) {
    const unit = claimed.get(customer);
    const { order } = await pressUntilAnswered(shop, customer, node);
    if (unit !== undefined) expect(order?.unit).toBe(unit);
  }
  await checkSale(
    shop,
    { saleId: sale.id, quantity, node },
    { attempted: new Set(attempted), confirmed: new Map() },
  );
  // Redis itself remembered: no claim had to be restored.
  expect(await shop.audit(sale.id, node)).toMatchObject({ restored: 0, revoked: 0 });
});
