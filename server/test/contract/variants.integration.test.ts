import type { BuyAnswer, Order, Problem, Sale } from '@flipzon/protocol/schemas.ts';
import type { SealAnswer } from '@flipzon/protocol/seal-schemas.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { inParallel } from '../_support/in-parallel.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { eventually, type Shopper } from '../_support/shopper.ts';
import { verifySale } from '../_support/verify-proof.ts';

let shop: Shop;
let nodes: readonly [App, App];
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  nodes = shop.nodes as readonly [App, App];
});
afterAll(() => shop[Symbol.asyncDispose]());

const sizes = (small: number, medium: number, large: number) => [
  { sku: 'S', name: 'Small', quantity: small },
  { sku: 'M', name: 'Medium', quantity: medium },
  { sku: 'L', name: 'Large', quantity: large, price: 1099.5 },
];
const start = (variants: object[], body: object = {}) =>
  shop.startSale({ quantity: undefined, variants, ...body });

async function buy(customerId: string, variant?: string, key = `of-${customerId}`, node: Address = nodes[0]) {
  const { status, body } = await shop.request<Problem & { order: Order }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': key },
    ...(variant === undefined ? {} : { body: { variant } }),
    node,
  });
  return { status, code: status === 201 ? 'claimed' : body.code, order: body.order };
}
const ask = (shopper: Shopper, requestId: string, variant?: string): Promise<BuyAnswer> =>
  shopper.socket
    .timeout(30_000)
    .emitWithAck('buy', { requestId, ...(variant === undefined ? {} : { variant }) });
const left = async (node?: Address) =>
  Object.fromEntries(
    ((await shop.status(node)).variants ?? []).map(({ sku, remaining }) => [sku, remaining]),
  );
/** Until both nodes have heard of it. */
const eventuallyLeft = (counts: Record<string, number>) =>
  eventually(async () => {
    for (const node of nodes) expect(await left(node)).toEqual(counts);
  });
const cleanAudit = async (saleId: string) =>
  eventually(async () => {
    const report = await shop.audit(saleId);
    expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(report.outbox).toBe(0);
    return report;
  });

describe('a sale with variants', () => {
  it('is refused when its variants contradict each other, or the quantity', async () => {
    const refused = async (body: object) => {
      const answer = await shop.operate<Problem>('POST', '/start', body);
      return [answer.status, answer.body.code];
    };
    const [small, medium] = sizes(1, 1, 1);
    expect(await refused({ variants: [small] })).toEqual([400, 'invalid_request']);
    expect(await refused({ variants: [small, small] })).toEqual([400, 'invalid_request']);
    expect(await refused({ quantity: 3, variants: [small, medium] })).toEqual([400, 'invalid_request']);
    expect(await refused({ variants: [{ ...small, price: 1.234 }, medium] })).toEqual([400, 'invalid_price']);
    expect(await refused({ variants: [{ ...small, sku: 'a b' }, medium] })).toEqual([400, 'invalid_request']);
  });

  it('shows a stock and a price for each, and sells each at its own', async () => {
    const sale = await start(sizes(2, 1, 1), { quantity: 4 });
    expect(sale).toMatchObject({
      quantity: 4,
      remaining: 4,
      variants: [
        { sku: 'S', name: 'Small', quantity: 2, remaining: 2, price: 999 },
        { sku: 'M', name: 'Medium', quantity: 1, remaining: 1, price: 999 },
        { sku: 'L', name: 'Large', quantity: 1, remaining: 1, price: 1099.5, priceMinor: 109_950 },
      ],
    });
    const spectator = await shop.shopper(null, nodes[1]);
    expect(await buy('ann', 'L')).toMatchObject({
      status: 201,
      order: { variant: 'L', price: 1099.5, unit: 4 },
    });
    const bob = await shop.shopper('bob', nodes[1]);
    expect(await ask(bob, 'of-bob', 'S')).toMatchObject({
      ok: true,
      order: { variant: 'S', price: 999, unit: 1 },
    });
    await eventually(() =>
      expect(spectator.stocks.at(-1)).toMatchObject({
        saleId: sale.id,
        remaining: 2,
        variants: [
          { sku: 'S', remaining: 1 },
          { sku: 'M', remaining: 1 },
          { sku: 'L', remaining: 0 },
        ],
      }),
    );
    await eventually(() => expect(bob.orders.at(-1)).toMatchObject({ status: 'confirmed', variant: 'S' }));
    expect((await shop.ordersOf('ann'))[0]).toMatchObject({ variant: 'L', price: 1099.5 });
  });

  it('asks which variant, over either transport, and says when there is no such one', async () => {
    const sale = await start(sizes(1, 1, 1));
    const cem = await shop.shopper('cem');
    expect(await buy('dan')).toMatchObject({ status: 400, code: 'variant_required' });
    expect(await buy('dan', 'XL')).toMatchObject({ status: 400, code: 'unknown_variant' });
    expect(await buy('dan', 'a b')).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await ask(cem, 'of-cem')).toMatchObject({ ok: false, code: 'variant_required' });
    expect(await ask(cem, 'of-cem', 'XL')).toMatchObject({ ok: false, code: 'unknown_variant' });
    const restock = (body: object) => shop.operate<Problem>('POST', `/sales/${sale.id}/restock`, body);
    expect(await restock({ quantity: 1 })).toMatchObject({ status: 400, body: { code: 'variant_required' } });
    expect(await restock({ quantity: 1, variant: 'XL' })).toMatchObject({
      status: 400,
      body: { code: 'unknown_variant' },
    });
    await eventuallyLeft({ S: 1, M: 1, L: 1 });
    await shop.startSale();
    expect(await buy('dan', 'S')).toMatchObject({ status: 400, code: 'unknown_variant' });
  });

  it('gives the same request the same answer, whatever variant it names, also when that one is sold out', async () => {
    await start(sizes(2, 1, 1), { perCustomer: 2 });
    const first = await buy('eve', 'S');
    await buy('fay', 'M');
    await eventuallyLeft({ S: 1, M: 0, L: 1 });
    for (const variant of ['S', 'M', 'L', 'XL', undefined]) {
      for (const node of nodes) {
        const again = await buy('eve', variant, 'of-eve', node);
        expect([variant, again]).toMatchObject([variant, { status: 201, order: { unit: first.order.unit } }]);
      }
    }
    // The one that is sold out is refused, and the others still sell: to all, within their share over all variants.
    expect((await buy('eve', 'M', 'second')).code).toBe('sold_out');
    expect((await buy('gil', 'M')).code).toBe('sold_out');
    expect((await buy('eve', 'L', 'third')).code).toBe('claimed');
    expect((await buy('eve', 'M', 'fourth')).code).toBe('already_purchased');
    expect((await buy('gil', 'S', 'of-gil-2')).code).toBe('claimed');
    await eventuallyLeft({ S: 0, M: 0, L: 0 });
    for (const node of nodes) expect((await shop.status(node)).sale.status).toBe('sold_out');
    const { sale } = await shop.status();
    await shop.startSale();
    // Also in the next sale, and to the letter.
    expect((await buy('eve', undefined, 'third')).order).toMatchObject({
      saleId: sale.id,
      variant: 'L',
      price: 1099.5,
    });
  });

  it('restocks a variant, and puts a cancelled unit back to its own', async () => {
    const sale = await start(sizes(1, 1, 1));
    const { order } = await buy('hal', 'S');
    await eventuallyLeft({ S: 0, M: 1, L: 1 });
    const restocked = await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 2, variant: 'S' });
    expect(restocked.body.sale).toMatchObject({ quantity: 5, remaining: 4 });
    await eventuallyLeft({ S: 2, M: 1, L: 1 });
    expect((await buy('ida', 'S')).order).toMatchObject({ unit: 4, variant: 'S' });
    await eventually(async () =>
      expect((await shop.operate('DELETE', `/orders/${encodeURIComponent(order.id)}`)).status).toBe(200),
    );
    await eventuallyLeft({ S: 2, M: 1, L: 1 });
    // Not to the variant whose buyer asks first.
    expect((await buy('jon', 'L')).order).toMatchObject({ unit: 3, variant: 'L' });
    expect((await buy('kim', 'S')).order).toMatchObject({ unit: order.unit, variant: 'S' });
    expect(await cleanAudit(sale.id)).toMatchObject({
      variants: [
        { sku: 'S', quantity: 3, orders: 2, remaining: 1 },
        { sku: 'M', quantity: 1, orders: 0, remaining: 1 },
        { sku: 'L', quantity: 1, orders: 1, remaining: 0 },
      ],
    });
  });

  it('sells each variant exactly, to buyers of all of them at once on both nodes and transports', async () => {
    const wanted = { S: 90, M: 40, L: 15 };
    const sale = await start(sizes(wanted.S, wanted.M, wanted.L));
    const customers = Array.from({ length: 400 }, (_, i) => i);
    const sockets = await inParallel(customers, 50, async (i) =>
      i % 2 === 0 ? shop.shopper(`crowd-${i}`, nodes[i % 4 < 2 ? 0 : 1]) : null,
    );
    const answers = await inParallel(customers, 400, async (i) => {
      const variant = 'SML'[i % 3] as 'S' | 'M' | 'L';
      const socket = sockets[i];
      if (socket) {
        const answer = await ask(socket, `r-${i}`, variant);
        return { variant, code: answer.ok ? 'claimed' : answer.code, order: answer.order };
      }
      return { variant, ...(await buy(`crowd-${i}`, variant, `r-${i}`, nodes[i % 4 < 2 ? 0 : 1])) };
    });
    for (const [variant, quantity] of Object.entries(wanted)) {
      const of = answers.filter((answer) => answer.variant === variant);
      const claimed = of.filter(({ code }) => code === 'claimed');
      expect([variant, claimed.length]).toEqual([variant, quantity]);
      expect(claimed.every(({ order }) => order?.variant === variant)).toBe(true);
      expect(of.filter(({ code }) => code !== 'claimed' && code !== 'sold_out')).toEqual([]);
    }
    expect(new Set(answers.flatMap(({ order }) => order?.unit ?? [])).size).toBe(145);
    expect((await cleanAudit(sale.id)).variants?.map(({ orders }) => orders)).toEqual([90, 40, 15]);
    for (const socket of sockets) socket?.socket.disconnect();
  });

  it('sells on from its orders after Redis was wiped', async () => {
    const sale = await start(sizes(3, 2, 1));
    await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 2, variant: 'M' });
    for (const [customer, variant] of [
      ['mia', 'S'],
      ['ned', 'M'],
      ['oda', 'L'],
    ] as const)
      expect((await buy(customer, variant)).code).toBe('claimed');
    await cleanAudit(sale.id);
    const redis = new Redis(shop.redisUrl);
    await redis.multi().flushall().script('FLUSH').exec();
    redis.disconnect();
    await eventually(async () => expect((await buy('pam', 'M')).code).toBe('claimed'));
    await eventuallyLeft({ S: 2, M: 2, L: 0 });
    expect((await buy('quy', 'L')).code).toBe('sold_out');
    expect((await buy('mia', 'L')).order).toMatchObject({ variant: 'S', unit: 1 });
    const { variants, recoveries } = await cleanAudit(sale.id);
    expect(recoveries).toBeGreaterThan(0);
    expect(variants?.map(({ remaining }) => remaining)).toEqual([2, 2, 0]);
  });

  it('is sealed, reported, exported and audited with its variants', async () => {
    const sale = await start(sizes(1, 1, 1));
    for (const { sku } of sale.variants ?? []) await buy(`seal-${sku}`, sku);
    const seal = await eventually(async () => {
      const answer = await shop.request<SealAnswer>('GET', `/sales/${sale.id}/seal`);
      expect(answer.status).toBe(200);
      return answer.body;
    });
    expect(seal.variants?.[2]).toEqual({
      ...{ sku: 'L', quantity: 1, currency: 'USD', priceMinor: 109_950 },
      units: [{ from: 3, to: 3 }],
    });
    expect(JSON.parse(seal.statement ?? '')).toMatchObject({ variants: seal.variants });
    expect(await verifySale(nodes[0].url, sale.id, seal.digest)).toMatchObject({ ok: true });
    const report = await shop.request('GET', `/sales/${sale.id}/report`);
    expect(report.body.variants).toMatchObject([
      { sku: 'S', sold: 1 },
      { sku: 'M', sold: 1 },
      { sku: 'L', sold: 1, price: 1099.5 },
    ]);
    const csv = await shop.operate<{ text: string }>('GET', `/sales/${sale.id}/orders?format=csv`);
    const lines = csv.body.text.trim().split('\r\n');
    expect(lines[0]?.endsWith(',variant')).toBe(true);
    expect(
      lines
        .slice(1)
        .map((line) => line.split(',').at(-1))
        .toSorted(),
    ).toEqual(['L', 'M', 'S']);
    await plant(sale);
  });
});

/** An order that says another variant than its unit is found. */
async function plant(sale: Sale): Promise<void> {
  const database = await mongoose.createConnection(shop.mongodbUri).asPromise();
  try {
    await database
      .collection('orders')
      .updateOne({ saleId: sale.id, variant: 'S' }, { $set: { variant: 'M' } });
  } finally {
    await database.close();
  }
  const broken = (await shop.audit(sale.id)).checks.filter(({ holds }) => !holds);
  expect(broken.map(({ invariant }) => invariant)).toEqual([
    'no more orders of a variant than units of it',
    'every order has the variant and the price of its unit',
  ]);
}
