import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { SealAnswer, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readEarlierData, restoreEarlierData } from '../_support/earlier-data.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { verifyProof, verifySale } from '../_support/verify-proof.ts';

/*
 * A shop that starts on what version 0.2 left behind, from before sales had a currency: all prices are whole US dollars, and all that was
 * promised holds.
 */

const data = readEarlierData();
const { recorded } = data;
const inDollars = (price: number) => ({ price, currency: 'USD', priceMinor: price * 100 });

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 0 });
  await restoreEarlierData(data, shop);
  await shop.addNode();
  await eventually(async () => expect((await shop.status()).sale.available).toBe(true));
});
afterAll(() => shop[Symbol.asyncDispose]());

const sealOf = async () => (await shop.request<SealAnswer>('GET', `/sales/${recorded.sold}/seal`)).body;
const url = () => shop.nodes[0]?.url ?? '';

// One story: in the end the planned sale takes the page.
describe('a shop that starts on what version 0.2 left', { shuffle: false }, () => {
  it('has the sale, the orders and the planned sale, in US dollars', async () => {
    const product = { name: 'iPhone', ...inDollars(999) };
    expect(await shop.status()).toMatchObject({
      sale: { id: recorded.sale, quantity: 5, status: 'live', product },
      product: { ...product, quantity: 5 },
    });
    for (const [customerId, price] of [
      ['ann', 12],
      ['bob', 12],
      ['cem', 999],
      ['dee', 999],
    ] as const) {
      const then = recorded.orders[customerId]?.map((order) => ({ ...order, ...inDollars(price) }));
      // Since then orders have a number as well, and still no variant.
      const orders = await shop.ordersOf(customerId);
      expect(orders.map(({ number: _, ...order }) => order)).toEqual(then);
    }
    const { sales } = (await shop.operate<{ sales: SaleResult[] }>('GET', '/operator/sales')).body;
    expect(
      sales.map(({ id, product: { price, currency, priceMinor } }) => [id, price, currency, priceMinor]),
    ).toEqual([
      [recorded.planned, 25, 'USD', 2_500],
      [recorded.sale, 999, 'USD', 99_900],
      [recorded.sold, 12, 'USD', 1_200],
    ]);
  });

  it('keeps what was claimed and not yet written, and what only a receipt proves', async () => {
    await eventually(async () =>
      expect(await shop.ordersOf('eve')).toMatchObject([{ status: 'confirmed', ...inDollars(999) }]),
    );
    const { body } = await shop.request<{ orders: Order[] }>('POST', '/receipts', {
      token: await shop.token('fay'),
      body: { receipts: [recorded.lostReceipt] },
    });
    expect(body.orders).toMatchObject([{ customerId: 'fay', ...inDollars(999) }]);
    await eventually(async () => {
      expect((await shop.ordersOf('fay'))[0]?.status).toBe('confirmed');
      expect(await shop.audit(recorded.sale)).toMatchObject({
        clean: true,
        orders: 3,
        remaining: 2,
        outbox: 0,
      });
    });
  });

  it('keeps seal, proof and report of the sale that is over, and seals it again when an order is cancelled', async () => {
    expect(await sealOf()).toEqual(recorded.seal);
    expect(await verifySale(url(), recorded.sold)).toMatchObject({ ok: true });
    expect(await verifyProof(recorded.proof, 'ann', recorded.seal.root)).toMatchObject({ ok: true });
    expect(await shop.audit(recorded.sold)).toMatchObject({ clean: true, orders: 2 });
    const report = await shop.request<SaleReport>('GET', `/sales/${recorded.sold}/report`);
    expect(report.body).toMatchObject({ product: { name: 'Lamp', ...inDollars(12) }, sold: 2 });

    await shop.operate('DELETE', `/orders/${recorded.sold}:bob:1`);
    await eventually(async () => expect(await sealOf()).toMatchObject({ version: 2 }));
    const leaves = (await shop.request<SealLeaves>('GET', `/sales/${recorded.sold}/seal/leaves`)).body.leaves;
    expect(leaves.map((leaf): unknown => JSON.parse(leaf))).toMatchObject([
      { status: 'confirmed', currency: 'USD', priceMinor: 1_200 },
      { status: 'cancelled', currency: 'USD', priceMinor: 1_200 },
    ]);
    expect(await verifySale(url(), recorded.sold)).toMatchObject({ ok: true });
    expect(await shop.audit(recorded.sold)).toMatchObject({ clean: true, orders: 1 });
  });

  it('goes on: the planned sale takes the page at its price, and the next sale has a currency', async () => {
    const activated = await shop.operate('POST', `/sales/${recorded.planned}/activate`);
    expect(activated.body.sale.product).toEqual({ name: 'Bear', ...inDollars(25) });
    const { product } = await shop.startSale({ price: 89.9, currency: 'EUR' });
    expect(product).toMatchObject({ price: 89.9, currency: 'EUR', priceMinor: 8_990 });
    expect((await shop.ordersOf('cem'))[0]).toMatchObject(inDollars(999));
  });
});
