import { existsSync } from 'node:fs';
import type { OperatorActionsAnswer, SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inRepository } from '../_support/repository.ts';
import { openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  await shop.startSale();
});
afterAll(() => shop[Symbol.asyncDispose]());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const save = (method: 'POST' | 'PUT', path: string, body: object) =>
  shop.operate<{ sale: SaleResult; code: string }>(method, path, body);
const idsOf = async (status: 'planned' | 'draft') =>
  (await shop.operate<SalesAnswer>('GET', `/operator/sales?status=${status}`)).body.sales.map(({ id }) => id);

describe('a draft', () => {
  it('may have times that have passed, never takes the page, and becomes a plan under its own id and preview', async () => {
    const past = { name: 'Bottle', startsAt: inMinutes(-90), endsAt: inMinutes(-60) };
    expect((await save('POST', '/sales', past)).status).toBe(400);
    const saved = await save('POST', '/sales', { ...past, draft: true });
    const { id, preview } = saved.body.sale;
    expect([saved.status, saved.body.sale.status]).toEqual([201, 'draft']);
    expect([await idsOf('draft'), await idsOf('planned')]).toEqual([[id], []]);
    const activated = await save('POST', `/sales/${id}/activate`, {});
    expect([activated.status, activated.body.code]).toEqual([409, 'conflict']);

    expect((await save('PUT', `/sales/${id}`, past)).status).toBe(400);
    const planned = await save('PUT', `/sales/${id}`, { name: 'Jar', startsAt: inMinutes(90) });
    expect([planned.status, planned.body.sale]).toMatchObject([200, { id, preview, status: 'planned' }]);
    expect([await idsOf('draft'), await idsOf('planned')]).toEqual([[], [id]]);
    const { actions } = (await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${id}`))
      .body;
    expect(actions.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['edit', 'done'],
      ['plan', 'done'],
    ]);
    expect(actions[0]?.changes).toContainEqual({ field: 'name', before: 'Bottle', after: 'Jar' });
    expect((await save('POST', `/sales/${id}/activate`, {})).status).toBe(201);
    const late = await save('PUT', `/sales/${id}`, { name: 'Jar', startsAt: inMinutes(90) });
    expect([late.status, late.body.code]).toEqual([409, 'conflict']);
  });

  it('is for operators only, and only where there is one', async () => {
    const body = { startsAt: inMinutes(90) };
    const asCustomer = await shop.request('PUT', '/sales/none', { token: await shop.token('ann'), body });
    const unknown = await save('PUT', '/sales/none', body);
    expect([asCustomer.status, unknown.status]).toEqual([403, 404]);
  });
});

describe.runIf(existsSync(inRepository('client/dist/index.html')))('a preview', () => {
  const open = (path: string, language = 'en') =>
    fetch(`${shop.nodes[1]?.url}${path}`, { headers: { accept: 'text/html', 'accept-language': language } });

  it('shows the sale in the visitor’s language, without a script, a sale of now or a word to search engines', async () => {
    const { sale } = (await save('POST', '/sales', { name: 'Teapot', description: 'Of clay.', draft: true }))
      .body;
    expect(sale.preview).toMatch(/^\/preview\/[\w-]{22}$/);
    const response = await open(sale.preview ?? '', 'de');
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('x-robots-tag')).toBe('noindex');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(page).toContain('Teapot');
    expect(page).toContain('Of clay.');
    expect(page).toContain('Vorschau');
    expect(page).not.toContain('type="module"');
    expect(page).not.toContain('id="snapshot"');
  });

  it('is not found by a wrong key, nor once its plan is deleted', async () => {
    const { sale } = (await save('POST', '/sales', { draft: true })).body;
    await shop.operate('DELETE', `/sales/${sale.id}`);
    for (const path of [sale.preview ?? '', '/preview/aaaaaaaaaaaaaaaaaaaaaa', '/preview/x'])
      expect([path, (await open(path)).status]).toEqual([path, 404]);
  });
});
