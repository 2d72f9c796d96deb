import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import type { SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually } from '../_support/shopper.ts';
import { verifySale } from '../_support/verify-proof.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

const start = (body: unknown) =>
  shop.operate<{ sale: Sale; code?: string; detail?: string }>('POST', '/start', body);

describe('the price of a sale', () => {
  it('comes with its currency and in minor units wherever the sale or its orders come', async () => {
    const price = { price: 89.9, currency: 'EUR', priceMinor: 8_990 };
    const product = { name: 'Lamp', ...price };
    const sale = await shop.startSale({ quantity: 2, name: 'Lamp', price: 89.9, currency: 'EUR' });
    expect(sale.product).toEqual(product);
    expect(await shop.status()).toMatchObject({
      sale: { product },
      product: { ...product, quantity: 2 },
    });

    const ann = await shop.shopper('ann');
    await eventually(() => expect(ann.sales.at(-1)?.product).toEqual(product));
    const answer = await ann.buy();
    expect(answer).toMatchObject({ ok: true, order: { status: 'claimed', ...price } });
    const receipt = answer.ok ? answer.receipt : '';
    expect(JSON.parse(Buffer.from(receipt.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({
      8: 8_990,
      9: 'EUR',
    });
    expect(await confirmedOrder(ann)).toMatchObject(price);
    expect(await shop.ordersOf('ann')).toMatchObject([price]);
    const bought = await shop.request<{ order: Order }>('POST', '/buy', { token: await shop.token('bob') });
    expect(bought.body.order).toMatchObject(price);

    const csv = await shop.operate<{ text: string }>('GET', `/sales/${sale.id}/orders?format=csv`);
    const [head, ...rows] = csv.body.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^\ufeff?id,unit,customerId,price,.*,currency,priceMinor,number,variant$/);
    expect(rows.toSorted()).toEqual([
      expect.stringMatching(/,ann,89\.90,.*,EUR,8990,[^,]+,$/),
      expect.stringMatching(/,bob,89\.90,.*,EUR,8990,[^,]+,$/),
    ]);
    const leaves = await eventually(async () => {
      const { body } = await shop.request<SealLeaves>('GET', `/sales/${sale.id}/seal/leaves`);
      expect(body.leaves).toHaveLength(2);
      return body.leaves.map((leaf): unknown => JSON.parse(leaf));
    });
    expect(leaves).toMatchObject([
      { currency: 'EUR', priceMinor: 8_990 },
      { currency: 'EUR', priceMinor: 8_990 },
    ]);
    expect(await verifySale(shop.nodes[0]?.url ?? '', sale.id)).toMatchObject({ ok: true });
    expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 2 });
    const report = await shop.request<SaleReport>('GET', `/sales/${sale.id}/report`);
    expect(report.body.product).toEqual(product);
    const { sales } = (await shop.operate<{ sales: SaleResult[] }>('GET', '/operator/sales')).body;
    expect(sales[0]).toMatchObject({ id: sale.id, product, orders: 2 });

    const next = await shop.startSale({ name: 'Bear', price: 1_300, currency: 'JPY' });
    expect(next.product).toEqual({ name: 'Bear', price: 1_300, currency: 'JPY', priceMinor: 1_300 });
    // An answer of an earlier sale keeps the price of then.
    const again = await shop.request<{ order: Order }>('POST', '/buy', {
      token: await shop.token('cem'),
      headers: { 'idempotency-key': 'once' },
    });
    expect(again.body.order).toMatchObject({ price: 1_300, currency: 'JPY' });
    await shop.startSale();
    const earlier = await shop.request<{ order: Order }>('POST', '/buy', {
      token: await shop.token('cem'),
      headers: { 'idempotency-key': 'once' },
    });
    expect(earlier.body.order).toEqual(again.body.order);
  });

  it('of a planned sale is that of the sale that it becomes', async () => {
    const body = { startsAt: '2031-01-01T00:00:00Z', price: 1.25, currency: 'KWD' };
    const product = { name: 'iPhone', price: 1.25, currency: 'KWD', priceMinor: 1_250 };
    const planned = await shop.operate<{ sale: SaleResult }>('POST', '/sales', body);
    expect(planned.body.sale.product).toEqual(product);
    await shop.startSale();
    const activated = await shop.operate('POST', `/sales/${planned.body.sale.id}/activate`);
    expect(activated.body.sale.product).toEqual(product);
  });

  it.each([
    ['USD', 1299.999, 'invalid_price', 'at most 2 decimals'],
    ['JPY', 0.5, 'invalid_price', 'no decimals'],
    ['KWD', 1.2505, 'invalid_price', 'at most 3 decimals'],
    ['CLF', 0.000001, 'invalid_price', 'at most 4 decimals'],
    ['USD', 1e-7, 'invalid_price', 'at most 2 decimals'],
    ['USD', -0.01, 'invalid_request', 'price'],
    ['USD', 1_000_000_000.01, 'invalid_request', 'price'],
    ['XXX', 1, 'invalid_request', 'currency'],
    ['usd', 1, 'invalid_request', 'currency'],
  ])('in %s cannot be %d: %s', async (currency, price, code, detail) => {
    const before = await shop.startSale();
    for (const path of ['/start', '/sales']) {
      const startsAt = '2031-01-01T00:00:00Z';
      const answer = await shop.operate('POST', path, { price, currency, startsAt });
      expect([answer.status, answer.body]).toEqual([
        400,
        expect.objectContaining({ code, detail: expect.stringContaining(detail) }),
      ]);
    }
    expect((await shop.status()).sale.id).toBe(before.id);
  });

  it('is in the currency of the shop where the sale names none', async () => {
    const node = await shop.addNode({ CURRENCY: 'EUR' });
    const sale = await shop.startSale({ price: 5.5 }, node);
    expect(sale.product).toMatchObject({ price: 5.5, currency: 'EUR', priceMinor: 550 });
    expect((await start({ price: 5.5 })).body.sale.product).toMatchObject({ currency: 'USD' });
  });
});
