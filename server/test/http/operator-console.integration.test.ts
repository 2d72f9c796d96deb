import {
  type OrdersPageAnswer,
  type PreflightAnswer,
  preflightAnswer,
  type SaleResult,
  type SalesAnswer,
  salesAnswer,
} from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
let redis: Redis;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  redis = new Redis(shop.redisUrl, { protocol: 2 });
});
afterAll(async () => {
  redis?.disconnect();
  await shop[Symbol.asyncDispose]();
});

async function buyAll(customers: readonly string[]): Promise<Order[]> {
  const orders: Order[] = [];
  for (const customer of customers) {
    const token = await shop.token(customer);
    orders.push((await shop.request<{ order: Order }>('POST', '/buy', { token })).body.order);
  }
  return orders;
}
const written = (sale: Sale, orders: number) =>
  eventually(async () => expect(await shop.audit(sale.id)).toMatchObject({ orders, outbox: 0 }));

const get = async <Body>(path: string) => (await shop.operate<Body>('GET', path)).body;

describe('GET /operator/preflight', () => {
  const preflight = async () => preflightAnswer.parse(await get<PreflightAnswer>('/operator/preflight'));
  const found = async (name: string) => (await preflight()).checks.find((check) => check.name === name);

  it('finds everything in order, and says what it found', async () => {
    const sale = await shop.startSale();
    const { ok, checks } = await preflight();
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    const details = Object.fromEntries(checks.map((check) => [check.name, check.detail]));
    expect(details).toMatchObject({
      Redis: expect.stringMatching(/^1 server, version [78]\./),
      'Redis append-only file': 'appendonly yes',
      'Redis writes through': 'appendfsync always',
      'Redis keeps everything': 'maxmemory-policy noeviction',
      'Recovery user': expect.any(String),
      'Clock of this node': expect.stringMatching(/^-?\d+ ms/),
      MongoDB: expect.stringMatching(/FerretDB|mongod/),
      'MongoDB writes through': expect.stringContaining('majority'),
      'Clock of MongoDB': expect.any(String),
      Nodes: expect.stringMatching(/^2 nodes hear each other: node-1-\w+, node-2-\w+$/),
      Sale: expect.stringContaining(sale.id),
      'Claim script': expect.stringContaining('epoch 1'),
    });
  });

  it('finds a Redis that may lose or forget what it answered', async () => {
    await redis.config('SET', 'appendfsync', 'everysec');
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { ok, checks } = await preflight();
    await redis.config('SET', 'appendfsync', 'always');
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual([
      'Redis writes through',
      'Redis keeps everything',
    ]);
  });

  it('refuses a real sale on a Redis that may lose what it answered, but not a simulated one', async () => {
    await using undo = new AsyncDisposableStack();
    undo.defer(async () => void (await redis.config('SET', 'maxmemory-policy', 'noeviction')));
    const before = await shop.startSale();
    await redis.config('SET', 'maxmemory-policy', 'volatile-ttl');
    const refused = {
      status: 409,
      body: { code: 'redis_unsafe', detail: expect.stringContaining('maxmemory-policy volatile-ttl') },
    };
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    expect(await shop.operate('POST', '/start', {})).toMatchObject(refused);
    expect(await shop.operate('POST', '/sales', { startsAt })).toMatchObject(refused);
    // What is on the page has not been ended for it.
    expect((await shop.status()).sale).toMatchObject({ id: before.id, status: 'live' });
    expect(await shop.operate('POST', '/start', { simulated: true })).toMatchObject({ status: 201 });

    await using allowing = await shop.addNode({ ALLOW_UNSAFE_REDIS: 'true' });
    expect(allowing.warnings).toEqual([expect.stringMatching(/volatile-ttl.*ALLOW_UNSAFE_REDIS/)]);
    expect(await shop.operate('POST', '/start', {}, allowing)).toMatchObject({ status: 201 });
  });

  it('refuses a real sale on a Redis that does not say how it is set up', async () => {
    await using undo = new AsyncDisposableStack();
    undo.defer(async () => void (await redis.call('ACL', 'SETUSER', 'recovery', '+config|get')));
    await redis.call('ACL', 'SETUSER', 'recovery', '-config|get');
    expect(await shop.operate('POST', '/start', {})).toMatchObject({
      status: 409,
      body: { code: 'redis_unsafe', detail: expect.stringMatching(/\(appendfsync cannot be read[^;]*\)/) },
    });
    expect(await found('Redis writes through')).toMatchObject({ ok: false });
    // INFO reports these.
    expect(await found('Redis append-only file')).toMatchObject({ ok: true });
    expect(await found('Redis keeps everything')).toMatchObject({ ok: true });
  });

  it('finds that the user of the recovery is locked out', async () => {
    await redis.call('ACL', 'SETUSER', 'recovery', 'off');
    expect(await found('Recovery user')).toMatchObject({ ok: false });
    await redis.call('ACL', 'SETUSER', 'recovery', 'on');
    expect(await found('Recovery user')).toMatchObject({ ok: true });
  });

  it('finds nothing to check for a sale that is over, and a fault for a paused one', async () => {
    const sale = await shop.startSale();
    expect(await found('Sale')).not.toHaveProperty('idle');
    await shop.operate('POST', `/sales/${sale.id}/pause`);
    expect(await found('Sale')).toMatchObject({ ok: false, detail: expect.stringContaining('paused') });
    await shop.operate('POST', `/sales/${sale.id}/end`);
    const { ok, checks } = await preflight();
    expect(checks.filter((check) => check.idle)).toMatchObject([
      { name: 'Sale', ok: true, detail: expect.stringContaining('is over') },
      { name: 'Claim script', ok: true },
    ]);
    expect(ok).toBe(true);
  });

  it('names the planned sale where the one on the page is over', async () => {
    const sale = await shop.startSale();
    await shop.operate('POST', `/sales/${sale.id}/end`);
    const startsAt = new Date(Date.now() + 5 * 3_600_000).toISOString();
    const next = (await shop.operate('POST', '/sales', { startsAt })).body.sale;
    const { ok, checks } = await preflight();
    expect(ok).toBe(true);
    expect(checks.filter((check) => check.idle)).toEqual([]);
    const { detail } = checks.find(({ name }) => name === 'Sale') ?? {};
    expect(detail).toContain(`${sale.id} is over`);
    expect(detail).toContain(`${next.id} (iPhone), planned for ${startsAt}`);
    await shop.operate('DELETE', `/sales/${next.id}`);
  });
});

describe('GET /operator/sales', () => {
  it('lists all sales with their results, newest first, page by page', async () => {
    const first = await shop.startSale({ quantity: 2, name: 'Tin bear' });
    const [order] = await buyAll(['ann', 'bob']);
    await written(first, 2);
    const second = await shop.startSale({ quantity: 5 });
    await buyAll(['ann', 'cem']);
    await written(second, 2);
    await shop.operate('DELETE', `/orders/${order?.id}`);
    const third = await shop.startSale({ quantity: 1 });
    const [last] = await buyAll(['dan']);
    await written(third, 1);

    const sales: SaleResult[] = [];
    let path = '/operator/sales?limit=2';
    for (;;) {
      const page = salesAnswer.parse(await get<SalesAnswer>(path));
      sales.push(...page.sales);
      if (page.next === null) break;
      path = `/operator/sales?limit=2&before=${encodeURIComponent(page.next)}`;
    }
    expect(new Set(sales.map((sale) => sale.id)).size).toBe(sales.length);
    expect(sales.slice(0, 3)).toMatchObject([
      { id: third.id, status: 'sold_out', orders: 1, soldOutAt: last?.claimedAt, createdBy: 'olga' },
      { id: second.id, status: 'ended', orders: 2, cancelled: 0, soldOutAt: null, soldOutAfterMs: null },
      { id: first.id, status: 'ended', orders: 1, cancelled: 1, product: { name: 'Tin bear' } },
    ]);
    const opened = Date.parse(sales[0]?.startsAt ?? '');
    expect(sales[0]?.soldOutAfterMs).toBe(Date.parse(last?.claimedAt ?? '') - opened);
  });

  it('distinguishes a sale that was replaced before it opened from one that is over', async () => {
    const later = await shop.startSale({ startsAt: '2040-01-01T00:00:00Z' });
    const open = await shop.startSale();
    await shop.startSale();
    const { sales } = await get<SalesAnswer>('/operator/sales?limit=3');
    expect(sales.slice(1).map(({ id, status }) => [id, status])).toEqual([
      [open.id, 'ended'],
      [later.id, 'called_off'],
    ]);
  });

  it('has the planned ones alone where only they are asked for, the next one first', async () => {
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const ids: string[] = [];
    for (const startsAt of [inHours(50), inHours(30)]) {
      ids.unshift((await shop.operate('POST', '/sales', { startsAt })).body.sale.id);
    }
    const { sales, next } = await get<SalesAnswer>('/operator/sales?status=planned');
    expect([sales.map((sale) => sale.id), next]).toEqual([ids, null]);
    for (const id of ids) await shop.operate('DELETE', `/sales/${id}`);
  });

  it.each(['?limit=0', '?limit=101', '?x=1', '?status=ended'])('refuses %s', async (query) => {
    expect((await shop.operate('GET', `/operator/sales${query}`)).status).toBe(400);
  });
});

describe('GET /sales/:id/orders, page by page', () => {
  let sale: Sale;
  let orders: Order[];
  const page = (query: string) => get<OrdersPageAnswer>(`/sales/${sale.id}/orders?${query}`);
  const found = async (search: string) =>
    (await page(`search=${encodeURIComponent(search)}`)).orders.map((order) => order.customerId);

  beforeAll(async () => {
    sale = await shop.startSale({ quantity: 7 });
    orders = await buyAll(['anna', 'ann', 'b.b', 'bxb', '3rd', 'cem', 'dan']);
    await written(sale, 7);
    await shop.operate('DELETE', `/orders/${orders[1]?.id}`);
    orders.push(...(await buyAll(['eve'])));
    await written(sale, 7);
  });

  it('has them by unit, a unit that was sold again twice', async () => {
    const seen: Order[] = [];
    let after = '';
    let pages = 0;
    do {
      const answer = await page(`limit=3${after}`);
      expect(answer.orders.length).toBeLessThanOrEqual(3);
      seen.push(...answer.orders);
      after = answer.next == null ? '' : `&after=${encodeURIComponent(answer.next)}`;
      pages++;
    } while (after !== '');
    expect(pages).toBe(3);
    expect(seen.map((order) => [order.unit, order.customerId, order.status])).toEqual([
      [1, 'anna', 'confirmed'],
      [2, 'ann', 'cancelled'],
      [2, 'eve', 'confirmed'],
      [3, 'b.b', 'confirmed'],
      [4, 'bxb', 'confirmed'],
      [5, '3rd', 'confirmed'],
      [6, 'cem', 'confirmed'],
      [7, 'dan', 'confirmed'],
    ]);
  });

  it('finds a customer by how their id begins, a unit, or an order', async () => {
    expect(await found('ann')).toEqual(['anna', 'ann']);
    expect(await found('b.b')).toEqual(['b.b']);
    expect(await found('3')).toEqual(['b.b', '3rd']);
    expect(await found(orders[0]?.id ?? '')).toEqual(['anna']);
    expect(await found('.*')).toEqual([]);
    expect(await found('nobody')).toEqual([]);
  });

  it('finds an order by its number, as people type it, also one that was written without', async () => {
    const [order] = (await page('search=dan')).orders;
    const number = order?.number ?? '';
    expect(number).toMatch(/^FZ(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(await found(number)).toEqual(['dan']);
    expect(await found(number.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'i'))).toEqual(['dan']);
    const mongodb = await mongoose.createConnection(shop.mongodbUri).asPromise();
    await mongodb.collection('orders').updateOne({ customerId: 'dan' }, { $unset: { number: '' } });
    await mongodb.close();
    expect((await page(`search=${number}`)).orders).toEqual([order]);
    expect(await found('FZ-0000-0000-0000')).toEqual([]);
  });

  it.each(['limit=0', 'limit=501', 'search=', 'format=csv&limit=1', 'what=1'])(
    'refuses %s',
    async (query) => {
      expect((await shop.operate('GET', `/sales/${sale.id}/orders?${query}`)).status).toBe(400);
    },
  );
});

describe.each(['/operator/preflight', '/operator/sales'])('GET %s', (path) => {
  it('is for operators only', async () => {
    expect((await shop.request('GET', path)).status).toBe(401);
    expect((await shop.request('GET', path, { token: await shop.token('ann') })).status).toBe(403);
  });
});
