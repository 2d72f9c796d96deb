import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
let clientDir: string;
beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'flipzon-page-'));
  await writeFile(join(clientDir, 'index.html'), '<meta nonce="__CSP_NONCE__">');
  const environment = { CLIENT_DIR: clientDir, RATE_LIMIT_BUY: '3/600s' };
  shop = await openShop(inject('mongodbUri'), { nodes: 2, environment });
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await rm(clientDir, { recursive: true });
});

const press = async (customerId: string, node = 0, requestId?: string) =>
  shop.request('POST', '/buy', {
    token: await shop.token(customerId),
    ...(requestId !== undefined && { headers: { 'idempotency-key': requestId } }),
    ...(shop.nodes[node] && { node: shop.nodes[node] }),
  });
const metric = async (name: string) => {
  const texts = await Promise.all(shop.nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return texts.reduce((sum, text) => sum + Number(text.split(`${name} `)[1]?.split('\n')[0] ?? 0), 0);
};
const reportOf = async (saleId: string, node = 0) =>
  (
    await shop.request<SaleReport>('GET', `/sales/${saleId}/report`, {
      node: shop.nodes[node] ?? { url: '' },
    })
  ).body;

it('says how many buys a sale got, the answers of all nodes, how quickly they came, and in which order', async () => {
  const sale = await shop.startSale({ quantity: 2, name: 'Lamp', price: 20 });
  await press('early-bird', 1);
  for (let again = 0; again < 3; again++) await press('early-bird', again % 2);
  expect(await reportOf(sale.id)).toMatchObject({
    status: 'live',
    sold: 1,
    fairness: null,
    invariants: null,
    seal: null,
  });
  await press('second', 1);
  for (const late of ['third', 'fourth', 'fifth']) await press(late, 1);

  const report = await eventually(async () => {
    const read = await reportOf(sale.id, 1);
    expect(read).toMatchObject({ asked: 8, seal: { version: 1, size: 2 } });
    return read;
  });
  expect(report).toMatchObject({
    ...{ saleId: sale.id, product: { name: 'Lamp', price: 20 }, quantity: 2, status: 'sold_out' },
    ...{ sold: 2, cancelled: 0, revoked: 0 },
    fairness: { compared: 2, overtaken: 0, overtakenMsMax: 0 },
    invariants: { hold: true, failed: [] },
    faults: { recoveries: 0, recoveredAt: [], restored: 0, revoked: 0 },
    counted: { nodes: 2, unwrittenMsMax: 2_000 },
  });
  const answers = Object.fromEntries(report.answers.map(({ outcome, count }) => [outcome, count]));
  expect(answers).toEqual({ claimed: 2, sold_out: 3, already_purchased: 2, too_many_requests: 1 });
  expect(report.answers[0]).toEqual({ outcome: 'sold_out', count: 3 });
  const { claimed, refused } = report.latency;
  expect([claimed.count, refused.count]).toEqual([2, 6]);
  for (const { p50Ms, p99Ms, maxMs } of [claimed, refused]) {
    expect(p50Ms).toBeGreaterThan(0);
    expect([p50Ms, p99Ms, maxMs].toSorted((a, b) => a - b)).toEqual([p50Ms, p99Ms, maxMs]);
  }
  expect(report.soldOutAfterMs).toBeGreaterThanOrEqual(0);
});

it('counts each unit once, and repeated requests separately', async () => {
  const sale = await shop.startSale({ quantity: 2 });
  const before = await metric('flipzon_buys_total{outcome="claimed"}');
  for (const node of [0, 1, 0]) expect((await press('dora', node, 'one-press')).status).toBe(201);
  expect((await press('emil', 1, 'another')).status).toBe(201);
  // Sold out by now: answered from memory.
  expect((await press('emil', 0, 'another')).status).toBe(201);
  await press('finn');
  const answersOf = async (asked: number) =>
    eventually(async () => {
      const report = await reportOf(sale.id);
      expect(report).toMatchObject({ asked, seal: { size: 2 } });
      return Object.fromEntries(report.answers.map(({ outcome, count }) => [outcome, count]));
    });
  expect(await answersOf(6)).toEqual({ claimed: 2, replayed: 3, sold_out: 1 });
  const { latency } = await reportOf(sale.id);
  expect([latency.claimed.count, latency.refused.count]).toEqual([2, 1]);
  expect((await metric('flipzon_buys_total{outcome="claimed"}')) - before).toBe(2);

  // A node of an earlier version counted each answer as a claim; one that was killed had not written all that it answered.
  const mongodb = await createConnection(shop.mongodbUri).asPromise();
  const counts = mongodb.collection<{ _id: string; answers: Record<string, number> }>('buytallies');
  const [own] = await counts.find({ saleId: sale.id }).toArray();
  if (own === undefined) throw new Error('no count was written');
  const earlier = { ...own, _id: `${sale.id}:earlier`, nodeId: 'earlier', answers: { claimed: 4 } };
  await counts.insertOne(earlier);
  expect(await answersOf(10)).toEqual({ claimed: 2, replayed: 7, sold_out: 1 });
  await counts.deleteOne({ _id: earlier._id });
  await counts.replaceOne({ _id: own._id }, { ...own, answers: { ...own.answers, claimed: 0 } });
  expect(await answersOf(6)).toEqual({ claimed: 2, replayed: 3, sold_out: 1 });
  await mongodb.close();
});

it('keeps the counts of a node that is gone, and a new node adds to them', async () => {
  const sale = await shop.startSale({ quantity: 1 });
  const passing = await shop.addNode();
  const at = shop.nodes.indexOf(passing);
  await press('ann', at);
  await press('bob', at);
  await passing[Symbol.asyncDispose]();
  await press('cem', 0);
  await eventually(async () => {
    expect(await reportOf(sale.id)).toMatchObject({ asked: 3, counted: { nodes: 2 } });
  });
});

it('counts a refusal of the guard with the time that it took', async () => {
  const sale = await shop.startSale();
  expect((await shop.operate('POST', '/customers/eve/block')).status).toBe(200);
  expect((await press('eve')).body.code).toBe('forbidden');
  const mongodb = await createConnection(shop.mongodbUri).asPromise();
  // The report rounds: there it may be 0 ms.
  const written = await eventually(async () => {
    const [tally] = await mongodb.collection('buytallies').find({ saleId: sale.id }).toArray();
    expect(tally).toMatchObject({ answers: { forbidden: 1 } });
    return tally;
  });
  expect(written?.refused.maxMs).toBeGreaterThan(0);
  await mongodb.close();
});

it('gives browsers the page, and other clients the figures', async () => {
  const sale = await shop.startSale();
  const ask = (path: string, accept: string) => shop.request('GET', path, { headers: { accept } });
  for (const path of ['/sales/nope/report', '/sales/NOT-AN-ID/report']) {
    const missing = await ask(path, 'text/html');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  }
  const page = await ask(`/sales/${sale.id}/report`, 'text/html,application/xhtml+xml,*/*;q=0.8');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('vary')).toContain('accept');
  const [, nonce] = /<meta nonce="([^"]{16,})">/.exec(String(page.body.text)) ?? [];
  expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  for (const accept of ['*/*', 'application/json']) {
    const figures = await ask(`/sales/${sale.id}/report`, accept);
    expect(figures.headers.get('content-type')).toContain('application/json');
    expect(figures.body).toMatchObject({ saleId: sale.id, asked: 0, answers: [] });
  }
  expect((await ask('/sales/20300101-0000000000/report', '*/*')).body.code).toBe('not_found');
  expect((await ask('/sales/NOT-AN-ID/report', '*/*')).status).toBe(400);
});
