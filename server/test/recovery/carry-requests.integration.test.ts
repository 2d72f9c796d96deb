import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createCarryRequests, createCopyRecentClaims } from '../../src/recovery/carry-requests.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import type { EarlierClaim, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { requestsKeptMs } from '../../src/sale/order.ts';
import { firstTerms, type SaleRecord } from '../../src/sale/sale.ts';
import { openOrders, type TestOrders } from '../_support/orders.ts';
import { usd } from '../_support/usd.ts';

let shop: TestOrders;
beforeAll(async () => {
  shop = await openOrders(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

const ask = (at: SaleEpoch, customerId: string, requestId = `${customerId}-1`) =>
  shop.redis.ledger.claim(at, { customerId, requestId, arrivedAt: 1 });
const loseRedis = async () => {
  await shop.redis.redis.commands.flushall();
  await shop.redis.redis.commands.script('FLUSH');
};

it('a new sale takes the requests of the one before from Redis, and takes that one out of it', async () => {
  const old = await shop.openSale(5);
  // Not in MongoDB yet: it is not asked.
  const claim = await shop.claim(old.at, 'redis-ann');
  const { at } = await shop.openSale(5);
  expect(await ask(at, 'redis-ann')).toMatchObject({
    ...{ code: 'earlier', price: usd(999), claim: { saleId: old.sale.id, unit: claim.unit, seq: claim.seq } },
  });
  expect((await ask(old.at, 'redis-bob')).code).toBe('replaced');
  const next = await shop.openSale(5);
  expect(await ask(next.at, 'redis-ann')).toMatchObject({ claim: { saleId: old.sale.id } });
});

it('a request keeps its answer when Redis loses everything before the next sale, and again in that one', async () => {
  const first = await shop.openSale(5);
  const ann = await shop.claim(first.at, 'mongo-ann');
  const bob = await shop.claim(first.at, 'mongo-bob');
  await shop.persistAll(first.sale, first.at, await shop.redis.outbox.readAll(first.at, 10), true);
  await shop.orders.cancel(`${first.sale.id}:mongo-bob:1`, Date.now());
  await shop.openSale(5);
  await loseRedis();
  const { sale, at } = await shop.openSale(5);
  const expectBoth = async (now: SaleEpoch) => {
    const answers = [await ask(now, 'mongo-ann'), await ask(now, 'mongo-bob')];
    expect(answers).toMatchObject([
      { code: 'earlier', price: usd(999), claim: { saleId: first.sale.id, unit: ann.unit, seq: ann.seq } },
      { code: 'earlier', price: usd(999), claim: { saleId: first.sale.id, unit: bob.unit, seq: bob.seq } },
    ]);
  };
  await expectBoth(at);
  await loseRedis();
  expect(await shop.recovery.recover(sale)).toMatchObject({ code: 'recovered', epoch: 2 });
  await expectBoth({ saleId: sale.id, epoch: 2 });
  expect((await ask({ saleId: sale.id, epoch: 2 }, 'mongo-ann', 'another')).code).toBe('claimed');
});

it('one copy is kept, however many sales a day has, and a recovery makes it again', async () => {
  const first = await shop.openSale(5);
  const ann = await shop.claim(first.at, 'many-ann');
  await shop.persistAll(first.sale, first.at, await shop.redis.outbox.readAll(first.at, 10), true);
  const sales = [await shop.openSale(5), await shop.openSale(5), await shop.openSale(5)];
  const last = sales.at(-1) as (typeof sales)[number];
  const { commands } = shop.redis.redis;
  const copies = await Promise.all(sales.map(({ at }) => commands.exists(saleKeys(at).earlier)));
  expect(copies).toEqual([0, 0, 1]);
  // A false alarm: nothing is lost, and the sale before knows of its own claims only.
  await commands.hset(saleKeys(last.at).state, 'closed', '1');
  expect(await shop.recovery.recover(last.sale)).toMatchObject({ code: 'recovered', epoch: 2 });
  expect(await ask({ ...last.at, epoch: 2 }, 'many-ann')).toMatchObject({
    ...{ code: 'earlier', claim: { saleId: first.sale.id, unit: ann.unit } },
  });
});

it('a recovery goes on without the keys of the sale before, whose server is down', async () => {
  const first = await shop.openSale(5);
  await shop.claim(first.at, 'down-ann');
  await shop.persistAll(first.sale, first.at, await shop.redis.outbox.readAll(first.at, 10), true);
  const { sale, at } = await shop.openSale(5);
  const down = () => Promise.reject(new Error('that server is down'));
  const faults: unknown[] = [];
  const carry = createCarryRequests({
    ...{ sales: shop.sales, orders: shop.orders, holds: shop.holds, clock: { now: () => Date.now() } },
    keys: { inspect: down, replace: down },
    requests: {
      copy: down,
      handedOn: down,
      write: (to, claims) => shop.redis.requests.write(to, claims),
    },
    onError: (error) => faults.push(error),
  });
  await (await carry(sale, { ...at, epoch: 2 }))();
  expect(await shop.redis.ledger.earlierOf({ ...at, epoch: 2 }, 'down-ann', 'down-ann-1')).toMatchObject({
    claim: { saleId: first.sale.id },
  });
  expect(faults).toHaveLength(3);
  // The first epoch of a sale waits for it: the sale before could sell on.
  await expect(carry(sale, at)).rejects.toThrow('that server is down');
});

it('the sale before one that is made ready before its time sells on, and knows what it knew', async () => {
  const first = await shop.openSale(5);
  await shop.claim(first.at, 'ahead-ann');
  const { sale, at } = await shop.openSale(5);
  const takesOverAt = Date.now() + 60_000;
  const next = { ...sale, id: `${sale.id}-next`, createdAt: sale.createdAt + 1, takesOverAt };
  const carry = createCarryRequests({
    ...{ sales: shop.sales, orders: shop.orders, holds: shop.holds, keys: shop.redis.keys },
    requests: shop.redis.requests,
    clock: { now: () => Date.now() },
    onError: (error) => {
      throw error;
    },
  });
  const to = { saleId: next.id, epoch: 1 };
  await (await carry(next, to))();
  expect((await ask(at, 'ahead-bob')).code).toBe('claimed');
  expect((await ask(at, 'ahead-ann')).code).toBe('earlier');
  expect(await shop.redis.ledger.earlierOf(to, 'ahead-ann', 'ahead-ann-1')).toMatchObject({
    price: usd(999),
  });
});

it('the sales before one go back to the one that was on the page at that time, and no further', async () => {
  const { sale } = await shop.openSale();
  const now = Date.now() + 1_000 * requestsKeptMs;
  const made = async (hoursAgo: number, id: string): Promise<SaleRecord> => {
    const record = { ...sale, id: `${sale.id}-${id}`, createdAt: now - hoursAgo * 3_600_000 };
    await shop.sales.create(record, 'olga', `before ${record.id}`);
    return record;
  };
  await made(72, 'a');
  const onShow = await made(48, 'b');
  const [hour, sameMoment] = [await made(1, 'c'), await made(1, 'd')];
  const newest = await made(0, 'e');
  const before = async (of: SaleRecord, since: number) =>
    (await shop.sales.before(of, since)).map(({ id }) => id);
  expect(await before(newest, now - requestsKeptMs)).toEqual([sameMoment.id, hour.id, onShow.id]);
  expect(await before(hour, now - requestsKeptMs)).toEqual([onShow.id]);
  expect(await before(sameMoment, now)).toEqual([hour.id]);
});

it('a node adds the claims of the sale on the page that it has seen lately, at their price, and those of no other sale', async () => {
  const written: unknown[] = [];
  const claim = (saleId: string) => ({
    ...{ saleId, customerId: 'ann', slot: 1, unit: 1, seq: 1, requestId: 'r' },
    ...{ claimedAt: 1, arrivedAt: 1 },
  });
  const recent = { ofSale: (saleId: string) => [claim(saleId)] };
  const requests = {
    write: async (to: SaleEpoch, claims: Iterable<EarlierClaim> | AsyncIterable<EarlierClaim>) => {
      for await (const each of claims) written.push({ to, ...each });
    },
  };
  const terms = firstTerms({ quantity: 1, startsAt: 0, endsAt: null });
  const sale = { id: 'old', product: { name: 'x', price: usd(7) }, terms } as SaleRecord;
  const copy = createCopyRecentClaims({ recent, requests });
  const next = { saleId: 'next', epoch: 1 };
  await copy(sale, next);
  expect(written).toEqual([{ to: next, claim: claim('old'), price: usd(7) }]);
});
