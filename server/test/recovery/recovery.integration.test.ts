import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { wrongTotalsAfter } from '../../src/mongo/customer-totals.ts';
import type { CancelOutcome } from '../../src/operator/cancel-order.ts';
import { epochContent } from '../../src/recovery/recovery.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import type { EpochKeys } from '../../src/sale/ledger-ports.ts';
import type { StoredOrder } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { openOrders, type TestOrders } from '../_support/orders.ts';
import { usd } from '../_support/usd.ts';

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
  await shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 10), true);
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
  expect(again).toMatchObject({ code: 'limit_reached', cancelled: true });
});

it('counts the customers whose orders were written when their entries were lost, and plans the mails to them', async () => {
  const { sale, at } = await shop.openSale(5);
  const claim = await shop.claim(at, 'uncounted-ann');
  await shop.orders.insert([claim], sale, Date.now());
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  expect(await shop.orders.totalPurchases('uncounted-ann')).toBe(0);
  await shop.recovery.recover(sale);
  // The sale is open before they are counted, and they are counted once it is.
  expect((await shop.redis.keys.inspect({ saleId: sale.id, epoch: 2 })).open).toBe(true);
  expect(await shop.recounts.isDue(sale.id)).toBe(true);
  expect(shop.mailed).not.toContain(`${sale.id}:uncounted-ann:1`);
  await shop.recountAs('node-1').lookOnce();
  expect(await shop.orders.totalPurchases('uncounted-ann')).toBe(1);
  expect(shop.mailed).toContain(`${sale.id}:uncounted-ann:1`);
  expect(await shop.recounts.isDue(sale.id)).toBe(false);
});

it('counts the rest of the customers on another node, when the one that began to count has died', async () => {
  const { sale } = await shop.openSale(5);
  // Those that the recoveries of other tests have left.
  await shop.models.Recount.deleteMany({});
  await shop.recounts.plan({ saleId: sale.id, epoch: 2 }, 'node-1');
  const began: string[] = [];
  const died = shop.recountAs('node-1', {
    async recount(_saleId, after) {
      began.push(after);
      if (after !== '') throw new Error('the node dies here');
      return `${sale.id}:came-to-here:1`;
    },
  });
  await expect(died.lookOnce()).rejects.toThrow('dies here');
  const went: string[] = [];
  const other = shop.recountAs('node-2', {
    async recount(_saleId, after) {
      went.push(after);
      return null;
    },
  });
  await other.lookOnce();
  // It may still be at work.
  expect(went).toEqual([]);
  await shop.models.Recount.updateOne({ saleId: sale.id }, { $set: { at: new Date(Date.now() - 60_000) } });
  await other.lookOnce();
  expect([began, went]).toEqual([['', `${sale.id}:came-to-here:1`], [`${sale.id}:came-to-here:1`]]);
  expect(await shop.recounts.isDue(sale.id)).toBe(false);
});

it.each([true, false])(
  'goes through a sale’s customers piece by piece, and through no others; without indexes: %s',
  async (scans) => {
    const { sale, at } = await shop.openSale(5);
    const customers = ['a', 'a:1', '-b', '~c', '\u{1F600}d'].map((name) => `${scans}${name}`);
    const claims = [];
    for (const customer of customers) claims.push(await shop.claim(at, customer));
    await shop.orders.insert(claims, sale, Date.now());
    const found: string[] = [];
    let pieces = 0;
    for (let after: string | null = ''; after !== null; pieces++) {
      const { rows, next } = await wrongTotalsAfter(shop.models, sale.id, after, { scans, limit: 2 });
      for (const { customerId, stored, counted } of rows) {
        expect([stored, counted]).toEqual([0, 1]);
        found.push(customerId);
      }
      after = next;
    }
    expect(found.sort()).toEqual([...customers].sort());
    expect(pieces).toBe(3);
    expect(await shop.orders.recount(sale.id, '')).toBeNull();
    for (const customer of customers) expect(await shop.orders.totalPurchases(customer)).toBe(1);
  },
);

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

it('closes every earlier epoch, also one behind an epoch whose node died before it closed anything', async () => {
  const { sale, at } = await shop.openSale();
  expect(await shop.sales.takeEpoch({ saleId: sale.id, epoch: 2 })).toBe(true);
  expect(await shop.recovery.recover(sale)).toMatchObject({ code: 'recovered', epoch: 3 });
  const buy = { customerId: 'behind-ann', requestId: 'r', arrivedAt: 1 };
  expect((await shop.redis.ledger.claim(at, buy)).code).toBe('closed');
  expect((await shop.redis.keys.inspect(at)).open).toBe(false);
});

it('opens nothing when another node has taken the next epoch while claims were brought back', async () => {
  const { sale } = await shop.openSale();
  await shop.redis.redis.commands.script('FLUSH');
  const outcome = await shop
    .recoveryOn(shop.redis.keys, () => shop.sales.takeEpoch({ saleId: sale.id, epoch: 3 }))
    .recover(sale);
  expect(outcome).toEqual({ code: 'overtaken' });
  const at = { saleId: sale.id, epoch: 2 };
  expect((await shop.redis.keys.inspect(at)).open).toBe(false);
  const buy = { customerId: 'overtaken-ann', requestId: 'r', arrivedAt: 1 };
  expect((await shop.redis.ledger.claim(at, buy)).code).toBe('closed');
});

it('makes an order known that a writer of the old epoch wrote too late', async () => {
  const { sale, at } = await shop.openSale();
  await shop.claim(at, 'frozen-ann');
  // The writer has the entry in hand when it freezes; Redis is wiped, and the sale recovered without it.
  const inHand = await shop.redis.outbox.readAll(at, 10);
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  await shop.recovery.recover(sale);
  expect((await content(sale.id, 2)).remaining).toBe(3);
  await shop.persistAll(sale, at, inHand, true);
  const after = await content(sale.id, 2);
  expect(after).toMatchObject({
    remaining: 2,
    holders: [{ customerId: 'frozen-ann', unit: 1 }],
    nextUnit: 2,
  });
  expect((await shop.claim({ saleId: sale.id, epoch: 2 }, 'frozen-bob')).unit).toBe(2);
});

it('an order that is cancelled before a late writer makes it known stays off the keys', async () => {
  const { sale, at } = await shop.openSale();
  await shop.claim(at, 'overtaken-ann');
  const inHand = await shop.redis.outbox.readAll(at, 10);
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  await shop.recovery.recover(sale);
  const now = { saleId: sale.id, epoch: 2 };
  // The order is cancelled after the late writer has inserted it, and before it tells Redis.
  const persistClaims = shop.persistOn({
    adopt: async (to, order) => {
      expect(await shop.cancelOrder()(`${sale.id}:overtaken-ann:1`, undefined, 'olga')).toMatchObject({
        ok: true,
      });
      return shop.redis.ledger.adopt(to, order);
    },
  });
  await (await persistClaims(sale, at, inHand, true))();
  expect(await content(sale.id, 2)).toMatchObject({ remaining: 3, holders: [] });
  const again = { customerId: 'overtaken-ann', requestId: 'other', arrivedAt: 1 };
  expect(await shop.redis.ledger.claim(now, again)).toMatchObject({ code: 'limit_reached', cancelled: true });
});

it('a claim of a customer whose cancelled order Redis had forgotten gives its unit back', async () => {
  const { sale, at } = await shop.openSale();
  await shop.claim(at, 'forgotten-ann');
  const inHand = await shop.redis.outbox.readAll(at, 10);
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  await shop.recovery.recover(sale);
  const now = { saleId: sale.id, epoch: 2 };
  await shop.claim(now, 'forgotten-ann', 'second');
  // Written and cancelled, both unknown to the keys that made the second claim.
  await shop.orders.insert(
    inHand.flatMap(({ claim }) => claim ?? []),
    sale,
    Date.now(),
  );
  await shop.orders.cancel(`${sale.id}:forgotten-ann:1`, Date.now());
  await shop.persistAll(sale, now, await shop.redis.outbox.readAll(now, 10), true);
  expect(await content(sale.id, 2)).toMatchObject({ remaining: 3, holders: [], waiting: [] });
  expect(shop.notified.at(-1)).toMatchObject({ customerId: 'forgotten-ann', status: 'cancelled' });
});

it('halts rather than sell when the orders contradict the sale', async () => {
  const { sale } = await shop.openSale(1);
  const order = {
    saleId: sale.id,
    slot: 1,
    seq: 1,
    requestId: 'r',
    claimedAt: 0,
    arrivedAt: 0,
    price: usd(999),
    status: 'confirmed' as const,
    confirmedAt: 0,
  };
  const one = { ...order, customerId: 'a', unit: 1 };
  expect(() => epochContent(sale, [one, { ...one, customerId: 'b' }], 2)).toThrow(/does not add up/);
  expect(() => epochContent(sale, [{ ...one, unit: 2 }], 2)).toThrow(/does not add up/);
});

/** Redis has lost its scripts; `meanwhile` runs when the recovery has built the new keys and before anything can reach them. */
async function recoverWhile(sale: SaleRecord, meanwhile: () => Promise<unknown>) {
  await shop.redis.redis.commands.script('FLUSH');
  const { keys } = shop.redis;
  const slow: EpochKeys = {
    lock: (...args) => keys.lock(...args),
    renewLock: (...args) => keys.renewLock(...args),
    unlock: (...args) => keys.unlock(...args),
    inspect: (at) => keys.inspect(at),
    join: (at) => keys.join(at),
    closeUpTo: (at) => keys.closeUpTo(at),
    build: (at, built) => keys.build(at, built),
    open: (at) => keys.open(at),
    removeBefore: (at) => keys.removeBefore(at),
    retire: (at) => keys.retire(at),
    replace: (at, from) => keys.replace(at, from),
    async openForRestores(at) {
      await meanwhile();
      await keys.openForRestores(at);
    },
  };
  return shop.recoveryOn(slow).recover(sale);
}

it.each(['pause', 'end'] as const)(
  '%s: what is answered while Redis is being recovered is in force when the sale opens again',
  async (what) => {
    const { sale } = await shop.openSale(5);
    const now = await shop.redis.now();
    const changed = what === 'pause' ? { paused: true } : { endsAt: now };
    const terms = { ...sale.terms, ...changed, revision: 2 };
    await recoverWhile(sale, async () => {
      expect(await shop.sales.revise(sale.id, terms, { action: what, by: 'olga', at: now })).toBe('revised');
      expect(await shop.redis.ledger.configure({ saleId: sale.id, epoch: 2 }, terms)).toBe('closed');
    });
    const buy = { customerId: `${what}-ann`, requestId: 'first', arrivedAt: now };
    expect(await shop.redis.ledger.claim({ saleId: sale.id, epoch: 2 }, buy)).toMatchObject({
      code: 'not_active',
    });
  },
);

it('a restock that is answered while Redis is being recovered is on sale when the sale opens again', async () => {
  const { sale } = await shop.openSale(1);
  const at = await shop.redis.now();
  await recoverWhile(sale, () =>
    shop.sales.revise(
      sale.id,
      { ...sale.terms, quantity: 3, revision: 2 },
      { action: 'restock', by: 'olga', at },
    ),
  );
  expect(await content(sale.id, 2)).toMatchObject({ quantity: 3, remaining: 3 });
});

it('a cancellation during a recovery is answered when its unit is on sale', async () => {
  const { sale, at } = await shop.openSale(1);
  const ann = await shop.claim(at, 'recovered-ann');
  await shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 10), true);
  const cancelOrder = shop.cancelOrder();
  let cancelling: Promise<CancelOutcome> | undefined;
  await recoverWhile(sale, async () => {
    cancelling = cancelOrder(`${sale.id}:recovered-ann:1`, undefined, 'olga');
    // MongoDB has it, and the keys that the recovery has built do not.
    await vi.waitFor(async () =>
      expect(await shop.orders.byId(`${sale.id}:recovered-ann:1`)).toMatchObject({ status: 'cancelled' }),
    );
  });
  expect(await cancelling).toMatchObject({ ok: true });
  const now = { saleId: sale.id, epoch: 2 };
  expect(await content(sale.id, 2)).toMatchObject({ remaining: 1, holders: [] });
  expect((await shop.claim(now, 'recovered-bob')).unit).toBe(ann.unit);
});

it('a repeated cancellation completes what an earlier attempt left half done', async () => {
  const { sale, at } = await shop.openSale(1);
  await shop.claim(at, 'half-ann');
  await shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 10), true);
  const id = `${sale.id}:half-ann:1`;
  // What is left when MongoDB's answer to the first attempt is lost: the order is cancelled, and nothing that follows was done.
  const { seq } = (await shop.orders.byId(id)) as StoredOrder;
  await shop.models.Order.updateOne(
    { _id: id },
    { $set: { status: 'cancelled', cancelledAt: new Date(), released: seq } },
  );
  expect(await shop.orders.totalPurchases('half-ann')).toBe(1);
  shop.mailed.length = 0;
  shop.mailsFail = true;
  await expect(shop.cancelOrder()(id, undefined, 'olga')).rejects.toThrow('no mails now');
  shop.mailsFail = false;
  expect(await shop.cancelOrder()(id, undefined, 'olga')).toMatchObject({ ok: true });
  expect(shop.mailed).toEqual([id]);
  expect(await shop.orders.totalPurchases('half-ann')).toBe(0);
  expect(await content(sale.id, 1)).toMatchObject({ remaining: 1, holders: [] });
});

it('an order of an earlier sale is cancelled although Redis has lost that sale', async () => {
  const { sale, at } = await shop.openSale(1);
  await shop.claim(at, 'earlier-ann');
  await shop.persistAll(sale, at, await shop.redis.outbox.readAll(at, 10), true);
  await shop.openSale(1);
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
  const outcome = await shop.cancelOrder()(`${sale.id}:earlier-ann:1`, undefined, 'olga');
  expect(outcome).toMatchObject({ ok: true, order: { status: 'cancelled' } });
});
