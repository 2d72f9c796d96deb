import type { SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { environment: { PAYMENT_PROVIDER: 'external' } });
});
afterAll(() => shop[Symbol.asyncDispose]());

const required = { payment: 'required', holdSeconds: 90, holdsMax: 3 };
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const termsOf = ({ payment, holdSeconds, holdsMax }: Pick<Sale, 'payment' | 'holdSeconds' | 'holdsMax'>) => ({
  payment,
  holdSeconds,
  holdsMax,
});

describe('the terms of a sale that requires payment', () => {
  it('are in its snapshot and in the log, survive a change, and cannot be changed themselves', async () => {
    const sale = await shop.startSale(required);
    expect(termsOf(sale)).toEqual(required);
    expect(termsOf(await shop.startSale({ payment: 'required' }))).toEqual({
      payment: 'required',
      holdSeconds: 600,
      holdsMax: 2,
    });
    const { id } = await shop.startSale(required);
    const paused = await shop.operate('POST', `/sales/${id}/pause`);
    expect(termsOf(paused.body.sale)).toEqual(required);
    expect((await shop.operate('PATCH', `/sales/${id}`, { holdsMax: 1 })).status).toBe(400);
    const { body } = await shop.operate('GET', `/operator/actions?saleId=${id}&action=start`);
    expect(JSON.stringify(body)).toContain('{"field":"holdSeconds","before":null,"after":90}');
  });

  it('go through drafts, plans and duplicates, and into the sale that a plan becomes', async () => {
    const draft = await shop.operate<{ sale: SaleResult }>('POST', '/sales', { ...required, draft: true });
    expect(termsOf(draft.body.sale)).toEqual(required);
    const path = `/sales/${draft.body.sale.id}`;
    const planned = await shop.operate<{ sale: SaleResult }>('PUT', path, {
      ...required,
      holdSeconds: 60,
      startsAt: inMinutes(90),
    });
    expect(termsOf(planned.body.sale)).toEqual({ ...required, holdSeconds: 60 });
    await shop.operate('POST', `${path}/activate`);
    expect(termsOf((await shop.status()).sale)).toEqual({ ...required, holdSeconds: 60 });
    const { body } = await shop.operate<SalesAnswer>('GET', '/operator/sales');
    expect(body.sales[0]).toMatchObject({ ...required, holdSeconds: 60, id: draft.body.sale.id });
  });

  it('are bounded, and absent from a sale without payment', async () => {
    const before = (await shop.status()).sale;
    const wrong = [
      { holdSeconds: 59 },
      { holdSeconds: 3_601 },
      { holdsMax: 0 },
      { holdsMax: 11 },
      { price: 0 },
    ];
    for (const terms of [...wrong.map((each) => ({ payment: 'required', ...each })), { holdsMax: 2 }]) {
      expect((await shop.operate('POST', '/start', terms)).status).toBe(400);
    }
    expect((await shop.status()).sale.id).toBe(before.id);
    const keys = Object.keys(await shop.startSale());
    for (const name of Object.keys(required)) expect(keys).not.toContain(name);
  });

  it('need a provider: without one such a sale is neither started nor planned, nor activated', async () => {
    const { id } = (
      await shop.operate<{ sale: SaleResult }>('POST', '/sales', { ...required, startsAt: inMinutes(90) })
    ).body.sale;
    await using node = await shop.addNode({ PAYMENT_PROVIDER: '' });
    const refused = { status: 409, body: { code: 'no_payment_provider' } };
    for (const [path, body] of [
      ['/start', required],
      ['/sales', { ...required, startsAt: inMinutes(90) }],
      [`/sales/${id}/activate`, undefined],
    ] as const) {
      expect(await shop.operate('POST', path, body, node)).toMatchObject(refused);
    }
    const draft = await shop.operate('POST', '/sales', { ...required, draft: true }, node);
    expect(draft.status).toBe(201);
    await shop.operate('DELETE', `/sales/${id}`);
  });
});

it('a claim of such a sale is held', async () => {
  const sale = await shop.startSale(required);
  const token = await shop.token('ann');
  const { body } = await shop.request<{ order: Order }>('POST', '/buy', { token });
  expect(body.order).toMatchObject({ saleId: sale.id, status: 'claimed' });
});
