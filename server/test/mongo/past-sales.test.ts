import { randomBytes } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createPastSales } from '../../src/mongo/past-sales.ts';
import { RetireSales } from '../../src/orders/retire-sales.ts';

it('every past sale that is sealed is retired, however many there are, and the newest is left alone', async () => {
  const connection = await connectMongo(
    inject('mongodbUri'),
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
  await connection
    .collection<{ _id: string }>('seals')
    .insertMany(
      ids.filter((id) => !unsealed.has(id)).map((saleId) => ({ _id: `${saleId}:1`, saleId, version: 1 })),
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
    current: { snapshot: null },
    onError: () => undefined,
  });
  const past = ids.filter((id) => !unsealed.has(id) && id !== 'sale-228').reverse();
  await sales.lookOnce(true);
  expect(retired).toEqual(past);
  await sales.lookOnce(false);
  expect(retired).toEqual([...past, 'sale-228']);
});
