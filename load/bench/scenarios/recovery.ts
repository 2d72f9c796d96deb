import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { type Ours, startOurs } from '../environment/ours.ts';
import { growthScenario } from './growth.ts';
import type { Bench } from './scenario.ts';

const insertedAtOnce = 10_000;
const openMsMax = 600_000;
/** Each epoch counts in a separate range. */
const secondEpoch = 1e9;
const sizes = [1_000, 5_000, 20_000, 200_000, 1_000_000];
/** FerretDB goes through all orders for everything but an id. */
const scannedMax = 20_000;

/** A sale with so many orders whose Redis is emptied: until it sells again, and until its customers are counted. */
async function recovery({ environment }: Bench, orders: number): Promise<Record<string, number>> {
  await using ours = await startOurs(environment);
  await ours.openSale({ quantity: orders + 1, perCustomer: 1 });
  const mongo = await mongoose
    .createConnection(environment.mongodbUrl, { dbName: ours.database })
    .asPromise();
  try {
    await insertOrders(mongo, ours.saleId(), orders);
    const startedAt = performance.now();
    await environment.redis.flushall();
    await environment.redis.script('FLUSH');
    await until(async () => {
      const { sale } = await statusOf(ours);
      return sale.available && sale.seq >= secondEpoch;
    });
    const openedAt = performance.now();
    await until(async () => (await mongo.collection('recounts').findOne({})) === null);
    const countedAt = performance.now();
    const counted = await mongo.collection('customers').countDocuments({ totalPurchases: 1 });
    if (counted !== orders) throw new Error(`${counted} of ${orders} customers were counted`);
    return { open: (openedAt - startedAt) / 1000, counted: (countedAt - openedAt) / 1000 };
  } finally {
    await mongo.close();
  }
}

async function insertOrders(mongo: mongoose.Connection, saleId: string, count: number): Promise<void> {
  const at = new Date();
  const orderOf = (unit: number) => ({
    ...{ _id: `${saleId}:buyer-${unit}:1`, saleId, customerId: `buyer-${unit}`, n: 1, unit },
    ...{
      quantity: count + 1,
      ...{ price: 999, currency: 'USD', priceMinor: 99_900 },
      status: 'confirmed',
      seq: unit,
      released: 0,
      requestId: `r-${unit}`,
    },
    ...{ claimedAt: at, arrivedAt: at, confirmedAt: at, cancelledAt: null },
  });
  for (let from = 1; from <= count; from += insertedAtOnce) {
    const length = Math.min(insertedAtOnce, count - from + 1);
    await mongo.collection<{ _id: string }>('orders').insertMany(
      Array.from({ length }, (_, index) => orderOf(from + index)),
      { ordered: false },
    );
  }
}

async function statusOf(ours: Ours): Promise<{ sale: { available: boolean; seq: number } }> {
  const response = await fetch(`${ours.urls[0]}/status`);
  return (await response.json()) as { sale: { available: boolean; seq: number } };
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + openMsMax;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('it takes more than ten minutes');
    await delay(50);
  }
}

export const recoveryScenario = growthScenario({
  name: 'growth-recovery',
  about: 'how long a sale is closed when Redis has lost everything, as its orders grow',
  along: 'orders',
  sizes: ({ environment }) =>
    environment.runsOn.includes('FerretDB') ? sizes.filter((size) => size <= scannedMax) : sizes,
  figures: [
    { key: 'open', title: 'from the loss until the sale is open again, s' },
    { key: 'counted', title: 'from then until all customers are counted, s' },
  ],
  measure: recovery,
});
