import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { epochContent } from '../../src/orders/recovery.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import { openOrders, type TestOrders } from '../_support/orders.ts';

let shop: TestOrders;
beforeAll(async () => {
  shop = await openOrders(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

const content = async (saleId: string, epoch: number) => {
  const found = await readLedgerContent(shop.redis.redis.commands, { saleId, epoch });
  if (found === null) throw new Error('the keys are gone');
  return found;
};

it('writes what the outbox still holds, and sells on from there, when Redis has lost its scripts', async () => {
  const { sale, at } = await shop.openSale(5);
  for (const customer of ['ann', 'bob', 'cem']) await shop.claim(at, `restart-${customer}`);
  await shop.redis.redis.commands.script('FLUSH');
  const outcome = await shop.recovery.recover(sale);
  expect(outcome).toEqual({ code: 'recovered', epoch: 2, orders: 3, drained: 3 });
  const rebuilt = await content(sale.id, 2);
  expect(rebuilt).toMatchObject({ remaining: 2, nextUnit: 4, returned: [] });
  expect((await shop.claim({ saleId: sale.id, epoch: 2 }, 'restart-dan')).unit).toBe(4);
});

it('keeps every confirmed order and puts lost claims back on sale, when Redis was wiped', async () => {
  const { sale, at } = await shop.openSale(5);
  const ann = await shop.claim(at, 'wiped-ann');
  const bob = await shop.claim(at, 'wiped-bob');
  await shop.settleAll(sale, at, await shop.redis.outbox.leftovers(at, 10), true);
  await shop.orders.cancel(`${sale.id}:wiped-ann:1`, Date.now());
  await shop.claim(at, 'wiped-cem');
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  expect(await shop.recovery.recover(sale)).toMatchObject({
    code: 'recovered',
    epoch: 2,
    orders: 1,
    drained: 0,
  });
  const rebuilt = await content(sale.id, 2);
  expect(rebuilt.holders).toMatchObject([{ customerId: 'wiped-bob', unit: bob.unit, seq: bob.seq }]);
  expect(rebuilt).toMatchObject({ remaining: 4, returned: [ann.unit], nextUnit: 3 });
  const now = { saleId: sale.id, epoch: 2 };
  expect((await shop.claim(now, 'wiped-dan')).unit).toBe(ann.unit);
  const again = await shop.redis.ledger.claim(now, {
    customerId: 'wiped-ann',
    requestId: 'new',
    arrivedAt: 1,
  });
  expect(again).toMatchObject({ code: 'already', cancelled: true });
});

it('counts the customers whose orders were written when their entries were lost', async () => {
  const { sale, at } = await shop.openSale(5);
  const claim = await shop.claim(at, 'uncounted-ann');
  await shop.orders.insert([claim], sale, Date.now());
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  expect(await shop.orders.totalPurchases('uncounted-ann')).toBe(0);
  await shop.recovery.recover(sale);
  expect(await shop.orders.totalPurchases('uncounted-ann')).toBe(1);
});

it('continues the numbering of changes above everything that was ever seen', async () => {
  const { sale, at } = await shop.openSale(5);
  const before = await shop.claim(at, 'seq-ann');
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  await shop.recovery.recover(sale);
  const after = await shop.claim({ saleId: sale.id, epoch: 2 }, 'seq-bob');
  expect(after.seq).toBeGreaterThan(before.seq + 1_000_000);
});

it('does nothing where nothing is wrong', async () => {
  const { sale } = await shop.openSale();
  expect(await shop.recovery.recover(sale)).toEqual({ code: 'open_already', epoch: 1 });
});

it('ends with one open epoch and true books, when several nodes recover at once', async () => {
  const { sale, at } = await shop.openSale();
  await shop.claim(at, 'crowd-ann');
  await shop.redis.redis.commands.script('FLUSH');
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => shop.recovery.recover(sale)));
  const recovered = outcomes.filter((outcome) => outcome.code === 'recovered');
  expect(recovered.length).toBeGreaterThan(0);
  const epoch = await shop.sales.epoch(sale.id);
  for (let past = 1; past < epoch; past++) {
    expect((await shop.redis.keys.inspect({ saleId: sale.id, epoch: past })).open).toBe(false);
  }
  expect((await shop.redis.keys.inspect({ saleId: sale.id, epoch })).open).toBe(true);
  expect(await content(sale.id, epoch)).toMatchObject({
    remaining: 2,
    holders: [{ customerId: 'crowd-ann', unit: 1 }],
  });
});

it('closes the old epoch to a node that still knows its script, in a false alarm', async () => {
  const { sale, at } = await shop.openSale();
  await shop.redis.redis.commands.hset(saleKeys(at).state, 'closed', '1');
  await shop.recovery.recover(sale);
  const late = await shop.redis.ledger.claim(at, { customerId: 'late-ann', requestId: 'r', arrivedAt: 1 });
  expect(late.code).toBe('closed');
});

it('makes an order known that a writer of the old epoch wrote too late', async () => {
  const { sale, at } = await shop.openSale();
  await shop.claim(at, 'frozen-ann');
  // The writer has the entry in hand when it freezes; Redis is wiped, and the sale recovered without it.
  const inHand = await shop.redis.outbox.leftovers(at, 10);
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  await shop.recovery.recover(sale);
  expect((await content(sale.id, 2)).remaining).toBe(3);
  await shop.settleAll(sale, at, inHand, true);
  const after = await content(sale.id, 2);
  expect(after).toMatchObject({
    remaining: 2,
    holders: [{ customerId: 'frozen-ann', unit: 1 }],
    nextUnit: 2,
  });
  expect((await shop.claim({ saleId: sale.id, epoch: 2 }, 'frozen-bob')).unit).toBe(2);
});

it('halts rather than sell when the orders contradict the sale', async () => {
  const { sale } = await shop.openSale(1);
  const order = {
    saleId: sale.id,
    n: 1,
    seq: 1,
    requestId: 'r',
    claimedAt: 0,
    arrivedAt: 0,
    price: 999,
    status: 'confirmed' as const,
    confirmedAt: 0,
  };
  const one = { ...order, customerId: 'a', unit: 1 };
  expect(() => epochContent(sale, [one, { ...one, customerId: 'b' }], 2)).toThrow(/does not add up/);
  expect(() => epochContent(sale, [{ ...one, unit: 2 }], 2)).toThrow(/does not add up/);
});
