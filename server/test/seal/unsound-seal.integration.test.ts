import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import mongoose from 'mongoose';
import { expect, inject, it, onTestFinished } from 'vitest';
import { openShop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';

it('a sale with an order without a claim is not sealed, and its report says what does not hold, until that is repaired', async () => {
  await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  const database = await mongoose.createConnection(shop.mongodbUri).asPromise();
  onTestFinished(() => database.close());
  const orders = database.collection<{ _id: string; customerId: string; unit: number; seq: number }>(
    'orders',
  );
  const reports = async () =>
    Promise.all(
      shop.nodes.map(
        async (node) =>
          (await shop.request<SaleReport>('GET', `/sales/${sale.id}/report`, { node })).body.invariants,
      ),
    );
  const faults = async () => {
    const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
    return Number(/^flipzon_faults_total\{part="invariants"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  const sale = await shop.startSale({ quantity: 3 });
  const ann = await shop.shopper('ann');
  await ann.buy();
  const { id } = await confirmedOrder(ann);
  const own = await orders.findOne({ _id: id });
  if (own === null) throw new Error('ann has no order');
  const forged = `${sale.id}:mallory:1`;
  await orders.insertOne({ ...own, _id: forged, customerId: 'mallory', unit: 2, seq: own.seq + 1 });
  await shop.operate('POST', `/sales/${sale.id}/end`);
  await eventually(async () => {
    for (const invariants of await reports()) {
      expect(invariants?.hold).toBe(false);
      expect(invariants?.failed).toContain('every order that stands is held in Redis');
    }
  });
  expect(await faults()).toBeGreaterThan(0);
  expect((await shop.request('GET', `/sales/${sale.id}/seal`)).body.code).toBe('not_sealed');

  await orders.deleteOne({ _id: forged });
  // Whatever happens to the sale has it looked at again.
  expect((await shop.operate('DELETE', `/orders/${id}`)).status).toBe(200);
  await eventually(async () => expect((await reports())[0]).toEqual({ hold: true, failed: [] }));
  await eventually(async () =>
    expect((await shop.request('GET', `/sales/${sale.id}/seal`)).status).toBe(200),
  );
});
