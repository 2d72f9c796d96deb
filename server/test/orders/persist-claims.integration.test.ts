import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { openOrders, type TestOrders } from '../_support/orders.ts';

let shop: TestOrders;
beforeAll(async () => {
  shop = await openOrders(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => {
  shop.notified.length = 0;
  shop.persisted.length = 0;
});

const persistAll = async (sale: SaleRecord, at: SaleEpoch): Promise<void> =>
  shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 100), true);
const total = (customerId: string) => shop.orders.totalPurchases(customerId);
const inRedis = async (at: SaleEpoch) => {
  const content = await readLedgerContent(shop.redis.redis.commands, at);
  if (content === null) throw new Error('the keys are gone');
  expect(content.remaining + content.holders.length).toBe(content.quantity);
  return {
    remaining: content.remaining,
    holders: Object.fromEntries(content.holders.map((claim) => [claim.customerId, claim.unit])),
    returned: content.returned,
    waiting: content.waiting.length,
    deadLetters: content.deadLetters,
  };
};
/** An order that came into MongoDB past the claim script, as after a disaster. */
const standing = (sale: SaleRecord, customerId: string, unit: number, seq = 900): Promise<unknown> => {
  const claim: Claim = {
    saleId: sale.id,
    customerId,
    slot: 1,
    unit,
    seq,
    requestId: 'from before',
    claimedAt: Date.now(),
    arrivedAt: 0,
  };
  return shop.orders.insert([claim], sale, Date.now());
};

describe('the order writer', () => {
  it('writes a new claim, notifies the customer and empties the outbox', async () => {
    const { sale, at } = await shop.openSale();
    const claim = await shop.claim(at, 'writer-ann');
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['stored']);
    expect(await shop.orders.byId(`${sale.id}:writer-ann:1`)).toMatchObject({
      ...claim,
      status: 'confirmed',
    });
    expect(shop.notified).toMatchObject([
      { id: `${sale.id}:writer-ann:1`, status: 'confirmed', unit: claim.unit },
    ]);
    expect(await total('writer-ann')).toBe(1);
    expect((await inRedis(at)).waiting).toBe(0);
  });

  it('takes an entry that comes twice for one order, and counts it once', async () => {
    const { sale, at } = await shop.openSale();
    await shop.claim(at, 'twice-ann');
    const entries = await shop.redis.outbox.readAll(at, 10);
    await shop.persistAll(sale, at, entries, true);
    const first = await shop.orders.byId(`${sale.id}:twice-ann:1`);
    await shop.persistAll(sale, at, entries, true);
    expect(shop.persisted).toEqual(['stored', 'stored_before']);
    expect(await shop.orders.byId(`${sale.id}:twice-ann:1`)).toEqual(first);
    expect(await total('twice-ann')).toBe(1);
  });

  it('plans the mails before the entries leave the outbox, and again if it failed there', async () => {
    const { sale, at } = await shop.openSale();
    await shop.claim(at, 'mailed-ann');
    shop.mailed.length = 0;
    shop.mailsFail = true;
    await expect(persistAll(sale, at)).rejects.toThrow('no mails now');
    shop.mailsFail = false;
    expect((await inRedis(at)).waiting).toBe(1);
    await persistAll(sale, at);
    expect(shop.mailed).toEqual([`${sale.id}:mailed-ann:1`]);
    expect((await inRedis(at)).waiting).toBe(0);
  });

  it('keeps total purchases exact when many writers get the same entries at once', async () => {
    const { sale, at } = await shop.openSale(20, 2);
    for (const n of [1, 2])
      for (const who of ['p', 'q', 'r']) await shop.claim(at, `parallel-${who}`, `r-${n}`);
    const entries = await shop.redis.outbox.readAll(at, 100);
    await Promise.all([
      shop.persistAll(sale, at, entries, true),
      shop.persistAll(sale, at, entries.slice(0, 3), true),
      shop.persistAll(sale, at, entries.slice(3), true),
      shop.persistAll(sale, at, [...entries].reverse(), true),
    ]);
    expect(await Promise.all(['p', 'q', 'r'].map((who) => total(`parallel-${who}`)))).toEqual([2, 2, 2]);
    expect((await inRedis(at)).waiting).toBe(0);
  });

  it('keeps the stored order of a customer against another claim of theirs, and frees that unit', async () => {
    const { sale, at } = await shop.openSale();
    await standing(sale, 'double-ann', 3);
    const claim = await shop.claim(at, 'double-ann');
    expect(claim.unit).toBe(1);
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['customer_has_another']);
    expect(shop.notified).toMatchObject([{ unit: 3, status: 'confirmed' }]);
    expect(await inRedis(at)).toMatchObject({
      remaining: 2,
      holders: { 'double-ann': 3 },
      returned: [1, 2],
      waiting: 0,
    });
  });

  it('gives a claim whose unit is taken another unit, and confirms that', async () => {
    const { sale, at } = await shop.openSale();
    await standing(sale, 'taken-bob', 1);
    const claim = await shop.claim(at, 'taken-ann');
    expect(claim.unit).toBe(1);
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['reassigned']);
    expect(shop.notified.at(-1)).toMatchObject({ customerId: 'taken-ann', unit: 2, status: 'claimed' });
    await persistAll(sale, at);
    expect(shop.notified.at(-1)).toMatchObject({ customerId: 'taken-ann', unit: 2, status: 'confirmed' });
    expect(await inRedis(at)).toMatchObject({
      remaining: 1,
      holders: { 'taken-ann': 2, 'taken-bob': 1 },
      waiting: 0,
    });
  });

  it('revokes a claim whose unit is taken when none is left, and says so', async () => {
    const { sale, at } = await shop.openSale(1);
    await standing(sale, 'last-bob', 1);
    await shop.claim(at, 'last-ann');
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['revoked']);
    expect(shop.notified).toMatchObject([{ customerId: 'last-ann', status: 'revoked' }]);
    expect(await inRedis(at)).toMatchObject({ remaining: 0, holders: { 'last-bob': 1 }, waiting: 0 });
    expect(await total('last-ann')).toBe(0);
  });

  it('moves what is no claim, or does not fit the sale, to the dead letters, and continues', async () => {
    const { sale, at } = await shop.openSale();
    const { outbox, state } = saleKeys(at);
    await shop.redis.redis.commands.xadd(outbox, '*', 'customer', 'poison-x', 'unit', 'one');
    await shop.redis.redis.commands.hset(state, 'next', 7);
    await shop.claim(at, 'poison-far');
    await shop.redis.redis.commands.hset(state, 'next', 1);
    await shop.claim(at, 'poison-ann');
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['unreadable', 'invalid', 'stored']);
    expect(await shop.redis.outbox.depth(at)).toMatchObject({ waiting: 0, deadLetters: 2 });
    expect(await shop.orders.byId(`${sale.id}:poison-far:1`)).toBeNull();
  });

  it('believes a restock that this node has not heard of', async () => {
    const { sale, at } = await shop.openSale(1);
    const terms = { ...sale.terms, quantity: 5, revision: 2 };
    await shop.sales.revise(sale.id, terms, { action: 'restock', by: 'olga', at: Date.now() });
    await shop.redis.ledger.configure(at, terms);
    await shop.claim(at, 'restock-ann');
    await shop.claim(at, 'restock-bob');
    await persistAll(sale, at);
    expect(shop.persisted).toEqual(['stored', 'stored']);
  });

  it('does not restore a cancelled order when its entry comes again', async () => {
    const { sale, at } = await shop.openSale();
    await shop.claim(at, 'back-ann');
    const entries = await shop.redis.outbox.readAll(at, 10);
    await shop.persistAll(sale, at, entries, true);
    await shop.orders.cancel(`${sale.id}:back-ann:1`, Date.now());
    await shop.persistAll(sale, at, entries, true);
    expect(shop.persisted.at(-1)).toBe('cancelled_before');
    expect(await shop.orders.byId(`${sale.id}:back-ann:1`)).toMatchObject({ status: 'cancelled' });
    expect(await total('back-ann')).toBe(0);
  });

  it('resells a cancelled unit under the same unique index', async () => {
    const { sale, at } = await shop.openSale(1);
    const claim = await shop.claim(at, 'resell-ann');
    await persistAll(sale, at);
    await shop.orders.cancel(`${sale.id}:resell-ann:1`, Date.now());
    await shop.redis.ledger.release(at, claim, 'cancelled');
    expect((await shop.claim(at, 'resell-bob')).unit).toBe(1);
    await persistAll(sale, at);
    expect(shop.persisted.at(-1)).toBe('stored');
  });

  it('takes over the entries of a writer that died with them', async () => {
    const { sale, at } = await shop.openSale();
    await shop.claim(at, 'orphan-ann');
    const dead = shop.outboxOf('a writer that dies');
    expect(await dead.read(at, 10, 10)).toHaveLength(1);
    const heir = shop.outboxOf('its heir');
    expect(await heir.read(at, 10, 10)).toHaveLength(0);
    const orphans = await heir.claimStale(at, 10, 0);
    await shop.persistAll(sale, at, orphans, true);
    expect(shop.persisted).toEqual(['stored']);
    expect(await shop.redis.outbox.depth(at)).toMatchObject({ waiting: 0, deadLetters: 0 });
  });

  it('counts several orders of one customer, in one batch and in two that cross', async () => {
    const { sale, at } = await shop.openSale(10, 4);
    for (const request of ['r1', 'r2']) await shop.claim(at, 'many-ann', request);
    await persistAll(sale, at);
    expect(await total('many-ann')).toBe(2);
    for (const request of ['r1', 'r2', 'r3', 'r4']) await shop.claim(at, 'many-bob', request);
    const entries = await shop.redis.outbox.readAll(at, 10);
    await Promise.all([
      shop.persistAll(sale, at, entries.slice(0, 1), true),
      shop.persistAll(sale, at, entries.slice(1), true),
      shop.persistAll(sale, at, entries, true),
    ]);
    expect(await total('many-bob')).toBe(4);
  });

  it('finishes a batch of customers who have all bought before', async () => {
    const customers = Array.from({ length: 150 }, (_, i) => `regular-${i}`);
    for (const which of ['first', 'second']) {
      const { sale, at } = await shop.openSale(customers.length);
      await Promise.all(customers.map((customer) => shop.claim(at, customer, `${customer}-${which}`)));
      await shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 500), true);
      expect(await shop.redis.outbox.depth(at)).toMatchObject({ waiting: 0, deadLetters: 0 });
    }
    expect(await total('regular-0')).toBe(2);
    expect(await total('regular-149')).toBe(2);
  });
});

describe('MongoDB', () => {
  it('refuses two orders on one unit, a unit out of range, and a filter from outside', async () => {
    const { sale } = await shop.openSale();
    const { Order } = shop.models;
    await standing(sale, 'index-ann', 1);
    const [doc] = await Order.find({ saleId: sale.id }).lean();
    const copy = { ...doc, _id: 'another', customerId: 'index-bob' };
    await expect(new Order(copy).save()).rejects.toMatchObject({ code: 11000 });
    await expect(new Order({ ...copy, unit: 4 }).save()).rejects.toThrow(/beyond the quantity/);
    await expect(new Order({ ...copy, unit: 0 }).save()).rejects.toThrow(/unit/);
    await expect(new Order({ ...copy, unit: 1.5 }).save()).rejects.toThrow(/unit/);
  });
});
