import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBuy } from '../../src/buying/buy.ts';
import { createOrderOfRequest } from '../../src/buying/order-of-request.ts';
import { createOrderStatusReader } from '../../src/buying/order-status.ts';
import { RecentClaims } from '../../src/buying/recent-claims.ts';
import { SoldOutMemory } from '../../src/buying/sold-out-memory.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { FakeMongo } from '../_support/fake-mongo.ts';
import { FakeRedis } from '../_support/fake-redis.ts';
import { portsOn } from '../_support/fake-stores.ts';
import { usd } from '../_support/usd.ts';

const clock = { now: () => 1 };
const saleOf = (id: string, createdAt: number): SaleRecord => ({
  ...{ id, product: { name: 'x', price: usd(1) }, perCustomer: 1, simulated: false, createdAt },
  terms: { revision: 1, quantity: 5, startsAt: 0, endsAt: null, paused: false, reason: null },
});

/** A node that knows the old sale, in a shop that has gone on to the new one. */
async function staleNode() {
  const [old, next] = [saleOf('old', 0), saleOf('new', 1)];
  const redis = new Map([old, next].map(({ id }) => [id, new FakeRedis()]));
  const mongo = new FakeMongo(old);
  const ports = portsOn(
    (saleId) => redis.get(saleId) as FakeRedis,
    mongo,
    async (_call, act) => act(),
    [],
  );
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
  show(old);
  let refreshed = 0;
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
      show(next);
    },
    onClosed: () => undefined,
    onAnswer: () => undefined,
    onFault: onError,
  });
  return { buy, current, next, ledger: ports.ledger, refreshed: () => refreshed };
}

test('a buy that names a sale of which the node has not heard is decided in that sale', async () => {
  const { buy } = await staleNode();
  expect(await buy('ann', { requestId: 'r', saleId: 'new' })).toMatchObject({
    ...{ ok: true, order: { saleId: 'new' } },
  });
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
