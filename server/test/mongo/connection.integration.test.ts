import { randomBytes } from 'node:crypto';
import type { mongo } from 'mongoose';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo, readersMax } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createOrderStore } from '../../src/mongo/order-store.ts';
import { createSaleStore } from '../../src/mongo/sale-store.ts';
import { createSealStore } from '../../src/mongo/seal-store.ts';
import { createWhyFull } from '../../src/mongo/server-kind.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { usd } from '../_support/usd.ts';

const aSale: SaleRecord = {
  ...{
    id: 'a-sale',
    product: { name: 'iPhone', price: usd(999) },
    perCustomer: 1,
    simulated: false,
    createdAt: 1,
  },
  terms: { revision: 1, quantity: 3, startsAt: 0, endsAt: null, paused: false, reason: null },
};

const choices = 'w=0&journal=false&readConcernLevel=local&readPreference=secondary&maxStalenessSeconds=120';

it('reads at the primary what a majority has, and writes to a majority, whatever the address says', async () => {
  const uri = `${inject('mongodbUri')}&${choices}&readPreferenceTags=dc:east&monitorCommands=true`;
  const connection = await connectMongo(uri, `test_${randomBytes(6).toString('hex')}`, () => undefined);
  onTestFinished(() => connection.close());
  const reads: [string, unknown][] = [];
  const writes: [string, unknown][] = [];
  const preferences = new Set<unknown>();
  connection.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
    preferences.add(command.$readPreference?.mode ?? 'primary');
    if (['find', 'aggregate', 'distinct', 'count'].includes(commandName))
      reads.push([commandName, command.readConcern]);
    if (['insert', 'update', 'delete'].includes(commandName))
      writes.push([commandName, command.writeConcern]);
  });
  const models = await createModels(connection);
  const [orders, sales, seals] = [createOrderStore(models), createSaleStore(models), createSealStore(models)];
  const sale = aSale;
  const claim = { saleId: sale.id, customerId: 'ann', slot: 1, unit: 1, seq: 1 };
  await sales.create(sale, 'olga', null);
  await orders.insert([{ ...claim, requestId: 'r', claimedAt: 1, arrivedAt: 1 }], sale, 2);
  await orders.countPurchases(new Map([['ann', 1]]));
  await orders.cancel('a-sale:ann:1', 3);
  expect(await orders.ofCustomer('ann')).toMatchObject([{ status: 'cancelled' }]);
  for await (const order of orders.ofSale(sale.id)) expect(order.status).toBe('cancelled');
  expect(await orders.totalPurchases('ann')).toBe(0);
  for await (const sealed of seals.claimsInOrder(sale.id, false)) expect(sealed.status).toBe('cancelled');
  expect(await sales.epoch(sale.id)).toBe(0);
  expect(await seals.unsealed()).toEqual([sale.id]);

  expect(reads.length).toBeGreaterThan(10);
  expect(reads.filter(([, concern]) => JSON.stringify(concern) !== '{"level":"majority"}')).toEqual([]);
  const written = ({ w, j }: Record<string, unknown>) => w === 'majority' && j === true;
  expect(writes.length).toBeGreaterThan(5);
  expect(writes.filter(([, concern]) => !written((concern ?? {}) as Record<string, unknown>))).toEqual([]);
  expect([...preferences]).toEqual(['primary']);
});

it.each([
  ['an index', false, 1],
  ['ids only', true, 4],
])(
  'on a server with %s, a customer’s orders cost few queries, and readers few connections',
  async (_, scans, queries) => {
    const uri = `${inject('mongodbUri')}&monitorCommands=true`;
    const database = `test_${randomBytes(6).toString('hex')}`;
    const connection = await connectMongo(uri, database, () => undefined, readersMax);
    onTestFinished(() => connection.close());
    const models = await createModels(connection);
    const orders = createOrderStore(models, { scans });
    const sales = createSaleStore(models);
    let before: string | null = null;
    for (const id of ['sale-a', 'sale-b', 'sale-c']) {
      await sales.create({ ...aSale, id, createdAt: 1 }, 'olga', before);
      before = id;
    }
    let [out, most, asked] = [0, 0, 0];
    const client = connection.getClient();
    client.on('connectionCheckedOut', () => {
      most = Math.max(most, ++out);
    });
    client.on('connectionCheckedIn', () => out--);
    client.on('commandStarted', () => asked++);
    await Promise.all(Array.from({ length: 40 }, (_, index) => orders.ofCustomer(`reader-${index}`)));
    expect(asked).toBe(40 * queries);
    expect(most).toBeLessThanOrEqual(readersMax);
  },
);

it('a server that scans all orders takes no further sale once it has too many, and says what to do', async () => {
  let orders = 20_000;
  const connection = { collection: () => ({ estimatedDocumentCount: async () => orders }) } as never;
  const [scanning, indexed] = [createWhyFull(connection, true), createWhyFull(connection, false)];
  expect([await scanning(), await indexed()]).toEqual([null, null]);
  orders = 20_001;
  expect(await scanning()).toMatch(/holds 20001 orders.*Use MongoDB, or an empty DATA_DIR/);
  expect(await indexed()).toBeNull();
});
