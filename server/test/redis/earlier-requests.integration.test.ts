import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import type { EarlierClaim, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { type Claim, requestsKeptMs } from '../../src/sale/order.ts';
import { openLedger, type TestLedger } from '../_support/ledger.ts';
import { usd } from '../_support/usd.ts';

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const ask = (at: SaleEpoch, customerId: string, requestId: string) =>
  redis.ledger.claim(at, { customerId, requestId, arrivedAt: 1 });
const buy = async (at: SaleEpoch, customerId: string, requestId: string): Promise<Claim> => {
  const outcome = await ask(at, customerId, requestId);
  if (outcome.code !== 'claimed') throw new Error(outcome.code);
  return outcome.claim;
};
const all = () => true;
const soldOut = {
  terms: { revision: 1, quantity: 1, startsAt: 0, endsAt: null, paused: false, reason: null },
  ...{ perCustomer: 1, holders: [], cancelled: [], returned: [], nextUnit: 2, remaining: 0 },
};
async function* these(...claims: EarlierClaim[]) {
  yield* claims;
}

describe('one request', () => {
  it('gets the same answer after its order was cancelled, and never another unit', async () => {
    const at = await redis.openEpoch({ quantity: 5, perCustomer: 2 });
    const claim = await buy(at, 'ann', 'r-1');
    await redis.ledger.release(at, claim, 'cancelled');
    expect(await ask(at, 'ann', 'r-1')).toMatchObject({
      code: 'replayed',
      claim: { slot: 1, unit: 1, seq: 1 },
    });
    // The rest of the share is for other requests.
    expect(await buy(at, 'ann', 'r-2')).toMatchObject({ slot: 2, unit: 1 });
    expect(await ask(at, 'ann', 'r-3')).toMatchObject({ code: 'limit_reached' });
    expect(await ask(at, 'ann', 'r-1')).toMatchObject({
      code: 'replayed',
      claim: { slot: 1, unit: 1, seq: 1 },
    });
  });

  it('gets its answer of an earlier sale, also of one before that, at the price of then', async () => {
    const first = await redis.openEpoch();
    const second = await redis.openEpoch();
    const third = await redis.openEpoch();
    const one = await buy(first, 'a b', 'r-1');
    await redis.requests.copy(first, () => ({ price: usd(100) }), second, all);
    const two = await buy(second, 'a b', 'r-2');
    await redis.ledger.release(second, two, 'cancelled');
    const ofTwo = { price: { minor: 8_990, currency: 'EUR' }, variant: 'Size-XL.2' };
    await redis.requests.copy(second, () => ofTwo, third, all);

    const unarrived = { arrivedAt: 0 };
    for (const _ of [1, 2]) {
      expect(await ask(third, 'a b', 'r-1')).toEqual({
        ...{ code: 'earlier', claim: { ...one, ...unarrived }, price: usd(100) },
      });
      expect(await ask(third, 'a b', 'r-2')).toEqual({
        ...{ code: 'earlier', claim: { ...two, ...unarrived }, ...ofTwo },
      });
    }
    expect(await redis.ledger.earlierOf(third, 'a b', 'r-2')).toEqual({
      ...{ claim: { ...two, ...unarrived }, ...ofTwo },
    });
    // The key of one customer is not that of another, and a new request is a new one.
    expect(await buy(third, 'b', 'r-1')).toMatchObject({ unit: 1 });
    expect(await buy(third, 'a b', 'r-3')).toMatchObject({ unit: 2 });
    expect(await ask(third, 'a b', 'r-1')).toMatchObject({ code: 'earlier' });
  });

  it('gets its answer in US dollars from a record of before sales had a currency', async () => {
    const at = await redis.openEpoch();
    const claimedAt = await redis.now();
    await redis.redis.commands.hset(saleKeys(at).earlier, 'ann r-1', `before 1 7 8 ${claimedAt} 999`);
    expect(await ask(at, 'ann', 'r-1')).toMatchObject({
      ...{ code: 'earlier', claim: { saleId: 'before', unit: 7, seq: 8, claimedAt }, price: usd(999) },
    });
    await redis.redis.commands.hset(saleKeys(at).earlier, 'bob r-1', `before 1 7 8 ${claimedAt} 999EURO`);
    await expect(redis.ledger.earlierOf(at, 'bob', 'r-1')).rejects.toThrow("can't be read");
  });

  it('gets its answer of an earlier sale before this one opens, while it is paused, and when it is sold out', async () => {
    const old = await redis.openEpoch();
    await buy(old, 'ann', 'r-1');
    const terms = { revision: 1, quantity: 1, startsAt: 0, endsAt: null, paused: true, reason: null };
    const at = await redis.openEpoch({ quantity: 1, terms });
    await redis.requests.copy(old, () => ({ price: usd(1) }), at, all);
    expect((await ask(at, 'bob', 'r-1')).code).toBe('not_active');
    expect((await ask(at, 'ann', 'r-1')).code).toBe('earlier');
    await redis.ledger.configure(at, { ...terms, revision: 2, paused: false });
    await buy(at, 'bob', 'r-1');
    expect((await ask(at, 'cem', 'r-1')).code).toBe('sold_out');
    expect((await ask(at, 'ann', 'r-1')).code).toBe('earlier');
  });

  it('is free again in a later sale after a day', async () => {
    const at = await redis.openEpoch();
    const now = await redis.now();
    const claimOf = (customerId: string, claimedAt: number): EarlierClaim => ({
      claim: {
        ...{ saleId: 'before', customerId, slot: 1, unit: 1, seq: 1, requestId: 'r' },
        ...{ claimedAt, arrivedAt: 0 },
      },
      price: usd(1),
    });
    const minute = 60_000;
    await redis.requests.write(
      at,
      these(claimOf('ann', now - requestsKeptMs), claimOf('bob', now - requestsKeptMs + minute)),
    );
    expect((await ask(at, 'ann', 'r')).code).toBe('claimed');
    expect((await ask(at, 'bob', 'r')).code).toBe('earlier');
  });

  it('is carried along with thousands of others, without those that are too old', async () => {
    const claims = Array.from(
      { length: 5_000 },
      (_, i): Claim => ({
        ...{ saleId: 'x', customerId: `c-${i}`, slot: 1, unit: i + 1, seq: i + 1, requestId: `r-${i}` },
        ...{ claimedAt: i, arrivedAt: 0 },
      }),
    );
    const old = await redis.openEpoch({ holders: claims.slice(0, 4_000), cancelled: claims.slice(4_000) });
    const at = await redis.openEpoch();
    await redis.requests.copy(
      old,
      () => ({ price: usd(1) }),
      at,
      ({ claimedAt }) => claimedAt >= 1_000,
    );
    const found = await redis.ledger.allClaims(at, 4_000);
    expect(found?.earlier).toHaveLength(4_000);
    expect(new Set(found?.earlier?.map(({ claim }) => claim.requestId))).toEqual(
      new Set(claims.slice(1_000).map(({ requestId }) => requestId)),
    );
    expect((await redis.ledger.allClaims(at, 3_999))?.earlier).toBeNull();
  });

  it('is in no list of claims that was read before the epoch opened', async () => {
    const old = await redis.openEpoch();
    await buy(old, 'ann', 'r-1');
    const at = { saleId: `${old.saleId}-next`, epoch: 1 };
    await redis.keys.build(at, { ...soldOut, seq: 7 });
    // The requests of the sale before are written between the two: nothing that is read until then is complete.
    expect(await redis.ledger.allClaims(at, 10)).toBeNull();
    await redis.requests.copy(old, () => ({ price: usd(100) }), at, all);
    await redis.keys.openForRestores(at);
    expect(await redis.ledger.allClaims(at, 10)).toBeNull();
    await redis.keys.open(at);
    expect(await redis.ledger.allClaims(at, 10)).toMatchObject({
      stock: { remaining: 0, seq: 7 },
      earlier: [{ claim: { customerId: 'ann', requestId: 'r-1' } }],
    });
  });

  it('that has got another of its customer’s units since gets no second one by its receipt', async () => {
    const at = await redis.openEpoch({ quantity: 5, perCustomer: 2 });
    const again = await buy(at, 'ann', 'r-2');
    const receipt = { ...again, slot: 2, unit: 4, seq: 9, claimedAt: 1 };
    expect(await redis.ledger.restore(at, receipt)).toMatchObject({
      code: 'known',
      claim: { slot: 1, unit: 1 },
    });
    await redis.ledger.release(at, again, 'cancelled');
    expect(await redis.ledger.restore(at, receipt)).toEqual({ code: 'cancelled' });
    expect(await redis.ledger.restore(at, { ...receipt, requestId: 'r-3' })).toMatchObject({
      ...{ code: 'restored', claim: { slot: 2, unit: 4 } },
    });
  });
});

describe('a sale whose place another one has taken', () => {
  it('answers no buy any more, and can still be put right', async () => {
    const at = await redis.openEpoch();
    const claim = await buy(at, 'ann', 'r-1');
    await redis.keys.replace(at, (await redis.now()) + 60_000);
    expect((await ask(at, 'ann', 'r-1')).code).toBe('replayed');
    await redis.keys.replace(at, await redis.now());
    expect((await ask(at, 'ann', 'r-1')).code).toBe('replaced');
    expect((await ask(at, 'bob', 'r-1')).code).toBe('replaced');
    expect((await redis.keys.inspect(at)).open).toBe(true);
    expect(await redis.ledger.release(at, claim, 'cancelled')).toBe('released');
  });

  it('whose keys are gone stays gone', async () => {
    const at = await redis.openEpoch();
    await redis.redis.commands.unlink(saleKeys(at).state);
    await redis.keys.replace(at, 0);
    expect(await redis.redis.commands.exists(saleKeys(at).state)).toBe(0);
  });
});

describe('a receipt', () => {
  it('gets its unit after the end of the sale, for it was claimed before; a buy gets none', async () => {
    const at = await redis.openEpoch({ quantity: 2 });
    const lost = { ...(await buy(at, 'ann', 'r-1')), customerId: 'bob', unit: 2, seq: 2 };
    const terms = { revision: 2, quantity: 2, startsAt: 0, endsAt: 1, paused: false, reason: null };
    await redis.ledger.configure(at, terms);
    expect((await ask(at, 'cem', 'r-1')).code).toBe('not_active');
    expect(await redis.ledger.restore(at, lost)).toMatchObject({ code: 'restored', claim: { unit: 2 } });
  });

  it('gets a unit that came back after the end, also when it had found none before', async () => {
    const at = await redis.openEpoch({ quantity: 1 });
    const won = await buy(at, 'ann', 'r-1');
    const lost = { ...won, customerId: 'bob', seq: 2 };
    await redis.ledger.configure(at, {
      ...{ revision: 2, quantity: 1, startsAt: 0, endsAt: 1, paused: false, reason: null },
    });
    expect((await redis.ledger.restore(at, lost)).code).toBe('revoked');
    await redis.ledger.release(at, won, 'cancelled');
    expect(await redis.ledger.restore(at, lost)).toMatchObject({ code: 'restored', claim: { unit: 1 } });
    expect((await redis.ledger.restore(at, lost)).code).toBe('known');
  });
});
