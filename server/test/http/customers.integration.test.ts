import {
  type BlockedAnswer,
  blockedAnswer,
  type ConversionAnswer,
  type CustomerAnswer,
  customerAnswer,
  type OrdersFoundAnswer,
  ordersFoundAnswer,
} from '@flipzon/protocol/customers.ts';
import type { OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const get = async <Body>(path: string) => (await shop.operate<Body>('GET', path)).body;

async function as(by: string, method: string, path: string, body?: unknown) {
  const token = await shop.token(by, 'operator');
  return shop.request(method, path, { token, ...(body === undefined ? {} : { body }) });
}

describe('GET /operator/actions with a filter', () => {
  const actions = async (query: string) =>
    (await get<OperatorActionsAnswer>(`/operator/actions?${query}`)).actions.map(
      ({ by, action }) => `${by} ${action}`,
    );

  it('has the steps of one person, of one kind, or of some time, of sales and of customers alike', async () => {
    const sale = await shop.startSale();
    await as('uma', 'POST', `/sales/${sale.id}/pause`);
    await as('uma', 'POST', '/customers/mel/block', { reason: '=1+1' });
    await as('vic', 'POST', `/sales/${sale.id}/resume`);
    expect(await actions('by=uma')).toEqual(['uma block', 'uma pause']);
    expect(await actions(`by=uma&saleId=${sale.id}`)).toEqual(['uma pause']);
    expect(await actions('action=block')).toEqual(['uma block']);
    expect(await actions('by=uma&action=resume')).toEqual([]);

    const { actions: known } = await get<OperatorActionsAnswer>('/operator/actions?by=uma');
    const [block, pause] = known.map(({ at }) => at);
    expect(await actions(`by=uma&from=${block}`)).toEqual(['uma block']);
    expect(await actions(`by=uma&from=${pause}&until=${block}`)).toEqual(['uma pause']);
    const first = await get<OperatorActionsAnswer>('/operator/actions?by=uma&limit=1');
    const next = encodeURIComponent(first.next ?? '');
    expect(await actions(`by=uma&limit=1&before=${next}`)).toEqual(['uma pause']);
  });

  it('is a CSV file of all that match, in which no text is a formula', async () => {
    const answer = await shop.operate<{ text: string }>('GET', '/operator/actions?format=csv&by=uma');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="activity.csv"');
    const [head, ...rows] = answer.body.text.trimEnd().split('\r\n');
    // `text()` has taken the byte order mark away.
    expect(head).toBe('at,by,action,saleId,order,customer,changes,reason,outcome,id');
    expect(rows).toEqual([
      expect.stringMatching(/^[^,]+,uma,block,,,mel,blocked: false → true,"'=1\+1",done,block:mel:\d+$/),
      expect.stringMatching(/^[^,]+,uma,pause,[^,]+,,,paused: false → true,,done,/),
    ]);
  });

  it('has all pages of a long log in the file', async () => {
    const docs = Array.from({ length: 202 }, (_, index) => ({
      ...{ _id: `unblock:mel:${index}`, saleId: null, orderId: null, customerId: 'mel' },
      ...{ action: 'unblock', by: 'lou', reason: null },
      ...{ at: new Date(1_700_000_000_000 + Math.floor(index / 3)), changes: [], outcome: 'done' },
    }));
    const mongodb = await createConnection(shop.mongodbUri).asPromise();
    await mongodb.collection<{ _id: string }>('operatoractions').insertMany(docs);
    await mongodb.close();
    const answer = await shop.operate<{ text: string }>('GET', '/operator/actions?format=csv&by=lou');
    expect(new Set(answer.body.text.trimEnd().split('\r\n')).size).toBe(1 + 202);
  });

  it.each(['from=today', 'action=dance', 'format=csv&before=1~a', 'by='])('refuses %s', async (query) => {
    expect(await shop.operate('GET', `/operator/actions?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });
});

async function buy(customerId: string): Promise<Order> {
  const token = await shop.token(customerId);
  return (await shop.request<{ order: Order }>('POST', '/buy', { token })).body.order;
}
const written = (sale: Sale, orders: number) =>
  eventually(async () => expect(await shop.audit(sale.id)).toMatchObject({ orders, outbox: 0 }));
const encoded = (text: string) => encodeURIComponent(text);

describe('GET /operator/orders', () => {
  const search = async (text: string, more = '') =>
    ordersFoundAnswer.parse(await get<OrdersFoundAnswer>(`/operator/orders?search=${encoded(text)}${more}`));
  const pages = async (text: string, limit: number) => {
    const found: string[][] = [];
    for (let after = ''; ; ) {
      const { orders, next } = await search(text, `&limit=${limit}${after}`);
      found.push(orders.map(({ id }) => id));
      if (next === null) return found;
      after = `&after=${encoded(next)}`;
    }
  };

  it('finds orders over all sales by customer, by id and by number', async () => {
    const first = await shop.startSale({ name: 'Lamp', quantity: 9, perCustomer: 2 });
    for (const id of ['sam', 'sam', 'samuel', 'Sam', 'sa', 'sam:1']) await buy(id);
    await written(first, 6);
    const second = await shop.startSale({ name: 'Chair' });
    const { id } = await buy('sam');
    await written(second, 1);

    const { orders, sales, next } = await search('sam');
    expect(orders.map((order) => order.customerId)).toEqual(['sam', 'sam', 'sam', 'sam:1', 'samuel']);
    expect(orders[0]?.id).toBe(id);
    expect(sales.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { id: second.id, name: 'Chair' },
      { id: first.id, name: 'Lamp' },
    ]);
    expect(next).toBeNull();
    expect((await pages('sam', 2)).map((page) => page.length)).toEqual([2, 2, 1]);
    expect((await pages('sam', 2)).flat()).toEqual(orders.map((order) => order.id));

    expect((await search(` ${id} `)).orders).toMatchObject([{ id, customerId: 'sam' }]);
    const number = orders[0]?.number ?? '';
    expect((await search(number.toLowerCase())).orders).toMatchObject([{ id, number }]);
    const mongodb = await createConnection(shop.mongodbUri).asPromise();
    await mongodb.collection<{ _id: string }>('orders').updateOne({ _id: id }, { $unset: { number: '' } });
    await mongodb.close();
    expect((await search(number)).orders, 'written before there were numbers').toMatchObject([
      { id, number },
    ]);
    // The id of an order that does not exist may be the beginning of a customer's id.
    expect((await search('sam:1')).orders).toMatchObject([{ customerId: 'sam:1' }]);
    expect(await search('.*')).toEqual({ orders: [], sales: [], next: null });
  });

  it.each(['', '?search=', `?search=${'a'.repeat(201)}`, '?search=a&limit=101', '?search=a&after='])(
    'refuses %s',
    async (query) => expect((await shop.operate('GET', `/operator/orders${query}`)).status).toBe(400),
  );

  it('limits how often an operator searches', async () => {
    const token = await shop.token('typist', 'viewer');
    const ask = () =>
      shop.request('GET', '/operator/orders?search=a', { token, node: shop.nodes[1] as never });
    const answers = await Promise.all(Array.from({ length: 25 }, ask));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused[0]?.body).toMatchObject({ code: 'too_many_requests', retryAfterMs: expect.any(Number) });
  });
});

describe('GET /customers/:id', () => {
  const customer = async (id: string, query = '') =>
    customerAnswer.parse(await get<CustomerAnswer>(`/customers/${encoded(id)}${query}`));

  it('has all orders over all sales, newest first, page by page, and the claims that are not written yet', async () => {
    const first = await shop.startSale({ name: 'Lamp', quantity: 9, perCustomer: 3 });
    for (let unit = 0; unit < 3; unit++) await buy('tom');
    await written(first, 3);
    const second = await shop.startSale({ name: 'Chair' });
    // MongoDB does not get it before it is asked for.
    const [claim, answer] = [await buy('tom'), await customer('tom')];
    expect(claim.saleId).toBe(second.id);
    expect(answer).toMatchObject({ customerId: 'tom', blocked: null, next: null });
    expect(answer.orders[0]?.id).toBe(claim.id);
    expect(new Set(answer.orders.map(({ id }) => id)).size).toBe(4);
    expect(answer.orders).toHaveLength(4);
    expect(answer.sales.map(({ name }) => name).toSorted()).toEqual(['Chair', 'Lamp']);

    await written(second, 1);
    const one = await customer('tom', '?limit=3');
    const two = await customer('tom', `?limit=3&before=${encoded(one.next ?? '')}`);
    expect([...one.orders, ...two.orders].map(({ id }) => id)).toEqual(answer.orders.map(({ id }) => id));
    expect([one.totalPurchases, two.next]).toEqual([4, null]);
  });

  it('says that a customer is blocked, since when, by whom and why', async () => {
    await as('uma', 'POST', '/customers/eve/block', { reason: 'Resells' });
    const { blocked, orders } = await customer('eve');
    expect(blocked).toMatchObject({ customerId: 'eve', by: 'uma', reason: 'Resells' });
    expect(Math.abs(Date.now() - Date.parse(blocked?.at ?? ''))).toBeLessThan(60_000);
    expect(orders).toEqual([]);
    await as('uma', 'DELETE', '/customers/eve/block');
    expect((await customer('eve')).blocked).toBeNull();
  });
});

describe('GET /operator/blocked-customers', () => {
  it('lists them page by page, the last one first, until they are unblocked', async () => {
    for (const id of ['b1', 'b2', 'b3']) await as('vic', 'POST', `/customers/${id}/block`);
    await as('vic', 'DELETE', '/customers/mel/block');
    const list = async (query: string) =>
      blockedAnswer.parse(await get<BlockedAnswer>(`/operator/blocked-customers?${query}`));
    const first = await list('limit=2');
    const second = await list(`limit=2&before=${encoded(first.next ?? '')}`);
    expect([...first.customers, ...second.customers].map(({ customerId }) => customerId)).toEqual([
      'b3',
      'b2',
      'b1',
    ]);
    await as('vic', 'DELETE', '/customers/b2/block');
    expect((await list('')).customers).toMatchObject([
      { customerId: 'b3', by: 'vic', reason: null },
      { customerId: 'b1' },
    ]);
  });
});

describe('GET /sales/:id/conversion', () => {
  it('counts each customer who pressed once, on whichever node, and who got a unit', async () => {
    const sale = await shop.startSale({ quantity: 3, perCustomer: 2 });
    for (const id of ['c1', 'c1', 'c2', 'c3', 'c4', 'c3']) {
      for (const node of shop.nodes)
        await shop.request('POST', '/buy', { token: await shop.token(id), node });
    }
    await written(sale, 3);
    await eventually(async () =>
      expect(await get<ConversionAnswer>(`/sales/${sale.id}/conversion`)).toEqual({ pressed: 4, bought: 2 }),
    );
    expect((await shop.operate('GET', '/sales/none/conversion')).status).toBe(404);
  });
});
