import type { SealAnswer, SealLeaf } from '@flipzon/protocol/seal-schemas.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createSweptSales, type SweptSale } from '../../src/holds/swept-sales.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import { subscribe } from '../../src/redis/subscriptions.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { Hold, HoldEnd } from '../../src/sale/hold.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { StockLevel } from '../../src/sale/sale.ts';
import { chunkRoot } from '../../src/seal/build-seal.ts';
import { openHolds, paymentTerms } from '../_support/holds.ts';
import { openOrders, type TestOrders } from '../_support/orders.ts';
import { eventually } from '../_support/shopper.ts';
import { usd } from '../_support/usd.ts';
import { verdictOn } from '../_support/verify-proof.ts';

let shop: TestOrders;
let node: ReturnType<typeof openHolds>;
const clock = { at: 0, now: () => clock.at };
beforeAll(async () => {
  shop = await openOrders(inject('mongodbUri'));
  node = openHolds(shop, clock);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(async () => {
  node.notified.length = 0;
  node.faults.length = 0;
  // Later than every claim of the test.
  clock.at = (await shop.redis.now()) + 10_000;
});

const paid: Omit<HoldEnd, 'at'> = {
  outcome: 'paid',
  by: 'shop',
  payment: { reference: 'p-1', amountMinor: 99_900, currency: 'USD' },
};
const end = (hold: Hold, wanted: Omit<HoldEnd, 'at'>) => node.endHold.end(hold, { ...wanted, at: clock.at });
const holdOf = async (saleId: string, customerId: string, tryNumber = 1): Promise<Hold> => {
  const record = await shop.holds.byId(`${saleId}:${customerId}:1:${tryNumber}`);
  if (record === null) throw new Error('no hold');
  return record.hold;
};
const claim = (at: SaleEpoch, customerId: string, requestId: string) =>
  shop.redis.ledger.claim(at, { customerId, requestId, arrivedAt: 1 });

it('a claim becomes a hold, and a paid hold an order under the id that it has in every sale', async () => {
  const { sale, at } = await node.openSale(3);
  const ann = await shop.claim(at, 'ann');
  await node.persistAll(sale, at);
  expect(await node.figures(at)).toMatchObject({ remaining: 2, claimed: 1, confirmed: 0, open: 1, due: 1 });
  expect(node.notified).toMatchObject([{ id: `${sale.id}:ann:1`, status: 'held', unit: ann.unit }]);
  const hold = await holdOf(sale.id, 'ann');
  expect(hold.payBy).toBe(clock.at + paymentTerms.holdSeconds * 1_000);

  const [first, second] = await Promise.all([end(hold, paid), end(hold, { outcome: 'released', by: 'ann' })]);
  // Whichever was first stands for both.
  expect(first.end).toEqual(second.end);
  const isPaid = first.end.outcome === 'paid';
  expect(await node.figures(at)).toMatchObject({
    confirmed: isPaid ? 1 : 0,
    remaining: isPaid ? 2 : 3,
    due: 0,
  });

  const bob = await shop.claim(at, 'bob');
  await node.persistAll(sale, at);
  const held = await holdOf(sale.id, 'bob');
  const done = await end(held, paid);
  expect(done.carried).toMatchObject({
    code: 'done',
    order: { status: 'confirmed', unit: bob.unit, seq: bob.seq },
  });
  // Asked again, and expired too late.
  expect((await end(held, paid)).end).toEqual(done.end);
  expect((await end(held, { outcome: 'expired', by: 'x' })).end.outcome).toBe('paid');
  expect(await shop.orders.byId(`${sale.id}:bob:1`)).toMatchObject({ status: 'confirmed' });
  expect(await shop.orders.totalPurchases('bob')).toBe(1);
  expect(await node.figures(at)).toMatchObject({ sold: isPaid ? 2 : 1, due: 0, open: 0 });
});

it('two sweepers end due holds once; the customer may try again, and the last try uses up the share', async () => {
  const { sale, at } = await node.openSale(3);
  const first = await shop.claim(at, 'ann', 'r-1');
  await shop.claim(at, 'bob', 'r-1');
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'bob'), { outcome: 'released', by: 'bob' });
  const sweeps = [node.sweepOn(at), node.sweepOn(at)];
  await Promise.all(sweeps.map((sweep) => sweep.sweepOnce()));
  expect(await node.figures(at)).toMatchObject({ remaining: 2, claimed: 1, open: 1, due: 1 });

  clock.at += paymentTerms.holdSeconds * 1_000;
  // Each takes its turn under a lease of its own, as if the first one's had run out.
  await shop.redis.redis.commands.del(`sale:{${sale.id}}:sweeping`);
  await Promise.all([
    sweeps[0]?.sweepOnce(),
    shop.redis.redis.commands.del(`sale:{${sale.id}}:sweeping`).then(() => sweeps[1]?.sweepOnce()),
  ]);
  expect(node.faults).toEqual([]);
  expect(await node.figures(at)).toMatchObject({ remaining: 3, claimed: 0, open: 0, due: 0 });
  expect(node.notified.at(-1)).toMatchObject({ id: `${sale.id}:ann:1`, status: 'expired' });
  const ended = await shop.holds.byId(`${sale.id}:ann:1:1`);
  expect(ended).toMatchObject({
    hold: { letGo: true },
    end: { outcome: 'expired', by: expect.stringMatching(/^sweep 1\.\d+$/) },
  });

  // The same request gets the same answer and no unit; another one is the second try, on the same unit.
  expect(await claim(at, 'ann', 'r-1')).toMatchObject({ code: 'earlier', claim: { unit: first.unit } });
  expect(await claim(at, 'ann', 'r-2')).toMatchObject({ code: 'claimed', claim: { unit: first.unit } });
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'ann', 2), { outcome: 'released', by: 'ann' });
  expect(await claim(at, 'ann', 'r-3')).toMatchObject({ code: 'limit_reached', cancelled: true });
  expect(await node.figures(at)).toMatchObject({ remaining: 3, free: 3, claimed: 0 });
});

it('what a node leaves when it dies after the decision, the sweep carries out', async () => {
  const { sale, at } = await node.openSale(4);
  for (const customer of ['dead-ann', 'dead-bob', 'dead-cem']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  const dies = async () => {
    throw new Error('died');
  };
  const [ann, bob, cem] = [
    await holdOf(sale.id, 'dead-ann'),
    await holdOf(sale.id, 'dead-bob'),
    await holdOf(sale.id, 'dead-cem'),
  ];
  const released = { outcome: 'released', by: 'x', at: clock.at } as const;
  await expect(
    node.endHoldOn({ orders: { ...shop.orders, insert: dies } }).end(ann, { ...paid, at: clock.at }),
  ).rejects.toThrow('died');
  await expect(node.endHoldOn({ holds: { ...shop.holds, letGo: dies } }).end(bob, released)).rejects.toThrow(
    'died',
  );
  const noDone = { ...shop.holds, done: dies };
  await expect(node.endHoldOn({ holds: noDone }).end(cem, { ...paid, at: clock.at })).rejects.toThrow('died');

  // Younger ends are left to the nodes that decided them.
  await node.sweepOn(at).sweepOnce();
  expect(await node.figures(at)).toMatchObject({ confirmed: 1, remaining: 1 });
  clock.at += 6_000;
  await shop.redis.redis.commands.del(`sale:{${sale.id}}:sweeping`);
  await node.sweepOn(at).sweepOnce();
  expect(node.faults).toEqual([]);
  expect(await node.figures(at)).toMatchObject({ confirmed: 2, remaining: 2, sold: 2, open: 0, due: 0 });
  expect(await shop.holds.unfinished(Number.MAX_SAFE_INTEGER / 2, 10)).toEqual([]);
  expect(await shop.orders.totalPurchases('dead-ann')).toBe(1);
});

it('a Redis that was wiped gets open, paid and ended holds back from MongoDB', async () => {
  const { sale, at } = await node.openSale(5);
  for (const customer of ['wiped-ann', 'wiped-bob', 'wiped-cem', 'wiped-dan']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'wiped-ann'), paid);
  await end(await holdOf(sale.id, 'wiped-bob'), { outcome: 'released', by: 'wiped-bob' });
  // Decided while Redis is gone, and carried out afterwards.
  const cem = await holdOf(sale.id, 'wiped-cem');
  await shop.holds.end(cem, { ...paid, at: clock.at });
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  expect(await node.recovery.recover(sale)).toMatchObject({ code: 'recovered', epoch: 2, orders: 3 });

  const now = { saleId: sale.id, epoch: 2 };
  expect(await node.figures(now)).toMatchObject({ remaining: 2, claimed: 3, due: 1, sold: 1, free: 2 });
  expect(await claim(now, 'wiped-bob', 'wiped-bob-1')).toMatchObject({ code: 'earlier' });
  expect(await claim(now, 'wiped-bob', 'wiped-bob-2')).toMatchObject({ code: 'claimed' });
  await node.persistAll(sale, now);
  expect(await holdOf(sale.id, 'wiped-bob', 2)).toMatchObject({ tryNumber: 2 });

  clock.at += paymentTerms.holdSeconds * 1_000;
  await node.sweepOn(now).sweepOnce();
  expect(node.faults).toEqual([]);
  // Dan and Bob did not pay.
  expect(await node.figures(now)).toMatchObject({ confirmed: 2, sold: 2, remaining: 3, open: 0, due: 0 });
});

it('a receipt does not bring back a claim whose hold has ended, and one that comes all the same loses its unit again', async () => {
  const { sale, at } = await node.openSale(2);
  const ann = await shop.claim(at, 'back-ann');
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'back-ann'), { outcome: 'released', by: 'back-ann' });
  const before = (await node.content(at)).seq;
  using current = new CurrentSale(clock);
  const stock = { remaining: 2, seq: before };
  current.replace({ sale, epoch: at.epoch, stock, lastClaimAt: null, available: true });
  using restores = node.restoresOf(current);
  node.notified.length = 0;
  await restores.redeem(ann);
  expect(node.notified).toMatchObject([{ id: `${sale.id}:back-ann:1`, status: 'released' }]);
  expect(await node.content(at)).toMatchObject({ seq: before, remaining: 2 });

  // A writer of an earlier epoch may still bring it.
  expect(await shop.redis.ledger.restore(at, ann)).toMatchObject({ code: 'restored' });
  await node.persistAll(sale, at);
  expect(await node.figures(at)).toMatchObject({ remaining: 2, claimed: 0, open: 0, due: 0 });
});

it('a checkout and a customer end a hold, and get the same answer to the same question', async () => {
  const { sale, at } = await node.openSale(3);
  for (const customer of ['paid-ann', 'paid-bob', 'paid-cem']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  const { pay, giveUp } = node.settleHold;
  const id = (customer: string) => `${sale.id}:${customer}:1:1`;
  const payment = { reference: 'p-1', amountMinor: 99_900, currency: 'USD' };

  expect(await pay(id('nobody'), payment, 'shop')).toMatchObject({ code: 'not_found' });
  for (const wrong of [{ amountMinor: 99_899 }, { currency: 'EUR' }])
    expect(await pay(id('paid-ann'), { ...payment, ...wrong }, 'shop')).toMatchObject({
      code: 'wrong_amount',
    });
  expect(await giveUp(id('paid-ann'), 'paid-bob')).toMatchObject({ code: 'not_found' });
  expect(await node.figures(at)).toMatchObject({ open: 3, confirmed: 0 });

  const both = await Promise.all([
    pay(id('paid-ann'), payment, 'shop'),
    pay(id('paid-ann'), payment, 'shop'),
  ]);
  expect(both[0]).toMatchObject({ ok: true, order: { status: 'confirmed' } });
  expect(both[1]).toEqual(both[0]);
  expect(await pay(id('paid-ann'), { ...payment, reference: 'p-2' }, 'shop')).toMatchObject({
    code: 'hold_ended',
    order: { status: 'confirmed' },
  });
  expect(await giveUp(id('paid-ann'), 'paid-ann')).toMatchObject({ code: 'hold_ended' });

  const released = { ok: true, order: { status: 'released' } };
  expect(await giveUp(id('paid-bob'), 'paid-bob')).toMatchObject(released);
  expect(await giveUp(id('paid-bob'), 'paid-bob')).toMatchObject(released);
  expect(await pay(id('paid-bob'), payment, 'shop')).toMatchObject({
    code: 'hold_ended',
    order: { status: 'released' },
  });

  // Late, and nothing else was decided: the unit is still the customer's.
  clock.at += paymentTerms.holdSeconds * 1_000 + 1;
  expect(await pay(id('paid-cem'), { ...payment, reference: 'p-3' }, 'shop')).toMatchObject({ ok: true });
  await node.sweepOn(at).sweepOnce();
  expect(node.faults).toEqual([]);
  expect(await node.figures(at)).toMatchObject({ confirmed: 2, sold: 2, remaining: 1, open: 0, due: 0 });
});

it('counts of what is in checkout and sold come with the stock, in one message, and with each look', async () => {
  const { sale, at } = await node.openSale(3);
  const published: StockLevel[] = [];
  const ignored = () => undefined;
  await subscribe(shop.redis.redis.subscriber, 'another-node', {
    onStock: (saleId, stock) => void (saleId === sale.id && published.push(stock)),
    ...{ onAnnouncement: ignored, onPresence: ignored, onNodeStats: ignored, onIgnored: ignored },
  });
  for (const customer of ['count-ann', 'count-bob']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  const [ann, bob] = [await holdOf(sale.id, 'count-ann'), await holdOf(sale.id, 'count-bob')];
  await end(ann, paid);
  const inspected = async () => (await shop.redis.keys.inspect(at, true)).stock;
  expect(await inspected()).toEqual({ remaining: 1, seq: 3, sold: 1 });
  expect((await shop.redis.keys.inspect(at)).stock).toEqual({ remaining: 1, seq: 3 });
  await end(bob, { outcome: 'released', by: 'count-bob' });
  await end(bob, { outcome: 'released', by: 'count-bob' });
  // Its order was cancelled.
  await shop.redis.holds.endHold(at, ann, true);
  expect(await inspected()).toEqual({ remaining: 3, seq: 5, sold: 0 });
  expect(await shop.redis.ledger.stockInUse(at)).toEqual({ quantity: 3, remaining: 3, held: 0 });
  expect(await shop.redis.ledger.allClaims(at, 10, true)).toMatchObject({ stock: { remaining: 3, sold: 0 } });
  expect((await shop.redis.ledger.allClaims(at, 10))?.stock).toEqual({ remaining: 3, seq: 5 });
  await expect
    .poll(() => published)
    .toEqual([
      { remaining: 2, seq: 1 },
      { remaining: 1, seq: 2 },
      { remaining: 1, seq: 3, sold: 1 },
      { remaining: 2, seq: 4 },
      { remaining: 3, seq: 5, sold: 0 },
    ]);
});

it('an audit finds what is wrong between holds, orders and Redis, in the stores themselves', async () => {
  const { sale, at } = await node.openSale(5);
  for (const customer of ['audit-ann', 'audit-bob', 'audit-cem']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  const bob = await holdOf(sale.id, 'audit-bob');
  await end(bob, paid);
  await end(await holdOf(sale.id, 'audit-cem'), { outcome: 'released', by: 'audit-cem' });
  await shop.claim(at, 'audit-cem', 'again');
  const waiting = await node.audited(at);
  expect(waiting).toMatchObject({ clean: true, broken: [], outbox: 1, holds: { open: 1 } });
  await node.persistAll(sale, at);
  const counts = { open: 2, paid: 1, expired: 0, released: 1, overdue: 0 };
  expect(await node.audited(at)).toMatchObject({
    clean: true,
    claims: 3,
    remaining: 2,
    orders: 1,
    holds: counts,
  });

  const { commands } = shop.redis.redis;
  const { sold, due } = saleKeys(at);
  await commands.hset(sold, '1:audit-cem', 9);
  await commands.zrem(due, `${sale.id}:audit-ann:1:1`);
  expect((await node.audited(at)).broken).toEqual([
    'Redis: remaining + in checkout + sold = quantity',
    'the sweep will find every open hold',
    'Redis counts as sold what has an order',
  ]);
  await commands.hdel(sold, '1:audit-cem');
  await commands.zadd(due, (await holdOf(sale.id, 'audit-ann')).payBy - 1, `${sale.id}:audit-ann:1:1`);
  await shop.models.Order.deleteOne({ _id: `${sale.id}:audit-bob:1` });
  expect((await node.audited(at)).broken).toEqual([
    'every paid hold has its order',
    'Redis counts as sold what has an order',
  ]);
  await shop.orders.insert([bob], sale, clock.at);
  const inUse = (before: number) => shop.redis.ledger.stockInUse(at, before);
  const { payBy } = await holdOf(sale.id, 'audit-cem', 2);
  expect(await inUse(clock.at)).toEqual({ quantity: 5, remaining: 2, held: 3, sold: 1, overdue: 0 });
  expect((await inUse(payBy))?.overdue).toBe(1);
  expect((await inUse(payBy + 1))?.overdue).toBe(2);
  clock.at += paymentTerms.holdSeconds * 1_000 + 61_000;
  const late = await node.audited(at);
  expect(late).toMatchObject({
    broken: ['every hold ends once its time to pay is over'],
    holds: { overdue: 2 },
  });
  await node.sweepOn(at).sweepOnce();
  expect(await node.audited(at)).toMatchObject({ broken: [], holds: { open: 0, expired: 2, overdue: 0 } });
});

it('an audit in the middle of buys, payments and releases raises no false alarm', async () => {
  const { sale, at } = await node.openSale(12);
  const customers = Array.from({ length: 12 }, (_, index) => `busy-${index}`);
  let isSelling = true;
  const writing = async () => {
    while (isSelling) await node.persistAll(sale, at);
  };
  const sweep = node.sweepOn(at);
  const selling = async (customer: string, index: number) => {
    for (const request of ['r-1', 'r-2']) {
      if ((await claim(at, customer, request)).code !== 'claimed') return;
      const tryNumber = Number(request.at(-1));
      const hold = await expect
        .poll(() => shop.holds.byId(`${sale.id}:${customer}:1:${tryNumber}`))
        .not.toBeNull()
        .then(() => holdOf(sale.id, customer, tryNumber));
      if (index % 3 === 0) await end(hold, paid);
      else if (index % 3 === 1) await end(hold, { outcome: 'released', by: customer });
      else await sweep.sweepOnce();
    }
  };
  const auditing = async () => {
    const found: string[] = [];
    while (isSelling) found.push(...(await node.audited(at)).broken);
    return found;
  };
  const found = [auditing(), auditing()];
  const writer = writing();
  await Promise.all(customers.map(selling));
  isSelling = false;
  await writer;
  expect((await Promise.all(found)).flat()).toEqual([]);
  expect(node.faults).toEqual([]);
  expect(await node.audited(at)).toMatchObject({ clean: true, holds: { paid: 4, released: 8 } });
});

describe('the seal of a sale that requires payment', () => {
  let saleId: string;
  let seal: SealAnswer;
  let leaves: string[];
  const terms = { holdSeconds: 1, holdsMax: 2 };
  // The verifier compares the times of claims, which Redis gives, with those of holds.
  const now = { now: () => Date.now() };
  let node: ReturnType<typeof openHolds>;
  beforeAll(async () => {
    node = openHolds(shop, now, terms);
    const end = (hold: Hold, wanted: Omit<HoldEnd, 'at'>) =>
      node.endHold.end(hold, { ...wanted, at: now.now() });
    const { sale, at } = await node.openSale(2);
    saleId = sale.id;
    using current = new CurrentSale(now);
    const report = async () => {
      const { stock } = await shop.redis.keys.inspect(at, true);
      if (stock === null) throw new Error('no stock');
      current.replace({ sale, epoch: at.epoch, stock, lastClaimAt: null, available: true });
      return node.reportOn(current)(sale.id);
    };
    for (const customer of ['seal-ann', 'seal-bob']) await shop.claim(at, customer);
    await node.persistAll(sale, at);
    // Sold out, and not over: either may come back.
    expect(await node.sealSale(sale.id, true)).toEqual({ code: 'not_over' });
    await end(await holdOf(sale.id, 'seal-ann'), paid);
    await end(await holdOf(sale.id, 'seal-bob'), { outcome: 'released', by: 'seal-bob' });
    await claim(at, 'seal-bob', 'again');
    await node.persistAll(sale, at);
    expect(await report()).toMatchObject({
      ...{ status: 'sold_out', sold: 1 },
      holds: { made: 3, open: 1, paid: 1, expired: 0, released: 1 },
    });
    const sweep = node.sweepOn(at);
    await eventually(async () => {
      await sweep.sweepOnce();
      expect(await claim(at, 'seal-cem', 'r')).toMatchObject({ code: 'claimed' });
    });
    await node.persistAll(sale, at);
    const cem = await holdOf(sale.id, 'seal-cem');
    // Decided, and not carried out.
    await shop.holds.end(cem, { ...paid, at: now.now() });
    expect(await node.sealSale(sale.id, true)).toEqual({ code: 'not_over' });
    await end(cem, paid);
    expect(await node.sealSale(sale.id, true)).toMatchObject({ code: 'sealed' });
    seal = (await node.published.answer(sale.id)) as SealAnswer;
    leaves = (await node.published.leaves(sale.id, 0))?.leaves ?? [];
    expect(await report()).toMatchObject({
      ...{ sold: 2, cancelled: 0 },
      holds: { made: 4, open: 0, paid: 2, expired: 1, released: 1 },
    });
  });

  const rooted = (changed: string[], more: Partial<SealAnswer> = {}) => {
    const { digest: _, statement: __, ...rest } = seal;
    const root = chunkRoot(changed).toString('hex');
    return verdictOn({ seal: { ...rest, root, ...more }, leaves: changed });
  };
  const leaf = (
    index: number,
    change: (content: SealLeaf & { hold: NonNullable<SealLeaf['hold']> }) => object,
  ) => leaves.map((text, at) => (at === index ? JSON.stringify(change(JSON.parse(text))) : text));

  it('has a leaf for each hold, with how it ended; audit and verifier accept it', async () => {
    expect(seal).toMatchObject({
      ...{ size: 4, quantity: 2, format: 2, payment: terms },
      counts: { confirmed: 2, cancelled: 0, revoked: 0, expired: 1, released: 1 },
    });
    expect(JSON.parse(seal.statement ?? '')).toMatchObject({ format: 2, payment: terms });
    expect(leaves.map((text): SealLeaf => JSON.parse(text))).toMatchObject([
      { status: 'confirmed', unit: 1, hold: { try: 1, outcome: 'paid' } },
      { status: 'released', unit: 2, priceMinor: 99_900, hold: { try: 1, outcome: 'released' } },
      { status: 'expired', unit: 2, hold: { try: 2, outcome: 'expired' } },
      { status: 'confirmed', unit: 2, hold: { try: 1, outcome: 'paid' } },
    ]);
    expect(await node.audited({ saleId, epoch: 1 })).toMatchObject({ broken: [], seal: { size: 4 } });
    expect(await verdictOn({ seal, leaves }, seal.digest)).toBe('holds');
    expect(await rooted(leaves)).toBe('holds');
  });

  it('the verifier finds holds that were too short, too many, of a unit that was taken, or left out', async () => {
    const early = leaf(2, ({ hold, ...rest }) => ({ ...rest, hold: { ...hold, endedAt: hold.heldAt } }));
    expect(await rooted(early)).toBe('claim 3 was not held for as long as promised');
    const short = leaf(0, ({ hold, ...rest }) => ({ ...rest, hold: { ...hold, payBy: hold.heldAt } }));
    expect(await rooted(short)).toBe('claim 1 was not held for as long as promised');
    const late = leaf(1, ({ hold, ...rest }) => ({
      ...rest,
      hold: { ...hold, endedAt: '2040-01-01T00:00:00.000Z' },
    }));
    expect(await rooted(late)).toBe('claim 3 is of a unit that another customer had');
    expect(await rooted(leaf(2, (content) => ({ ...content, unit: 1 })))).toBe(
      'claim 3 is of a unit that another customer had',
    );
    expect(await rooted(leaf(0, ({ hold: _, ...rest }) => rest))).toBe('claim 1 was never held');
    expect(
      await rooted(
        leaf(0, ({ hold, ...rest }) => ({
          ...rest,
          hold: { ...hold, outcome: 'expired', endedAt: hold.payBy },
        })),
      ),
    ).toBe('claim 1 is not what its hold has become');
    expect(await rooted(leaf(2, ({ hold, ...rest }) => ({ ...rest, hold: { ...hold, try: 1 } })))).toBe(
      'a customer held a unit again before the time before had ended',
    );
    expect(await rooted(leaves, { payment: { ...terms, holdsMax: 1 } })).toBe(
      'a customer held a unit more often than the sale allows',
    );
    const { format: _, payment: __, ...without } = seal;
    expect(
      await verdictOn({
        seal: { ...without, digest: undefined, statement: undefined } as SealAnswer,
        leaves,
      }),
    ).toBe('units were held in a sale without payment');
    expect(await rooted(leaves, { counts: { ...seal.counts, expired: 0 } })).toBe(
      'the counts are not those of the claims',
    );
    expect(await verdictOn({ seal: { ...seal, payment: { ...terms, holdsMax: 9 } }, leaves })).toBe(
      'the seal says something else than its statement',
    );
  });

  it('the audit finds a hold that was changed after it was sealed, and one that the seal lacks', async () => {
    const { HoldOutcome } = shop.models;
    const id = `${saleId}:seal-bob:1:1`;
    const { at } = (await HoldOutcome.findOne({ _id: id }).lean()) ?? {};
    await HoldOutcome.updateOne({ _id: id }, { $set: { outcome: 'expired' } });
    const missing = [
      'every sealed hold is in MongoDB as it was sealed',
      'every hold of the time is in the seal',
    ];
    expect((await node.audited({ saleId, epoch: 1 })).broken).toEqual([
      'no hold expires before its time to pay is over',
      ...missing,
    ]);
    await HoldOutcome.updateOne({ _id: id }, { $set: { outcome: 'released', at: new Date(Number(at) + 1) } });
    expect((await node.audited({ saleId, epoch: 1 })).broken).toEqual(missing);
    await HoldOutcome.updateOne({ _id: id }, { $set: { at } });
    expect((await node.audited({ saleId, epoch: 1 })).broken).toEqual([]);
  });
});

it('the holds of a sale that was replaced end in their time, also after Redis was wiped', async () => {
  const { sale, at } = await node.openSale(4);
  for (const customer of ['gone-ann', 'gone-bob', 'gone-cem']) await shop.claim(at, customer);
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'gone-ann'), paid);
  // Its node dies after the decision.
  const bob = await holdOf(sale.id, 'gone-bob');
  await shop.holds.end(bob, { outcome: 'released', by: 'gone-bob', at: clock.at - 6_000 });
  const next = await shop.openSale();
  await shop.redis.redis.commands.flushall();
  const finished: string[] = [];
  const sweep = (replaced: SweptSale) => node.sweepOn(replaced, shop.holds, (id) => void finished.push(id));
  const replaced = { ...at, isReplaced: true };
  await sweep(replaced).sweepOnce();
  expect(node.notified.at(-1)).toMatchObject({ id: `${sale.id}:gone-bob:1`, status: 'released' });
  expect(await shop.redis.holds.dueBy(at, Number.MAX_SAFE_INTEGER, 10)).toEqual([`${sale.id}:gone-cem:1:1`]);
  expect(finished).toEqual([]);

  clock.at += paymentTerms.holdSeconds * 1_000;
  await shop.redis.redis.commands.flushall();
  await sweep(replaced).sweepOnce();
  expect(node.notified.at(-1)).toMatchObject({ id: `${sale.id}:gone-cem:1`, status: 'expired' });
  expect(await shop.holds.openOf(sale.id)).toEqual([]);
  // An end that another node is carrying out.
  const undone = { done: false, at: new Date(clock.at) };
  await shop.models.HoldOutcome.updateOne({ _id: `${sale.id}:gone-ann:1:1` }, { $set: undone });
  await shop.redis.redis.commands.flushall();
  await sweep(replaced).sweepOnce();
  expect(finished).toEqual([]);
  clock.at += 6_000;
  await shop.redis.redis.commands.flushall();
  await sweep(replaced).sweepOnce();
  expect(finished).toEqual([sale.id]);
  expect(node.faults).toEqual([]);
  await shop.recovery.recover(next.sale);
});

it('names the sale on the page and those that it has replaced, until their last hold has ended', async () => {
  const { sale, at } = await node.openSale();
  const { payment: _, ...withoutPayment } = sale.terms;
  const next = await shop.openSale();
  const sales = {
    epoch: (id: string) => shop.sales.epoch(id),
    before: async () => [sale, { ...sale, id: 'free', terms: withoutPayment }],
  };
  using current = new CurrentSale(clock);
  const swept = createSweptSales({ current, sales, clock });
  expect(await swept.list()).toEqual([]);
  const stock = { remaining: 3, seq: 0 };
  current.replace({ ...{ ...next.at, stock, lastClaimAt: null, available: true }, sale: next.sale });
  expect(await swept.list()).toEqual([{ ...at, isReplaced: true }]);
  swept.finished(sale.id);
  expect(await swept.list()).toEqual([]);
});

it('a request whose hold has ended keeps its answer in the next sale, also where Redis has forgotten it', async () => {
  const { sale, at } = await node.openSale();
  const ann = await shop.claim(at, 'kept-ann', 'r-1');
  await node.persistAll(sale, at);
  await end(await holdOf(sale.id, 'kept-ann'), { outcome: 'released', by: 'kept-ann' });
  const next = await node.openSale();
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  expect(await node.recovery.recover(next.sale)).toMatchObject({ code: 'recovered', epoch: 2 });
  expect(await claim({ ...next.at, epoch: 2 }, 'kept-ann', 'r-1')).toMatchObject({
    code: 'earlier',
    claim: { saleId: sale.id, unit: ann.unit, seq: ann.seq },
    price: usd(999),
  });
});
