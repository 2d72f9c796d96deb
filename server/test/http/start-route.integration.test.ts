import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

const start = (body?: unknown) => shop.operate<{ sale: Sale; code?: string }>('POST', '/start', body);

/** Worked out by the calendar of Intl, which the server does not use for it. */
function inKolkata(instant: string): { weekday: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Kolkata',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { weekday: part('weekday'), time: `${part('hour')}:${part('minute')}:${part('second')}` };
}

describe('POST /start', () => {
  it('without a body schedules 1000 × iPhone at 999 for the upcoming Sunday 00:00 in Kolkata', async () => {
    const answer = await start();
    expect(answer.status).toBe(201);
    const { sale } = answer.body;
    expect(sale).toMatchObject({
      product: { name: 'iPhone', price: 999 },
      quantity: 1000,
      remaining: 1000,
      perCustomer: 1,
      status: 'scheduled',
      endsAt: null,
      reason: null,
    });
    expect(inKolkata(sale.startsAt)).toEqual({ weekday: 'Sunday', time: '00:00:00' });
    const aheadMs = Date.parse(sale.startsAt) - Date.parse(sale.serverTime);
    expect(aheadMs).toBeGreaterThan(0);
    expect(aheadMs).toBeLessThanOrEqual(7 * 24 * 3600 * 1000);
  });

  it('opens at once with "now", with the product, price and quantity that were asked for', async () => {
    const { sale } = (
      await start({ name: 'Tin bear', price: 0, quantity: 7, startsAt: 'now', perCustomer: 2 })
    ).body;
    expect(sale).toMatchObject({
      product: { name: 'Tin bear', price: 0 },
      quantity: 7,
      remaining: 7,
      perCustomer: 2,
      status: 'live',
    });
    expect(Date.parse(sale.startsAt)).toBeLessThanOrEqual(Date.parse(sale.serverTime));
  });

  it('tidies the name: composed letters, one space between words, none around them', async () => {
    const name = '  Cafe\u0301\u00a0\u2003 iPhone  17 ';
    expect((await start({ name, startsAt: 'now' })).body.sale.product.name).toBe('Caf\u00e9 iPhone 17');
  });

  it('remembers that the crowd is simulated, and says so to all clients', async () => {
    expect((await start({ quantity: 5, simulated: true })).body.sale.simulated).toBe(true);
    expect((await shop.status()).sale.simulated).toBe(true);
    expect((await start({ quantity: 5 })).body.sale.simulated).toBe(false);
  });

  it('takes an instant in any zone and returns it in UTC with milliseconds', async () => {
    const { sale } = (
      await start({ startsAt: '2031-03-30T02:30:00-05:00', endsAt: '2031-03-30T09:00:00.5Z' })
    ).body;
    expect([sale.startsAt, sale.endsAt]).toEqual(['2031-03-30T07:30:00.000Z', '2031-03-30T09:00:00.500Z']);
  });

  it('sells one customer as many units as perCustomer says, over either transport, and no more', async () => {
    const sale = await shop.startSale({ quantity: 5, perCustomer: 2 });
    const token = await shop.token('ann');
    const buy = () =>
      shop.request<{ order: Order; code?: string }>('POST', '/buy', {
        token,
        headers: { 'idempotency-key': `once-${sale.id}` },
      });
    const first = (await buy()).body.order;
    expect(first.id).toBe(`${sale.id}:ann:1`);
    // The same request is the same unit, however many the customer may have.
    expect((await buy()).body.order).toEqual(first);
    const ann = await shop.shopper('ann');
    const second = await ann.buy();
    expect(second).toMatchObject({ ok: true, order: { id: `${sale.id}:ann:2` } });
    expect(await ann.buy()).toMatchObject({ ok: false, code: 'already_purchased' });
    expect((await shop.request('POST', '/buy', { token })).body).toMatchObject({
      code: 'already_purchased',
      order: { saleId: sale.id, customerId: 'ann' },
    });
    await eventually(async () => {
      const orders = (await shop.ordersOf('ann')).filter((order) => order.saleId === sale.id);
      expect(orders.map((order) => [order.id, order.unit, order.status]).toSorted()).toEqual([
        [`${sale.id}:ann:1`, 1, 'confirmed'],
        [`${sale.id}:ann:2`, 2, 'confirmed'],
      ]);
    });
    const bob = await shop.shopper('bob');
    expect(await bob.buy()).toMatchObject({ ok: true, order: { unit: 3 } });
    await eventually(async () => {
      expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 3, outbox: 0, remaining: 2 });
    });
  });

  it.each([
    ['an end before the start', { startsAt: '2031-01-02T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' }],
    ['an end at the start', { startsAt: '2031-01-01T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' }],
    ['a window that is over', { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' }],
    ['an opening that is over', { startsAt: '2020-01-01T00:00:00Z' }],
    ['an end that is over', { startsAt: 'now', endsAt: '2020-01-02T00:00:00Z' }],
    ['a name with a control character', { name: 'Tin\u0007bear' }],
    ['a name that turns the text round', { name: 'Tin \u202eraeb' }],
    ['a name with a character of no width', { name: 'Tin\u200bbear' }],
    ['a name of two lines', { name: 'Tin\u2028bear' }],
    ['half a character in the name', { name: 'Tin \ud83d bear' }],
    ['an instant without a zone', { startsAt: '2031-01-01T00:00:00' }],
    ['a day that there is not', { startsAt: '2031-02-30T00:00:00Z' }],
    ['no unit at all', { quantity: 0 }],
    ['half a unit', { quantity: 1.5 }],
    ['a quantity as text', { quantity: '10' }],
    ['a price below zero', { price: -1 }],
    ['an empty name', { name: ' ' }],
    ['no unit for a customer', { perCustomer: 0 }],
    ['an unknown key', { remaining: 5 }],
  ])('refuses %s and does not change the current sale', async (_what, body) => {
    const before = await shop.startSale();
    const answer = await start(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect((await shop.status()).sale).toMatchObject({
      id: before.id,
      status: 'live',
      version: before.version,
    });
  });

  it('is for operators only', async () => {
    const before = await shop.startSale();
    const customer = await shop.request('POST', '/start', { token: await shop.token('ann') });
    expect([customer.status, customer.body.code]).toEqual([403, 'forbidden']);
    const nobody = await shop.request('POST', '/start');
    expect([nobody.status, nobody.body.code]).toEqual([401, 'unauthenticated']);
    expect((await shop.status()).sale.id).toBe(before.id);
  });

  it('replaces the current sale, whose orders stay', async () => {
    const first = await shop.startSale();
    const token = await shop.token('bea');
    expect((await shop.request('POST', '/buy', { token })).status).toBe(201);
    const second = await shop.startSale({ name: 'Tin bear' });
    expect(second.id).not.toBe(first.id);
    expect(second.number).toBeGreaterThan(first.number ?? Number.NaN);
    expect((await shop.status()).sale.id).toBe(second.id);

    const again = await shop.request<{ order: { saleId: string; unit: number } }>('POST', '/buy', { token });
    expect(again.body.order).toMatchObject({ saleId: second.id, unit: 1 });
    await eventually(async () => {
      const orders = (await shop.ordersOf('bea')).map(({ saleId, status }) => ({ saleId, status }));
      expect(orders).toEqual([
        { saleId: second.id, status: 'confirmed' },
        { saleId: first.id, status: 'confirmed' },
      ]);
    });
    expect((await shop.audit(first.id)).clean).toBe(true);
  });
});
