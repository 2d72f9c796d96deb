import type { OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';

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
