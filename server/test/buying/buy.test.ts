import { createSecretKey } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createBuy } from '../../src/buying/buy.ts';
import { createOrderOfRequest, searchesMax } from '../../src/buying/order-of-request.ts';
import { createOrderStatusReader } from '../../src/buying/order-status.ts';
import { RecentClaims } from '../../src/buying/recent-claims.ts';
import { SoldOutMemory } from '../../src/buying/sold-out-memory.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { restocked } from '../../src/sale/variant.ts';
import type { Turn } from '../_support/fake-ledger.ts';
import { FakeMongo } from '../_support/fake-mongo.ts';
import { FakeRedis } from '../_support/fake-redis.ts';
import { portsOn } from '../_support/fake-stores.ts';
import { usd } from '../_support/usd.ts';

const clock = { now: () => 1 };
const saleOf = (id: string, createdAt: number): SaleRecord => ({
  ...{ id, product: { name: 'x', price: usd(1) }, perCustomer: 1, simulated: false, createdAt },
  terms: { revision: 1, quantity: 5, startsAt: 0, endsAt: null, paused: false, reason: null },
});

/** A node that knows the old sale, or none, in a shop that has gone on to the new one. `turn`: of each call of a store. */
async function staleNode(turn: Turn = async (_call, act) => act(), { knowsOld = true } = {}) {
  const [old, next] = [saleOf('old', 0), saleOf('new', 1)];
  const redis = new Map([old, next].map(({ id }) => [id, new FakeRedis()]));
  const mongo = new FakeMongo(old);
  const ports = portsOn((saleId) => redis.get(saleId) as FakeRedis, mongo, turn, []);
  mongo.add(next);
  const current = new CurrentSale(clock);
  const show = (sale: SaleRecord) =>
    current.replace({
      ...{ sale, epoch: 1, stock: { remaining: 5, seq: 0 }, lastClaimAt: null, available: true },
    });
  for (const sale of [old, next]) {
    const at = { saleId: sale.id, epoch: 1 };
    const empty = { holders: [], cancelled: [], returned: [], nextUnit: 1, remaining: 5, seq: 0 };
    await ports.keys.build(at, { terms: sale.terms, perCustomer: 1, ...empty });
    await ports.keys.open(at);
  }
  if (knowsOld) show(old);
  let refreshed = 0;
  let newest: SaleRecord | null = next;
  const onError = (error: unknown) => {
    throw error;
  };
  const buy = createBuy({
    ...{ ...ports, current, clock, recent: new RecentClaims() },
    soldOut: new SoldOutMemory({ current, clock, ledger: ports.ledger, onError }),
    rate: { waitMs: () => 0, refuse: () => undefined, takeLocally: () => 0 },
    orderStatus: createOrderStatusReader(ports.orders),
    orderOfRequest: createOrderOfRequest(ports),
    receiptKeys: [createSecretKey(Buffer.alloc(32))],
    refresh: async () => {
      refreshed++;
      if (newest !== null) show(newest);
    },
    onClosed: () => undefined,
    onAnswer: () => undefined,
    onFault: onError,
  });
  const readsOnly = (sale: SaleRecord) => {
    newest = sale;
    show(sale);
  };
  const noneExists = () => {
    newest = null;
  };
  const { ledger, keys } = ports;
  return { buy, noneExists, current, next, show, readsOnly, ledger, keys, refreshed: () => refreshed };
}

test('a unit of a restock that the node has not heard of is sold as the variant that was asked for, at its price', async () => {
  const { buy, next, readsOnly, keys } = await staleNode();
  const known = [
    { sku: 'S', name: 'Small', price: usd(1), ranges: [{ from: 1, to: 1 }] },
    { sku: 'L', name: 'Large', price: usd(2), ranges: [{ from: 2, to: 2 }] },
  ];
  readsOnly({ ...next, terms: { ...next.terms, quantity: 2, variants: known } });
  const terms = { ...next.terms, revision: 2, quantity: 4, variants: restocked(known, 'L', 2) };
  const at = { saleId: next.id, epoch: 1 };
  const stocks = [
    { nextUnit: 1, remaining: 1 },
    { nextUnit: 3, remaining: 2 },
  ];
  const empty = { holders: [], cancelled: [], returned: [], nextUnit: 1, remaining: 3, seq: 0 };
  await keys.build(at, { terms, perCustomer: 1, ...empty, variants: stocks });
  await keys.open(at);
  const bought = { ok: true, order: { unit: 3, variant: 'L', price: 2 } };
  expect(await buy('ann', { requestId: 'r', variant: 'L' })).toMatchObject(bought);
  // Only the newest terms say what an earlier claim was of: with another price the answer would not be the same.
  expect(await buy('ann', { requestId: 'r', variant: 'L' })).toMatchObject({
    ok: false,
    code: 'unavailable',
  });
  readsOnly({ ...next, terms });
  expect(await buy('ann', { requestId: 'r', variant: 'S' })).toMatchObject(bought);
});

test('a buy that names a sale of which the node has not heard is decided in that sale', async () => {
  const { buy } = await staleNode();
  expect(await buy('ann', { requestId: 'r', saleId: 'new' })).toMatchObject({
    ...{ ok: true, order: { saleId: 'new' } },
  });
});

test('a buy that names the shop’s first sale before the node has heard of it is decided in that sale', async () => {
  const { buy, refreshed } = await staleNode(undefined, { knowsOld: false });
  expect(await buy('ann', { requestId: 'r' })).toMatchObject({ code: 'no_sale' });
  expect(refreshed()).toBe(0);
  expect(await buy('ann', { requestId: 'r', saleId: 'new' })).toMatchObject({
    ...{ ok: true, order: { saleId: 'new' } },
  });
  expect(refreshed()).toBe(1);
});

test('a buy that names a sale in a shop without sales is refused once the node has looked', async () => {
  const { buy, noneExists, refreshed } = await staleNode(undefined, { knowsOld: false });
  noneExists();
  expect(await buy('ann', { requestId: 'r', saleId: 'new' })).toMatchObject({ code: 'no_sale' });
  expect(refreshed()).toBe(1);
});

test('a sale of which the node has not heard is asked whether this customer may buy in it', async () => {
  const { buy, current, ledger } = await staleNode();
  const refusal = { ok: false, code: 'access_code_needed', message: 'Redeem a code first.' } as const;
  const asked: string[] = [];
  const answer = await buy('ann', { requestId: 'r', saleId: 'new' }, ({ id }) => {
    asked.push(id);
    return refusal;
  });
  expect([answer, asked, current.snapshot?.sale.id]).toEqual([refusal, ['new'], 'new']);
  expect(await ledger.claimsOf({ saleId: 'new', epoch: 1 }, 'ann', 1)).toEqual([]);
});

test('a sale that takes over right after the buy came is asked too', async () => {
  const { buy, show, next } = await staleNode();
  show(next);
  const refusal = { ok: false, code: 'account_too_new', message: 'Wait for the next sale.' } as const;
  const refusedIn = ({ id }: SaleRecord) => (id === 'new' ? refusal : null);
  expect(await buy('ann', { requestId: 'r' }, refusedIn)).toEqual(refusal);
});

test('a buy that names a sale that is not there is refused once the node has looked', async () => {
  const { buy, refreshed } = await staleNode();
  expect(await buy('ann', { requestId: 'r', saleId: 'neither' })).toMatchObject({ code: 'sale_not_active' });
  expect(refreshed()).toBe(2);
});

test('a sale that takes the page soon hears what is bought before it, before the customer does', async () => {
  const { buy, current, next, ledger } = await staleNode();
  const snapshot = { sale: next, epoch: 1, stock: { remaining: 5, seq: 0 }, lastClaimAt: null };
  current.announceNext({ takesOverAt: 2, snapshot: { ...snapshot, available: true } });
  expect(await buy('ann', { requestId: 'r' })).toMatchObject({ ok: true, order: { saleId: 'old' } });
  expect(await ledger.earlierOf({ saleId: 'new', epoch: 1 }, 'ann', 'r')).toMatchObject({
    ...{ claim: { saleId: 'old', unit: 1 }, price: usd(1) },
  });
});

test('a crowd that names an earlier sale costs MongoDB one search for each buy, and only so many at once', async () => {
  const calls: string[] = [];
  let answering = true;
  const held: (() => void)[] = [];
  const { buy, show, next } = await staleNode(async (call, act) => {
    calls.push(call);
    if (!answering && call === 'orderById') await new Promise<void>((resolve) => held.push(resolve));
    return act();
  });
  const first = await buy('ann', { requestId: 'of ann' });
  expect(first).toMatchObject({ ok: true, order: { saleId: 'old' } });
  show(next);
  const ask = (index: number) => buy(`customer ${index}`, { requestId: 'r', saleId: 'old' });
  await ask(0);
  calls.length = 0;
  answering = false;
  const answers = Array.from({ length: 500 }, (_, index) => ask(index));
  await vi.waitFor(() => expect(held).toHaveLength(searchesMax));
  answering = true;
  for (const release of held) release();
  const codes = (await Promise.all(answers)).map((answer) => (answer.ok ? 'ok' : answer.code));
  expect(new Set(codes.slice(searchesMax))).toEqual(new Set(['unavailable']));
  expect(new Set(codes.slice(0, searchesMax))).toEqual(new Set(['sale_not_active']));
  expect(calls.filter((call) => call === 'orderById')).toHaveLength(searchesMax);
  expect(calls).not.toContain('sale');
  // Once they are gone, there is room.
  expect(await ask(600)).toMatchObject({ code: 'sale_not_active' });
});

test('a press while all units are held says how many may come back, and buys again when one does', async () => {
  const { buy, next, readsOnly, ledger, current } = await staleNode();
  const terms = { ...next.terms, payment: { holdSeconds: 60, holdsMax: 2 } };
  readsOnly({ ...next, terms });
  const at = { saleId: next.id, epoch: 1 };
  for (let unit = 1; unit <= 5; unit++)
    await ledger.claim(at, { customerId: `c-${unit}`, requestId: 'r', arrivedAt: 1 });
  current.setStock(next.id, { remaining: 0, seq: 7, sold: 2 }, 1);
  const refused = { ok: false, code: 'sold_out' };
  // From Redis, and from the node's own list.
  for (let press = 0; press < 3; press++) {
    const answer = await buy('zoe', { requestId: `r-${press}` });
    expect(answer).toMatchObject({
      ...refused,
      inCheckout: 3,
      message: expect.stringContaining('3 are not paid'),
    });
  }
  current.setStock(next.id, { remaining: 0, seq: 10, sold: 5 }, null);
  const answer = await buy('zoe', { requestId: 'r-3' });
  expect(answer).toMatchObject({ ...refused, message: 'All units are sold.' });
  expect(answer).not.toHaveProperty('inCheckout');

  const [held] = await ledger.claimsOf(at, 'c-1', 1);
  if (held === undefined) throw new Error('not held');
  await ledger.release(at, held.claim, 'forgotten');
  current.setStock(next.id, { remaining: 1, seq: 11, sold: 4 }, null);
  expect(await buy('zoe', { requestId: 'r-4' })).toMatchObject({ ok: true, order: { unit: 1 } });
});
