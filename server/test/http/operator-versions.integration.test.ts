import {
  conflictAnswer,
  type OperatorAction,
  type OperatorActionsAnswer,
} from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Changed {
  sale: Sale;
  code: string;
  changed?: OperatorAction[];
}

async function as(by: string, method: string, path: string, seen?: string, body?: unknown, node?: Address) {
  return shop.request<Changed>(method, path, {
    token: await shop.token(by, 'operator'),
    ...(body === undefined ? {} : { body }),
    ...(seen === undefined ? {} : { headers: { 'if-match': seen } }),
    ...(node === undefined ? {} : { node }),
  });
}

const log = async (query = '') =>
  (await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions${query}`)).body;

describe('two operators', () => {
  it('each change makes a new version, and says so', async () => {
    const sale = await shop.startSale();
    expect(sale.version).toBe(1);
    const paused = await as('uma', 'POST', `/sales/${sale.id}/pause`, '"1"');
    expect([paused.status, paused.body.sale.version, paused.headers.get('etag')]).toEqual([
      200,
      2,
      `"${sale.id}:2"`,
    ]);
    await eventually(async () => expect((await shop.status(shop.nodes[1])).sale.version).toBe(2));
  });

  it('an operator with an older version learns who did what, and changes nothing', async () => {
    const sale = await shop.startSale();
    await as('uma', 'POST', `/sales/${sale.id}/pause`, '"1"', { reason: 'A look at the stock' });
    await as('uma', 'POST', `/sales/${sale.id}/restock`, '"2"', { quantity: 4 });
    const late = await as('vic', 'POST', `/sales/${sale.id}/resume`, '"1"', undefined, shop.nodes[1]);
    expect([late.status, late.headers.get('content-type')]).toEqual([
      409,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(conflictAnswer.parse(late.body)).toMatchObject({
      sale: { id: sale.id, version: 3, status: 'paused', quantity: 7 },
      changed: [
        {
          action: 'pause',
          by: 'uma',
          version: 2,
          reason: 'A look at the stock',
          changes: expect.arrayContaining([{ field: 'paused', before: false, after: true }]),
        },
        { action: 'restock', by: 'uma', version: 3, changes: [{ field: 'quantity', before: 3, after: 7 }] },
      ],
    });
    expect((await shop.status()).sale).toMatchObject({ version: 3, status: 'paused' });
    expect((await as('vic', 'POST', `/sales/${sale.id}/resume`, '"3"')).status).toBe(200);
  });

  it('of two operators who press at the same moment, on two nodes, exactly one succeeds', async () => {
    const sale = await shop.startSale();
    for (let version = 1; version <= 10; version++) {
      const answers = await Promise.all(
        ['uma', 'vic', 'wim', 'xan'].map((by, index) =>
          as(by, 'POST', `/sales/${sale.id}/restock`, `"${version}"`, { quantity: 1 }, shop.nodes[index % 2]),
        ),
      );
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409]);
    }
    const { actions } = await log(`?saleId=${sale.id}`);
    expect(actions.map((action) => action.version)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect((await shop.status()).sale).toMatchObject({ version: 11, quantity: 13, remaining: 13 });
  });

  it('of two operators who start a sale in place of the same one, one succeeds', async () => {
    const sale = await shop.startSale();
    const answers = await Promise.all(
      ['uma', 'vic'].map((by, index) =>
        as(by, 'POST', '/start', `"${sale.id}:1"`, { quantity: 5 + index }, shop.nodes[index]),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409]);
    const lost = answers.find((answer) => answer.status === 409);
    expect(lost?.body.changed?.map((action) => action.action)).toContain('replace');
    // The version of another sale does not match by having the same number.
    expect((await as('vic', 'POST', '/start', `"${sale.id}:1"`)).status).toBe(409);
  });

  it('without If-Match, the last one wins, as before', async () => {
    const sale = await shop.startSale();
    const answers = await Promise.all(
      shop.nodes.map((node) =>
        as('uma', 'POST', `/sales/${sale.id}/restock`, undefined, { quantity: 1 }, node),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    await eventually(async () => expect((await shop.status()).sale.quantity).toBe(5));
  });

  it.each(['1', '"one"', 'W/"1"', '"a b:1"', '"0"'])('refuses If-Match: %s', async (seen) => {
    const sale = await shop.startSale();
    const answer = await as('uma', 'POST', `/sales/${sale.id}/pause`, seen);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect((await shop.status()).sale.status).toBe('live');
  });
});

describe('GET /operator/actions', () => {
  it('has every action with before and after, newest first, page by page', async () => {
    const sale = await shop.startSale({ quantity: 3 });
    await as('uma', 'POST', `/sales/${sale.id}/pause`, undefined, { reason: 'Why not' });
    await as('vic', 'POST', `/sales/${sale.id}/resume`);
    const bought = await shop.request<{ order: Order }>('POST', '/buy', { token: await shop.token('ann') });
    const { id } = bought.body.order;
    await eventually(async () => {
      const cancelled = await as('vic', 'DELETE', `/orders/${id}`, undefined, { reason: 'Wrong size' });
      expect(cancelled.status).toBe(200);
    });
    await as('uma', 'DELETE', `/orders/${id}`, undefined, { reason: 'Again' });
    await as('uma', 'POST', `/sales/${sale.id}/end`);

    const pages: OperatorActionsAnswer[] = [];
    let before = '';
    do {
      const page = await log(`?saleId=${sale.id}&limit=2${before}`);
      pages.push(page);
      before = page.next === null ? '' : `&before=${encodeURIComponent(page.next)}`;
    } while (before !== '');
    expect(pages.map((page) => page.actions.length)).toEqual([2, 2, 1]);
    const actions = pages.flatMap((page) => page.actions);
    expect(actions).toMatchObject([
      { action: 'end', by: 'uma', version: 4 },
      {
        action: 'cancel',
        by: 'vic',
        reason: 'Wrong size',
        order: id,
        version: null,
        outcome: 'done',
        changes: [{ field: 'status', before: 'confirmed', after: 'cancelled' }],
      },
      { action: 'resume', by: 'vic', version: 3 },
      { action: 'pause', by: 'uma', version: 2, reason: 'Why not' },
      {
        action: 'start',
        by: 'olga',
        version: 1,
        changes: expect.arrayContaining([{ field: 'quantity', before: null, after: 3 }]),
      },
    ]);
    expect((await log()).actions.slice(0, 5)).toEqual(actions);
  });

  it('has no refused actions', async () => {
    const sale = await shop.startSale();
    await as('uma', 'POST', `/sales/${sale.id}/restock`, '"7"', { quantity: 1 });
    await as('uma', 'DELETE', `/orders/${sale.id}:nobody:1`);
    expect((await log(`?saleId=${sale.id}`)).actions.map((action) => action.action)).toEqual(['start']);
  });

  it('says what a sale began with', async () => {
    const sale = await shop.startSale({ name: 'Lamp', price: 12, quantity: 4, perCustomer: 2 });
    const { actions } = await log(`?saleId=${sale.id}`);
    expect(actions[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'name', before: null, after: 'Lamp' },
        { field: 'price', before: null, after: 12 },
        { field: 'currency', before: null, after: 'USD' },
        { field: 'perCustomer', before: null, after: 2 },
        { field: 'simulated', before: null, after: false },
        { field: 'quantity', before: null, after: 4 },
      ]),
    );
  });

  it('shows who was blocked and unblocked, and by whom', async () => {
    const blocked = await as('uma', 'POST', '/customers/eve/block', undefined, {
      reason: 'Bought to resell',
    });
    expect(blocked.status).toBe(200);
    await as('vic', 'DELETE', '/customers/eve/block');
    const { actions } = await log('?limit=2');
    const common = { saleId: null, version: null, order: null, customer: 'eve', outcome: 'done' };
    expect(actions).toMatchObject([
      {
        ...common,
        action: 'unblock',
        by: 'vic',
        reason: null,
        changes: [{ field: 'blocked', before: true, after: false }],
      },
      {
        ...common,
        action: 'block',
        by: 'uma',
        reason: 'Bought to resell',
        changes: [{ field: 'blocked', before: false, after: true }],
      },
    ]);
  });

  it.each(['?limit=0', '?limit=201', '?limit=x', '?saleId=A%20B', '?what=1'])('refuses %s', async (query) => {
    expect((await shop.operate('GET', `/operator/actions${query}`)).status).toBe(400);
  });

  it('is for operators only', async () => {
    expect((await shop.request('GET', '/operator/actions')).status).toBe(401);
    const token = await shop.token('ann');
    expect((await shop.request('GET', '/operator/actions', { token })).status).toBe(403);
  });
});
