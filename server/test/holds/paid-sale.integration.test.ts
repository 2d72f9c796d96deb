import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createHoldStore } from '../../src/mongo/hold-store.ts';
import { modelsOn } from '../../src/mongo/models.ts';
import { createOperatorLog } from '../../src/mongo/operator-log.ts';
import { createPaymentReferences } from '../../src/mongo/payment-references.ts';
import { inRepository, readRepository } from '../_support/repository.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { environment: { PAYMENT_PROVIDER: 'external' } });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** The stores themselves, for what the API does not show. */
async function openStores() {
  const connection = await connectMongo(shop.mongodbUri, undefined, () => undefined);
  const models = modelsOn(connection);
  return {
    models,
    holds: createHoldStore(models),
    log: createOperatorLog(models),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

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

/** Buys as the customer; without a key, a new request. */
const buy = async (
  customerId: string,
  { key = randomUUID(), saleId }: { key?: string; saleId?: string } = {},
) =>
  shop.request<{ order: Order; code?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': key },
    ...(saleId !== undefined && { body: { saleId } }),
  });
const orderOf = async (customerId: string) => (await shop.ordersOf(customerId))[0] as Order;
/** Once the customer's order is held. */
const heldBy = (customerId: string) =>
  eventually(async () => {
    const order = await orderOf(customerId);
    expect(order?.status).toBe('held');
    return order as Order & { holdId: string };
  });
const pathOf = (holdId: string) => `/holds/${encodeURIComponent(holdId)}`;
const release = async (holdId: string, token: string) =>
  shop.request<{ order: Order; code: string }>('DELETE', pathOf(holdId), { token });

describe('the customer of a hold', () => {
  it('sees it until it ends and how it ended, gets the same answer to the same request, and may try again', async () => {
    const sale = await shop.startSale(required);
    const shopper = await shop.shopper('ann');
    const first = await buy('ann', { key: 'k-1' });
    const held = await heldBy('ann');
    expect(held).toMatchObject({ id: first.body.order.id, holdId: `${sale.id}:ann:1:1`, priceMinor: 99_900 });
    const leftMs = Date.parse(held.payBy ?? '') - Date.parse(held.claimedAt);
    expect(leftMs).toBeGreaterThanOrEqual(90_000);
    await eventually(() =>
      expect(shopper.orders.at(-1)).toMatchObject({ status: 'held', payBy: held.payBy }),
    );
    const later = await shop.shopper('ann');
    await eventually(() => expect(later.orders).toMatchObject([{ status: 'held' }]));
    expect((await buy('ann')).body).toMatchObject({ code: 'already_purchased', order: { status: 'held' } });

    expect((await release(held.holdId, await shop.token('bob'))).status).toBe(404);
    const token = await shop.token('ann');
    for (const _ of [1, 2]) {
      expect(await release(held.holdId, token)).toMatchObject({
        status: 200,
        body: { order: { status: 'released' } },
      });
    }
    await eventually(() => expect(shopper.orders.at(-1)).toMatchObject({ status: 'released' }));
    expect(await orderOf('ann')).toMatchObject({ status: 'released', unit: held.unit });
    const after = await shop.shopper('ann');
    await eventually(() => expect(after.orders).toMatchObject([{ status: 'released' }]));

    for (const again of [{ key: 'k-1' }, { key: 'k-1', saleId: sale.id }]) {
      expect(await buy('ann', again)).toMatchObject({ status: 201, body: first.body });
    }
    expect((await shop.status()).remaining).toBe(3);
    const second = await buy('ann', { key: 'k-2' });
    expect(second.body.order).toMatchObject({ status: 'claimed', id: held.id });
    expect(second.body.order.seq).toBeGreaterThan(held.seq ?? 0);
    expect((await heldBy('ann')).holdId).toBe(`${sale.id}:ann:1:2`);
    await eventually(() =>
      expect(after.orders.at(-1)).toMatchObject({ status: 'held', seq: second.body.order.seq }),
    );
    // The first request still has its own answer, also once the sale is over.
    await shop.startSale();
    expect(await buy('ann', { key: 'k-1', saleId: sale.id })).toMatchObject({
      status: 201,
      body: first.body,
    });
    expect(await buy('ann', { key: 'k-1' })).toMatchObject({ status: 201, body: first.body });
  });

  it('uses up their share with the last hold', async () => {
    await shop.startSale({ ...required, holdsMax: 1 });
    const first = await buy('last-ann', { key: 'k-1' });
    const { holdId } = await heldBy('last-ann');
    const operator = await shop.token('olga', 'operator');
    expect((await release(holdId, operator)).body.order.status).toBe('released');
    expect((await buy('last-ann')).body).toMatchObject({
      code: 'already_purchased',
      order: { status: 'released' },
    });
    expect(await buy('last-ann', { key: 'k-1' })).toMatchObject({ status: 201, body: first.body });
    const { body } = await shop.operate('GET', '/operator/actions?action=release');
    expect(body).toMatchObject({
      actions: [{ by: 'olga', order: `${first.body.order.id}`, outcome: 'done' }],
    });
  });

  it('sees a hold whose end another node has decided, once the sweep has carried it out', async () => {
    const sale = await shop.startSale(required);
    const shopper = await shop.shopper('late-ann');
    await buy('late-ann');
    const { holdId } = await heldBy('late-ann');
    await using stores = await openStores();
    await stores.holds.end(
      { id: holdId, saleId: sale.id },
      { outcome: 'expired', at: Date.now() - 6_000, by: 'x' },
    );
    await eventually(() => expect(shopper.orders.at(-1)).toMatchObject({ status: 'expired' }));
    expect((await orderOf('late-ann')).status).toBe('expired');
    expect((await shop.status()).remaining).toBe(3);
  });
});

describe('an external checkout', () => {
  const owner = async () => shop.token('oda', 'owner');
  const makeKey = async (token?: string) =>
    shop.request<{ key: string; apiKey: { id: string } }>('POST', '/api-keys', {
      token: token ?? (await owner()),
      body: { name: 'checkout', scopes: ['payments:write'] },
    });
  const payment = { reference: 'p-1', amountMinor: 99_900, currency: 'USD' };
  const pay = async (holdId: string, token: string, given: object = {}, node = shop.nodes[0] as Address) =>
    shop.request<{ order: Order; code: string }>('POST', `${pathOf(holdId)}/payment`, {
      token,
      body: { ...payment, ...given },
      node,
    });

  it('confirms payments by an API key, each for one hold and with the same answer when it asks again', async () => {
    await shop.startSale(required);
    const { key } = (await makeKey()).body;
    const holds: Record<string, Order & { holdId: string }> = {};
    for (const customer of ['ann', 'bob', 'cem']) {
      await buy(`paid-${customer}`);
      holds[customer] = await heldBy(`paid-${customer}`);
    }
    const id = (customer: string) => holds[customer]?.holdId ?? '';
    const shopper = await shop.shopper('paid-ann');
    expect((await pay(id('ann'), await shop.token('paid-ann'))).status).toBe(403);
    for (const wrong of [{ amountMinor: 99_901 }, { currency: 'EUR' }])
      expect(await pay(id('ann'), key, wrong)).toMatchObject({ status: 422, body: { code: 'wrong_amount' } });
    for (const bad of [
      { amountMinor: -1 },
      { currency: 'usd' },
      { reference: '' },
      { reference: 'x'.repeat(201) },
      { more: 1 },
    ])
      expect((await pay(id('ann'), key, bad)).status).toBe(400);
    expect((await pay('no-such-hold', key)).status).toBe(404);
    expect((await orderOf('paid-ann')).status).toBe('held');

    const paid = await pay(id('ann'), key);
    expect(paid).toMatchObject({
      status: 201,
      body: { order: { status: 'confirmed', unit: holds.ann?.unit } },
    });
    expect((await pay(id('ann'), key)).body).toEqual(paid.body);
    expect(await pay(id('ann'), key, { reference: 'p-2' })).toMatchObject({
      status: 409,
      body: { code: 'hold_ended', order: { status: 'confirmed' } },
    });
    expect(await pay(id('bob'), key)).toMatchObject({ status: 409, body: { code: 'reference_used' } });
    expect((await orderOf('paid-bob')).status).toBe('held');
    await eventually(() => expect(shopper.orders.at(-1)).toMatchObject({ status: 'confirmed' }));
    expect(await release(id('ann'), await shop.token('paid-ann'))).toMatchObject({
      status: 409,
      body: { code: 'hold_ended', order: { status: 'confirmed' } },
    });

    // One that comes too late pays for the customer's next hold.
    await release(id('bob'), await shop.token('paid-bob'));
    expect(await pay(id('bob'), key, { reference: 'p-2' })).toMatchObject({
      status: 409,
      body: { code: 'hold_ended', order: { status: 'released' } },
    });
    await buy('paid-bob');
    expect((await pay((await heldBy('paid-bob')).holdId, key, { reference: 'p-2' })).status).toBe(201);
    // An operator may, too.
    const token = await shop.token('olga', 'operator');
    expect((await pay(id('cem'), token, { reference: 'p-3' })).body.order.status).toBe('confirmed');
    expect((await shop.ordersOf('paid-bob')).map(({ status }) => status)).toEqual(['confirmed']);
  });

  it('pays for one of several holds that get one payment at the same moment', async () => {
    await shop.startSale(required);
    const { key } = (await makeKey()).body;
    const customers = ['race-ann', 'race-bob', 'race-cem'];
    await Promise.all(customers.map((customer) => buy(customer)));
    const held = await Promise.all(customers.map(heldBy));
    const answers = await Promise.all(held.map(({ holdId }) => pay(holdId, key, { reference: 'race' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const statuses = await Promise.all(customers.map(async (customer) => (await orderOf(customer)).status));
    expect(statuses.toSorted()).toEqual(['confirmed', 'held', 'held']);
  });

  it('takes payments for a sale that was replaced, and references that a crash has left behind', async () => {
    const sale = await shop.startSale(required);
    const { key } = (await makeKey()).body;
    for (const customer of ['left-ann', 'left-bob']) await buy(customer);
    const [ann, bob] = [await heldBy('left-ann'), await heldBy('left-bob')];
    await using stores = await openStores();
    const references = createPaymentReferences(stores.models);
    await references.take('of-bob', bob.holdId);
    const other = { reference: 'of-bob' };
    expect((await pay(ann.holdId, key, other)).body.code).toBe('reference_used');
    // Bob's hold ends without it.
    await release(bob.holdId, await shop.token('left-bob'));
    await shop.startSale();
    expect(await pay(ann.holdId, key, other)).toMatchObject({
      status: 201,
      body: { order: { saleId: sale.id, status: 'confirmed' } },
    });
    expect(await references.take('of-bob', 'another')).toBe(ann.holdId);
  });

  it('has keys that only owners make, that are shown once, and that end at once on every node', async () => {
    await using other = await shop.addNode();
    for (const role of ['operator', 'customer'] as const)
      expect((await makeKey(await shop.token('olga', role))).status).toBe(403);
    const { key, apiKey } = (await makeKey()).body;
    const listed = await shop.request('GET', '/api-keys', { token: await owner() });
    expect(listed.body).toMatchObject({
      apiKeys: expect.arrayContaining([expect.objectContaining({ id: apiKey.id })]),
    });
    expect(JSON.stringify(listed.body)).not.toContain(key);
    await using stores = await openStores();
    const stored = JSON.stringify(await stores.models.ApiKey.find({}).lean());
    expect(stored).toContain(apiKey.id);
    expect(stored).not.toContain(key.slice(-43));

    for (const node of shop.nodes) expect((await pay('no-such-hold', key, {}, node)).status).toBe(404);
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    expect((await pay('no-such-hold', wrong)).status).toBe(401);
    // It is good for nothing else.
    expect((await shop.request('GET', '/orders/me', { token: key })).status).toBe(401);
    const path = `/api-keys/${apiKey.id}`;
    const revoked = await shop.request('DELETE', path, { token: await owner(), node: other });
    expect(revoked).toMatchObject({ status: 200, body: { apiKey: { revokedAt: expect.any(String) } } });
    for (const node of shop.nodes) expect((await pay('no-such-hold', key, {}, node)).status).toBe(401);
    expect((await shop.request('DELETE', '/api-keys/000000000000', { token: await owner() })).status).toBe(
      404,
    );
    const { body } = await shop.operate('GET', '/operator/actions?by=oda&action=revoke_key');
    expect(body).toMatchObject({ actions: [{ changes: [{ field: 'apiKey', before: 'checkout' }] }] });
  });
});

it('counts, CSV and audit know what is in checkout and paid, and a sale without payment knows nothing of it', async () => {
  const sale = await shop.startSale({ ...required, quantity: 3 });
  for (const customer of ['csv-ann', 'csv-bob'])
    await shop.request('POST', '/buy', { token: await shop.token(customer) });
  await eventually(async () => {
    expect(await shop.status()).toMatchObject({ remaining: 1, inCheckout: 2, sold: 0 });
    expect(await shop.audit(sale.id)).toMatchObject({ clean: true, holds: { open: 2, paid: 0 } });
  });
  // As a node leaves it that dies when it has decided: the sweep carries it out.
  const at = new Date(Date.now() - 10_000);
  const payment = { reference: 'p,1', amountMinor: sale.product.priceMinor, currency: sale.product.currency };
  await using stores = await openStores();
  await stores.holds.end(
    { id: `${sale.id}:csv-ann:1:1`, saleId: sale.id },
    { outcome: 'paid', by: 'shop', at: at.getTime(), payment },
  );
  await eventually(async () =>
    expect(await shop.status()).toMatchObject({
      ...{ remaining: 1, inCheckout: 1, sold: 1 },
      sale: { quantity: 3, remaining: 1, inCheckout: 1, sold: 1 },
    }),
  );
  expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 1, holds: { open: 1, paid: 1 } });
  const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
  for (const line of [
    'flipzon_in_checkout 1',
    'flipzon_sold 1',
    'flipzon_holds_overdue 0',
    'flipzon_stock_mismatch 0',
  ])
    expect(text).toContain(`\n${line}\n`);
  expect(text).toMatch(/\nflipzon_holds_total\{outcome="made"\} [1-9]/);
  expect(text).toMatch(/\nflipzon_hold_sweep_seconds_count [1-9]/);
  const csv = async (id: string) => {
    const { body } = await shop.operate<{ text: string }>('GET', `/sales/${id}/orders?format=csv`);
    return body.text.trim().split('\r\n');
  };
  const [header, row, ...others] = await csv(sale.id);
  expect(header).toMatch(/,variant,payBy,paidAt,paymentReference$/);
  expect(row).toMatch(new RegExp(`,,20[^,]*Z,${at.toISOString()},"p,1"$`));
  expect(others).toEqual([]);

  const plain = await shop.startSale({ quantity: 1 });
  expect(await csv(plain.id)).toEqual([expect.stringMatching(/,variant$/)]);
  expect(Object.keys(await shop.status())).not.toContain('inCheckout');
  const later = (await shop.request<{ text: string }>('GET', '/metrics')).body.text;
  expect(later).not.toMatch(/\nflipzon_holds_overdue \d/);
});

it('a paid order that is cancelled lets its unit go, which the next customer holds and pays', async () => {
  const sale = await shop.startSale({ ...required, quantity: 1 });
  const operator = await shop.token('olga', 'operator');
  const payment = { amountMinor: 99_900, currency: 'USD' };
  const pay = async (holdId: string) =>
    shop.request<{ order: Order }>('POST', `${pathOf(holdId)}/payment`, {
      token: operator,
      body: { ...payment, reference: holdId },
    });
  const first = await buy('cancel-ann', { key: 'k-1' });
  const { holdId } = await heldBy('cancel-ann');
  await pay(holdId);
  expect(await shop.status()).toMatchObject({ remaining: 0, sale: { inCheckout: 0, sold: 1 } });
  const path = `/orders/${encodeURIComponent(first.body.order.id)}`;
  for (const _ of [1, 2]) {
    expect(await shop.operate('DELETE', path)).toMatchObject({
      status: 200,
      body: { order: { status: 'cancelled' } },
    });
  }
  await eventually(async () => {
    expect(await shop.status()).toMatchObject({ remaining: 1, sale: { inCheckout: 0, sold: 0 } });
  });
  expect((await orderOf('cancel-ann')).status).toBe('cancelled');
  expect(await buy('cancel-ann', { key: 'k-1' })).toMatchObject({ status: 201, body: first.body });
  expect((await buy('cancel-ann')).body).toMatchObject({
    code: 'already_purchased',
    order: { status: 'cancelled' },
  });
  // Its payment has been taken for it, and is returned outside the shop.
  expect((await pay(holdId)).body.order.status).toBe('cancelled');
  await buy('cancel-bob');
  expect((await pay((await heldBy('cancel-bob')).holdId)).body.order).toMatchObject({
    status: 'confirmed',
    unit: 1,
  });
  expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 1, remaining: 0 });
});

it('examples/external-checkout takes the money and confirms it, by the documents alone', async () => {
  const file = 'examples/external-checkout/checkout.py';
  expect(readRepository(file).split('\n').length).toBeLessThanOrEqual(41);
  await shop.startSale({ ...required, perCustomer: 2 });
  await buy('example-ann');
  await buy('example-ann');
  const made = await shop.request<{ key: string }>('POST', '/api-keys', {
    token: await shop.token('oda', 'owner'),
    body: { name: 'example', scopes: ['payments:write'] },
  });
  await eventually(async () => {
    const statuses = (await shop.ordersOf('example-ann')).map(({ status }) => status);
    expect(statuses).toEqual(['held', 'held']);
  });
  const { stdout } = await promisify(execFile)('python3', [inRepository(file)], {
    env: {
      PATH: process.env.PATH,
      SHOP: shop.nodes[0]?.url,
      API_KEY: made.body.key,
      CUSTOMER_TOKEN: await shop.token('example-ann'),
    },
  });
  expect(stdout).toMatch(/^(taken 99900 USD\nconfirmed FZ-[-\w]+\n){2}$/);
  const statuses = (await shop.ordersOf('example-ann')).map(({ status }) => status);
  expect(statuses).toEqual(['confirmed', 'confirmed']);
});

it('a cancellation of a paid order whose node died halfway is finished by the sweep', async () => {
  await shop.startSale({ ...required, quantity: 1 });
  const operator = await shop.token('olga', 'operator');
  await buy('half-ann');
  const { id, saleId, holdId } = await heldBy('half-ann');
  await shop.request('POST', `${pathOf(holdId)}/payment`, {
    token: operator,
    body: { reference: 'half', amountMinor: 99_900, currency: 'USD' },
  });
  await using stores = await openStores();
  await stores.log.begin({
    ...{ id: `${saleId}:cancel:${id}`, saleId, action: 'cancel', by: 'olga', at: Date.now() - 10_000 },
    ...{ reason: null, order: id, changes: [] },
  });
  const change = {
    status: 'cancelled',
    cancelledAt: new Date(),
    released: (await orderOf('half-ann')).seq ?? 0,
  };
  await stores.models.Order.updateOne({ _id: id }, { $set: change });
  await eventually(async () => {
    expect(await stores.holds.byId(holdId)).toMatchObject({
      hold: { letGo: true },
      end: { outcome: 'paid' },
    });
    expect(await shop.status()).toMatchObject({ remaining: 1, sold: 0, inCheckout: 0 });
    expect(await shop.audit(saleId)).toMatchObject({ clean: true, orders: 0 });
  });
});
