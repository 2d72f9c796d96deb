import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Refused {
  code: string;
  startsAt?: string;
}

/** Asks the node that did not hear of the change from the operator. */
const buy = async (customerId: string) =>
  shop.request<{ order: Order } & Refused>('POST', '/buy', {
    token: await shop.token(customerId),
    ...(shop.nodes[1] === undefined ? {} : { node: shop.nodes[1] }),
  });

const change = (sale: Sale, action: string, body?: unknown) =>
  shop.operate<{ sale: Sale } & Refused>('POST', `/sales/${sale.id}/${action}`, body);

const move = (sale: Sale, body: unknown) =>
  shop.operate<{ sale: Sale } & Refused>('PATCH', `/sales/${sale.id}`, body);

/** Every node shows it, and not only the one that was asked. */
const everywhere = async (sale: Partial<Sale>): Promise<void> => {
  for (const node of shop.nodes) {
    await eventually(async () => expect((await shop.status(node)).sale).toMatchObject(sale));
  }
};

describe('POST /sales/:id/pause and /resume', () => {
  it('stops the selling on every node with the reason, and resumes it', async () => {
    const sale = await shop.startSale();
    const paused = await change(sale, 'pause', { reason: 'A short breath' });
    expect([paused.status, paused.body.sale.status]).toEqual([200, 'paused']);
    const refused = await buy('ann');
    expect([refused.status, refused.body.code]).toEqual([403, 'sale_not_active']);
    await everywhere({ status: 'paused', reason: 'A short breath', remaining: 3 });

    const resumed = await change(sale, 'resume');
    expect([resumed.status, resumed.body.sale.status]).toEqual([200, 'live']);
    expect((await buy('ann')).body.order.unit).toBe(1);
    await everywhere({ status: 'live', reason: null, remaining: 2 });
  });

  it('needs no reason, and no body', async () => {
    const sale = await shop.startSale();
    expect((await change(sale, 'pause')).body.sale).toMatchObject({ status: 'paused', reason: null });
  });

  it('still repeats the answer to a request that has a unit', async () => {
    const sale = await shop.startSale();
    const token = await shop.token('ann');
    const headers = { 'idempotency-key': 'once' };
    const first = await shop.request('POST', '/buy', { token, headers });
    await change(sale, 'pause');
    const again = await shop.request('POST', '/buy', { token, headers });
    expect([again.status, again.body]).toEqual([201, first.body]);
  });
});

describe('POST /sales/:id/end', () => {
  it('ends the sale for good, on every node', async () => {
    const sale = await shop.startSale();
    const ended = await change(sale, 'end', { reason: 'That was it' });
    expect([ended.status, ended.body.sale.status]).toEqual([200, 'ended']);
    expect((await buy('ann')).body.code).toBe('sale_not_active');
    await everywhere({ status: 'ended', reason: 'That was it', remaining: 3 });
    await change(sale, 'resume');
    expect((await buy('ann')).body.code).toBe('sale_not_active');
  });

  it('calls off a sale that has not opened: it keeps its opening, and opens only if its end is removed', async () => {
    const sale = await shop.startSale({ startsAt: '2030-12-31T23:00:00Z' });
    const ended = await change(sale, 'end', { reason: 'Not this year' });
    expect(ended.body.sale).toMatchObject({ status: 'ended', startsAt: sale.startsAt });
    expect(Date.parse(ended.body.sale.endsAt ?? '')).toBeLessThan(Date.parse(sale.startsAt));
    expect((await buy('ann')).body.code).toBe('sale_not_active');
    const again = await move(sale, { endsAt: null });
    expect(again.body.sale).toMatchObject({ status: 'scheduled', startsAt: sale.startsAt, endsAt: null });
  });
});

describe('POST /sales/:id/restock', () => {
  it('continues a sold-out sale, and continues the numbers of the units', async () => {
    const sale = await shop.startSale({ quantity: 1 });
    expect((await buy('ann')).body.order.unit).toBe(1);
    expect((await buy('bob')).body.code).toBe('sold_out');
    const restocked = await change(sale, 'restock', { quantity: 2 });
    expect([restocked.status, restocked.body.sale]).toMatchObject([
      200,
      { quantity: 3, remaining: 2, status: 'live' },
    ]);
    await everywhere({ quantity: 3, remaining: 2, status: 'live' });

    const units = [];
    for (const customer of ['bob', 'cem']) units.push((await buy(customer)).body.order.unit);
    expect(units).toEqual([2, 3]);
    expect((await buy('dan')).body.code).toBe('sold_out');
    await eventually(async () => {
      expect(await shop.audit(sale.id)).toMatchObject({ clean: true, quantity: 3, orders: 3 });
    });
  });

  it.each([
    ['nothing', undefined],
    ['no unit', { quantity: 0 }],
    ['fewer units', { quantity: -1 }],
    ['more than a sale can have', { quantity: 10_000_000 }],
  ])('refuses %s', async (_what, body) => {
    const sale = await shop.startSale();
    const answer = await change(sale, 'restock', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect((await shop.status()).sale.quantity).toBe(3);
  });
});

describe('PATCH /sales/:id', () => {
  it('moves the opening, and buys follow it on every node', async () => {
    const sale = await shop.startSale();
    const moved = await move(sale, { startsAt: '2031-01-01T00:00:00+01:00' });
    expect([moved.status, moved.body.sale]).toMatchObject([
      200,
      { status: 'scheduled', startsAt: '2030-12-31T23:00:00.000Z', endsAt: null },
    ]);
    const refused = await buy('ann');
    expect([refused.body.code, refused.body.startsAt]).toEqual([
      'sale_not_active',
      '2030-12-31T23:00:00.000Z',
    ]);
    await everywhere({ status: 'scheduled', startsAt: '2030-12-31T23:00:00.000Z' });

    await move(sale, { startsAt: 'now' });
    expect((await buy('ann')).status).toBe(201);
    await everywhere({ status: 'live' });
  });

  it('sets an end and removes it again, and does not change the opening', async () => {
    const sale = await shop.startSale();
    await move(sale, { endsAt: '2031-01-01T00:00:00Z' });
    await everywhere({ startsAt: sale.startsAt, endsAt: '2031-01-01T00:00:00.000Z' });
    await move(sale, { endsAt: null });
    await everywhere({ startsAt: sale.startsAt, endsAt: null });
  });

  it.each([
    ['nothing to change', {}],
    ['an end before the start', { startsAt: '2031-01-02T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' }],
    ['an end before the start that it has', { endsAt: '2001-01-01T00:00:00Z' }],
    ['an opening in the past', { startsAt: '2001-01-01T00:00:00Z' }],
    ['a second opening of a sale that is open', { startsAt: 'now' }],
    ['another quantity', { quantity: 9 }],
  ])('refuses %s', async (_what, body) => {
    const sale = await shop.startSale();
    const answer = await move(sale, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect((await shop.status()).sale).toMatchObject({ startsAt: sale.startsAt, endsAt: null });
  });
});

describe('a sale that is over', () => {
  let ended: Sale;
  beforeAll(async () => {
    ended = (await change(await shop.startSale(), 'end', { reason: 'That was it' })).body.sale;
  });

  it.each([
    ['POST', '/pause', undefined],
    ['POST', '/resume', undefined],
    ['POST', '/end', { reason: 'Again' }],
    ['POST', '/restock', { quantity: 1 }],
    ['PATCH', '', { startsAt: 'now' }],
    ['PATCH', '', { endsAt: null }],
    ['PATCH', '', { startsAt: '2001-01-01T00:00:00Z', endsAt: '2001-01-02T00:00:00Z' }],
    ['PATCH', '', { startsAt: '2040-01-01T00:00:00Z', endsAt: '2040-01-02T00:00:00Z' }],
  ])('keeps its window and stays over: %s /sales/:id%s %j', async (method, path, body) => {
    const answer = await shop.operate<Refused>(method, `/sales/${ended.id}${path}`, body);
    expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
    const { serverTime: _, ...kept } = ended;
    expect((await shop.status()).sale).toMatchObject(kept);
  });
});

describe('the texts of operators', () => {
  /** As clients spell it that keep to ASCII. */
  const escaped = (body: object) =>
    JSON.stringify(body).replaceAll(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const customer = 'é'.repeat(128);

  it.each([
    ['POST', '/pause', { reason: 'é'.repeat(200) }, 200],
    ['POST', '/pause', { reason: '😀'.repeat(100) }, 200],
    ['POST', '/pause', { reason: 'é'.repeat(201) }, 400],
    ['POST', '/end', { reason: 'é'.repeat(200) }, 200],
  ] as const)(
    'is counted as the schema says, however it is spelled: %s %s %#',
    async (method, path, body, status) => {
      const sale = await shop.startSale();
      expect((await shop.operate(method, `/sales/${sale.id}${path}`, escaped(body))).status).toBe(status);
    },
  );

  it('fits in each body and each path at its full length', async () => {
    const terms = { name: 'é'.repeat(120), price: 1_000_000_000, quantity: 10_000_000, perCustomer: 10 };
    const window = { startsAt: '2040-01-01T00:00:00.000+05:30', endsAt: '2040-01-02T00:00:00.000+05:30' };
    const body = escaped({ ...terms, ...window, simulated: true });
    expect((await shop.operate('POST', '/sales', body)).status).toBe(201);
    expect((await shop.operate('POST', '/start', body)).status).toBe(201);
    const login = escaped({ customerId: customer, role: 'operator' });
    expect((await shop.request('POST', '/login', { body: login })).status).toBe(200);
    const path = `/customers/${encodeURIComponent(customer)}/block`;
    expect((await shop.operate('POST', path, escaped({ reason: 'é'.repeat(200) }))).status).toBe(200);
    expect((await shop.operate('DELETE', path)).status).toBe(200);
    const order = `/orders/${encodeURIComponent(`${'a'.repeat(48)}:${customer}:1`)}`;
    const cancelled = await shop.operate<Refused>('DELETE', order, escaped({ reason: 'é'.repeat(200) }));
    expect(cancelled.body.code).toBe('not_found');
    const token = await shop.token('ann');
    const receipts = { receipts: Array.from({ length: 10 }, () => 'x'.repeat(1_000)) };
    expect((await shop.request('POST', '/receipts', { token, body: receipts })).status).toBe(200);
    const solution = { challenge: 'x'.repeat(200), answer: 'x'.repeat(5_000) };
    expect((await shop.request('POST', '/challenge', { token, body: solution })).status).toBe(403);
  });

  it('is refused where it has a character that cannot be shown', async () => {
    const sale = await shop.startSale();
    for (const character of ['\u0007', '\u202e', '\u200b', '\u2028', '\u2029', '\ud800']) {
      const { status, body } = await change(sale, 'pause', { reason: `Be${character}cause` });
      expect([character, status, body.code]).toEqual([character, 400, 'invalid_request']);
    }
    expect((await shop.status()).sale.status).toBe('live');
  });

  it('is tidied, and keeps the joiners that Hindi and emoji are written with', async () => {
    const sale = await shop.startSale();
    const reason = '  क्‍ष \u00a0 👩‍🚀  e\u0301 ';
    expect((await change(sale, 'pause', { reason })).body.sale.reason).toBe('क्‍ष 👩‍🚀 é');
  });
});

describe('every change of a sale', () => {
  const changes: [string, string, unknown][] = [
    ['POST', '/pause', undefined],
    ['POST', '/resume', undefined],
    ['POST', '/end', undefined],
    ['POST', '/restock', { quantity: 1 }],
    ['PATCH', '', { startsAt: 'now' }],
  ];

  it.each(changes)(
    '%s /sales/:id%s is unknown for a sale that there never was',
    async (method, path, body) => {
      const answer = await shop.operate<Refused>(method, `/sales/20300101-0000000000${path}`, body);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    },
  );

  it.each(changes)(
    '%s /sales/:id%s is a conflict for a sale that was replaced',
    async (method, path, body) => {
      const old = await shop.startSale();
      const current = await shop.startSale();
      const answer = await shop.operate<Refused>(method, `/sales/${old.id}${path}`, body);
      expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
      expect((await shop.status()).sale).toMatchObject({ id: current.id, status: 'live', quantity: 3 });
    },
  );

  it.each(changes)('%s /sales/:id%s is for operators only', async (method, path, body) => {
    const sale = await shop.startSale();
    const token = await shop.token('ann');
    const sent = body === undefined ? {} : { body };
    const customer = await shop.request(method, `/sales/${sale.id}${path}`, { token, ...sent });
    const nobody = await shop.request(method, `/sales/${sale.id}${path}`, sent);
    expect([customer.status, nobody.status]).toEqual([403, 401]);
    expect((await shop.status()).sale).toMatchObject({ status: 'live', quantity: 3 });
  });
});
