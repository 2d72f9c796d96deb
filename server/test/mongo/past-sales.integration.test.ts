import { randomBytes } from 'node:crypto';
import type { mongo } from 'mongoose';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createPastSales } from '../../src/mongo/past-sales.ts';
import { createSaleHistory } from '../../src/mongo/sale-history.ts';
import type { SaleSnapshot } from '../../src/sale/current-sale.ts';
import { RetireSales } from '../../src/seal/retire-sales.ts';

it('past sales are retired once they are sealed, and listed by few queries, however many there are', async () => {
  const connection = await connectMongo(
    `${inject('mongodbUri')}&monitorCommands=true`,
    `test_${randomBytes(6).toString('hex')}`,
    () => undefined,
  );
  onTestFinished(() => connection.close());
  const models = await createModels(connection);
  const ids = Array.from({ length: 230 }, (_, index) => `sale-${String(index).padStart(3, '0')}`);
  await models.Sale.insertMany(
    ids.map((_id, index) => ({
      ...{ _id, productId: 'p', name: 'iPhone', price: 1, perCustomer: 1, createdBy: 'olga' },
      createdAt: new Date(1_000 + index),
    })),
  );
  const epochs = ids.flatMap((saleId) => [1, 2].map((epoch) => ({ saleId, epoch })));
  await models.SaleEpoch.insertMany(
    epochs.map(({ saleId, epoch }) => ({ _id: `${saleId}:${epoch}`, saleId, epoch, at: new Date(0) })),
  );
  const unsealed = new Set(['sale-007', 'sale-229']);
  await connection.collection<{ _id: string }>('seals').insertMany(
    ids
      .filter((id) => !unsealed.has(id))
      .map((saleId, index) => ({
        ...{ _id: `${saleId}:1`, saleId, version: 1, quantity: 1 },
        figures: { confirmed: 1, lastClaimAt: 5_000 + index },
      })),
  );

  const retired: string[] = [];
  let waits = 1;
  const sales = new RetireSales({
    pastSales: createPastSales(models),
    keys: {
      retire: async ({ saleId, epoch }) => {
        expect(epoch).toBe(2);
        // A claim of this one still waits at the first look.
        if (saleId === 'sale-228' && waits-- > 0) return false;
        retired.push(saleId);
        return true;
      },
    },
    current: { snapshot: { sale: { id: 'sale-225' } } as SaleSnapshot },
    onError: () => undefined,
  });
  const past = ids.filter((id) => !unsealed.has(id) && id !== 'sale-228' && id !== 'sale-225').reverse();
  await sales.lookOnce(true);
  expect(retired).toEqual(past);
  await sales.lookOnce(false);
  expect(retired).toEqual([...past, 'sale-228']);

  await models.SaleRevision.insertMany(
    ids.map((saleId) => ({
      ...{
        _id: `${saleId}:1`,
        saleId,
        revision: 1,
        quantity: 1,
        startsAt: new Date(4_000),
        endsAt: new Date(9_000),
      },
      ...{ paused: false, action: 'start', by: 'olga', at: new Date(0) },
    })),
  );
  await models.Order.collection.insertMany(
    ids.map((saleId) => ({
      ...{ _id: `${saleId}:ann:1`, saleId, customerId: 'ann', unit: 1, released: 0, status: 'confirmed' },
      claimedAt: new Date(6_000),
    })) as never,
  );
  const history = createSaleHistory(
    models,
    { all: async () => [], drafts: async () => [] },
    { now: () => 10_000 },
  );
  const asked: string[] = [];
  connection.getClient().on('commandStarted', ({ commandName }: mongo.CommandStartedEvent) => {
    if (commandName === 'find' || commandName === 'aggregate') asked.push(commandName);
  });
  const page = await history.page({ limit: 100 });
  // The sales, their counts, revisions and seals, and the last claim of the newest two.
  expect(asked.sort()).toEqual(['aggregate', 'find', 'find', 'find', 'find', 'find']);
  expect(page.sales).toHaveLength(100);
  expect(page.sales[0]).toMatchObject({ id: 'sale-229', orders: 1, soldOutAfterMs: 2_000 });
  const sealed = ids.filter((id) => !unsealed.has(id)).indexOf('sale-200');
  expect(page.sales.find(({ id }) => id === 'sale-200')).toMatchObject({
    ...{ orders: 1, cancelled: 0, status: 'ended', soldOutAfterMs: 1_000 + sealed },
  });
});
