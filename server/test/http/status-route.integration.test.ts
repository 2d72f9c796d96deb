import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type HttpAnswer, openShop, type Shop } from '../_support/shop.ts';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

let shop: Shop;
let beforeAnySale: HttpAnswer;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  beforeAnySale = await shop.request('GET', '/status');
});
afterAll(() => shop[Symbol.asyncDispose]());

describe('GET /status', () => {
  it('says that there is no sale before the first one', () => {
    expect([beforeAnySale.status, beforeAnySale.body.code]).toEqual([404, 'no_sale']);
    expect(beforeAnySale.headers.get('content-type')).toContain('application/problem+json');
  });

  const price = { price: 999, currency: 'USD', priceMinor: 99_900 };
  it('gives anyone the sale, the product, what remains and the time, and no more than that', async () => {
    const sale = await shop.startSale({ quantity: 5 });
    const answer = await shop.request('GET', '/status');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      sale: {
        id: sale.id,
        product: { name: 'iPhone', ...price },
        quantity: 5,
        remaining: 5,
        number: expect.any(Number),
        seq: expect.any(Number),
        status: 'live',
        available: true,
        soldOutAt: null,
        startsAt: instant,
        endsAt: null,
        perCustomer: 1,
        version: 1,
        simulated: false,
        reason: null,
        serverTime: instant,
      },
      product: { name: 'iPhone', ...price, quantity: 5 },
      remaining: 5,
      serverTime: instant,
    });
  });

  it('is never kept by a cache', async () => {
    expect((await shop.request('GET', '/status')).headers.get('cache-control')).toBe('no-store');
  });

  it('gives the server’s time, not that of the last change', async () => {
    await shop.startSale();
    const before = Date.now();
    const first = Date.parse((await shop.status()).serverTime);
    expect(Math.abs(first - before)).toBeLessThan(5_000);
    const second = Date.parse((await shop.status()).serverTime);
    expect(second).toBeGreaterThanOrEqual(first);
  });
});
