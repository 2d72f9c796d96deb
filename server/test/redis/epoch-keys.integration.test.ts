import { afterAll, beforeAll, expect, it } from 'vitest';
import { buyCounter, saleKeys } from '../../src/redis/keys.ts';
import type { EpochContent, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { openLedger, type TestLedger } from '../_support/ledger.ts';

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const claim = async (at: SaleEpoch, customerId: string): Promise<string> =>
  (await redis.ledger.claim(at, { customerId, requestId: `${customerId}-1`, arrivedAt: 1 })).code;
const scriptsLoaded = async (): Promise<number> => {
  const info = await redis.redis.commands.info('memory');
  return Number(/number_of_cached_scripts:(\d+)/.exec(info)?.[1]);
};
const keysOf = async ({ saleId }: SaleEpoch): Promise<string[]> =>
  (await redis.redis.commands.keys(`sale:{${saleId}}:*`)).sort();
const firstEpoch: EpochContent = {
  terms: { revision: 1, quantity: 3, startsAt: 0, endsAt: null, paused: false, reason: null },
  ...{ perCustomer: 1, holders: [], cancelled: [], returned: [], nextUnit: 1, remaining: 3, seq: 0 },
};
/** As a restart does, with its files whole. */
const loseScripts = () => redis.redis.commands.script('FLUSH');

it('loads six scripts for all sales that follow each other on one Redis', async () => {
  await redis.openEpoch();
  const loaded = await scriptsLoaded();
  for (let sale = 0; sale < 20; sale++) expect(await claim(await redis.openEpoch(), 'ann')).toBe('claimed');
  expect(await scriptsLoaded()).toBe(loaded);
});

it('a Redis that has lost its scripts sells no earlier sale once a later one is open', async () => {
  const [first, second] = [await redis.openEpoch(), await redis.openEpoch()];
  expect(await claim(second, 'ann')).toBe('claimed');
  await loseScripts();
  const third = await redis.openEpoch();
  expect(await claim(third, 'ann')).toBe('claimed');
  for (const at of [first, second]) {
    expect(await claim(at, 'bob')).toBe('closed');
    expect((await redis.keys.inspect(at)).open).toBe(false);
  }
});

it('does not load the scripts of earlier sales a second time, for one that was begun before they were lost', async () => {
  const earlier = await redis.openEpoch();
  const begun: SaleEpoch = { saleId: `${earlier.saleId}-next`, epoch: 1 };
  await redis.keys.build(begun, firstEpoch);
  await loseScripts();
  await expect(redis.keys.open(begun)).rejects.toThrow('Redis has lost the scripts');
  expect([await claim(begun, 'ann'), await claim(earlier, 'ann')]).toEqual(['closed', 'closed']);
});

it('keys that an earlier version of the shop has built are called by the scripts of their epoch', async () => {
  await loseScripts();
  const old = await redis.openEpoch();
  // The first epoch after a loss uses scripts under its own name, which an earlier version did not store.
  expect(await redis.redis.commands.hdel(saleKeys(old).state, 'generation')).toBe(1);
  expect(await claim(old, 'ann')).toBe('claimed');
  expect((await redis.keys.inspect(old)).open).toBe(true);
});

it('frees what every earlier epoch holds, also behind one that was taken and never built', async () => {
  const at = await redis.openEpoch();
  await claim(at, 'ann');
  await redis.keys.removeBefore({ ...at, epoch: 3 });
  expect(await keysOf(at)).toEqual([saleKeys(at).outbox, saleKeys(at).state, buyCounter(at.saleId, 'ann')]);
  // What waits in an outbox stays until it is written.
  expect(await redis.redis.commands.ttl(saleKeys(at).outbox)).toBe(-1);
  const [entry] = await redis.outbox.readAll(at, 1);
  await redis.outbox.ack(at, [entry?.entryId ?? '']);
  await redis.keys.removeBefore({ ...at, epoch: 3 });
  expect(await redis.redis.commands.ttl(saleKeys(at).outbox)).toBeGreaterThan(0);
});

it('no epoch up to the last one is open after they were closed, whichever of them was', async () => {
  const at = await redis.openEpoch();
  await redis.keys.closeUpTo({ ...at, epoch: 4 });
  expect(await claim(at, 'ann')).toBe('closed');
  for (let epoch = 1; epoch <= 4; epoch++) {
    const { state } = saleKeys({ ...at, epoch });
    expect(await redis.redis.commands.hget(state, 'closed')).toBe('1');
    expect(await redis.redis.commands.ttl(state)).toBeGreaterThan(0);
  }
});

it('the keys of a sale go together a day after it was retired, and not while a claim waits for MongoDB', async () => {
  const at = await redis.openEpoch();
  await claim(at, 'ann');
  const ttls = async () => {
    const keys = (await keysOf(at)).filter((key) => !key.includes(':buys:'));
    return Promise.all(keys.map(async (key) => [key, await redis.redis.commands.ttl(key)] as const));
  };
  expect(await redis.keys.retire(at)).toBe(false);
  expect((await ttls()).every(([, ttl]) => ttl === -1)).toBe(true);

  const [entry] = await redis.outbox.readAll(at, 1);
  await redis.outbox.ack(at, [entry?.entryId ?? '']);
  expect(await redis.keys.retire(at)).toBe(true);
  // A cancellation makes two keys that were not there.
  if (entry?.claim == null) throw new Error('ann has no claim');
  expect(await redis.ledger.release(at, entry.claim, 'cancelled')).toBe('released');
  const { state, cancelled, returned, outbox } = saleKeys(at);
  expect((await ttls()).map(([key]) => key)).toEqual([cancelled, outbox, returned, state].sort());
  for (const [key, ttl] of await ttls()) {
    expect(ttl, key).toBeGreaterThan(23 * 3600);
    expect(ttl, key).toBeLessThanOrEqual(24 * 3600);
  }
  await redis.redis.commands.expire(state, 100);
  await redis.keys.retire(at);
  expect(await redis.redis.commands.ttl(state)).toBeLessThanOrEqual(100);
});

it('a first epoch sells nothing before it is opened, though its scripts are loaded', async () => {
  const earlier = await redis.openEpoch();
  const at: SaleEpoch = { saleId: `${earlier.saleId}-next`, epoch: 1 };
  await redis.keys.build(at, firstEpoch);
  await redis.keys.openForRestores(at);
  expect(await claim(at, 'ann')).toBe('closed');
  expect((await redis.keys.inspect(at)).open).toBe(false);
  // What an operator has changed meanwhile is in force when it opens.
  expect(await redis.ledger.configure(at, { ...firstEpoch.terms, revision: 2, paused: true })).toBe(
    'configured',
  );
  await redis.keys.open(at);
  expect(await claim(at, 'ann')).toBe('not_active');
});
