import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisClaimLedger } from '../../src/redis/claim-ledger.ts';
import { buyCounter, saleKeys } from '../../src/redis/keys.ts';
import { generationOf, scriptsOf } from '../../src/redis/scripts.ts';
import type { ClaimOutcome, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { openLedger, type TestLedger, unlimited } from '../_support/ledger.ts';

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const claim = (at: SaleEpoch, customerId: string, requestId = `${customerId}-1`): Promise<ClaimOutcome> =>
  redis.ledger.claim(at, { customerId, requestId, arrivedAt: 1 });
/** Calls of scripts since the server started. */
const scriptCalls = async (): Promise<number> => {
  const stats = await redis.redis.commands.info('commandstats');
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
};
const unitOf = (outcome: ClaimOutcome): number | string =>
  outcome.code === 'claimed' ? outcome.claim.unit : outcome.code;

describe('claim.lua', () => {
  it('sells unit N, and never N + 1', async () => {
    const at = await redis.openEpoch({ quantity: 3 });
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(at, `customer-${i}`)));
    const units = outcomes.map(unitOf);
    expect(units.filter((unit) => typeof unit === 'number').sort()).toEqual([1, 2, 3]);
    expect(units.filter((unit) => unit === 'sold_out')).toHaveLength(47);
  });

  it('is closed in the millisecond before startsAt, and open at it', async () => {
    // Redis's clock can't be set, so the window moves over it: a claim says when it was decided, a refusal that it was before.
    let [startsAt, refusedLast, claimedFirst] = [0, 0, 0];
    // On a busy machine the keys may be built after the opening: then there is a later one.
    for (let aheadMs = 400; refusedLast === 0; aheadMs *= 2) {
      startsAt = (await redis.now()) + aheadMs;
      claimedFirst = 0;
      const at = await redis.openEpoch({
        quantity: 1_000_000,
        terms: { revision: 1, quantity: 1_000_000, startsAt, endsAt: null, paused: false, reason: null },
      });
      for (let i = 0; claimedFirst === 0; i++) {
        const before = await redis.now();
        const outcome = await claim(at, `customer-${i}`);
        if (outcome.code === 'not_active') {
          expect(outcome.startsAt).toBe(startsAt);
          refusedLast = before;
        } else if (outcome.code === 'claimed') claimedFirst = outcome.claim.claimedAt;
        else throw new Error(outcome.code);
      }
    }
    expect(refusedLast).toBeLessThan(startsAt);
    expect(claimedFirst).toBeGreaterThanOrEqual(startsAt);
  });

  it.each([
    ['the last microsecond before startsAt', 1_000_000_000_999_999n, 'not_active'],
    ['startsAt', 1_000_000_001_000_000n, 'claimed'],
    ['the last microsecond before endsAt', 1_000_000_001_999_999n, 'claimed'],
    ['endsAt', 1_000_000_002_000_000n, 'not_active'],
  ])('decides at %s: %s µs → %s', async (_when, micros, code) => {
    const [startsAt, endsAt] = [1_000_000_001_000, 1_000_000_002_000];
    const at = await redis.openEpoch({
      terms: { revision: 1, quantity: 3, startsAt, endsAt, paused: false, reason: null },
    });
    // The script itself, with Redis's clock standing still at that microsecond.
    const text = scriptsOf(generationOf(at)).claim.text;
    const frozen = text.replace(
      "redis.call('TIME')",
      `{ '${micros / 1_000_000n}', '${micros % 1_000_000n}' }`,
    );
    expect(frozen).not.toBe(text);
    const { state, holders, cancelled, returned, outbox, earlier } = saleKeys(at);
    const keys = [state, holders, cancelled, returned, outbox, earlier, buyCounter(at.saleId, 'ann')];
    const reply = await redis.redis.commands.eval(
      frozen,
      keys.length,
      ...keys,
      ...['a channel', 10, 5, 1_000],
      ...['ann', 'r-1', 1, 0],
    );
    expect((reply as unknown[][])[0]?.[0]).toBe(code);
  });

  it('answers the same request again with the same claim, and another one with the first', async () => {
    const at = await redis.openEpoch();
    const first = await claim(at, 'ann', 'r-1');
    const again = await claim(at, 'ann', 'r-1');
    const other = await claim(at, 'ann', 'r-2');
    if (first.code !== 'claimed') throw new Error(first.code);
    const { arrivedAt: _, ...known } = first.claim;
    expect(again).toMatchObject({ code: 'replayed', claim: known });
    expect(other).toMatchObject({ code: 'limit_reached', claim: known, cancelled: false });
    expect(unitOf(await claim(at, 'bob'))).toBe(2);
  });

  it('repeats a winner’s answer after sold-out, pause and end', async () => {
    const at = await redis.openEpoch({ quantity: 1 });
    await claim(at, 'ann', 'r-1');
    expect((await claim(at, 'bob')).code).toBe('sold_out');
    await redis.ledger.configure(at, {
      revision: 2,
      quantity: 1,
      startsAt: 0,
      endsAt: 1,
      paused: true,
      reason: null,
    });
    expect((await claim(at, 'ann', 'r-1')).code).toBe('replayed');
    expect((await claim(at, 'ann', 'r-2')).code).toBe('limit_reached');
    expect((await claim(at, 'bob')).code).toBe('not_active');
  });

  it('lets a customer have perCustomer units and no more', async () => {
    const at = await redis.openEpoch({ quantity: 10, perCustomer: 2 });
    const outcomes = [
      await claim(at, 'ann', 'r-1'),
      await claim(at, 'ann', 'r-2'),
      await claim(at, 'ann', 'r-3'),
    ];
    expect(outcomes.map((o) => [o.code, 'claim' in o ? o.claim.slot : 0])).toEqual([
      ['claimed', 1],
      ['claimed', 2],
      ['limit_reached', 2],
    ]);
    expect(await claim(at, 'ann', 'r-1')).toMatchObject({ code: 'replayed', claim: { slot: 1, unit: 1 } });
  });

  it('sells a returned unit first, and returns a claim only once', async () => {
    const at = await redis.openEpoch({ quantity: 3 });
    const ann = await claim(at, 'ann');
    await claim(at, 'bob');
    if (ann.code !== 'claimed') throw new Error(ann.code);
    expect(await redis.ledger.release(at, ann.claim, 'cancelled')).toBe('released');
    expect(await redis.ledger.release(at, ann.claim, 'cancelled')).toBe('absent');
    expect(unitOf(await claim(at, 'cem'))).toBe(1);
    expect(unitOf(await claim(at, 'dan'))).toBe(3);
    expect(await claim(at, 'ann', 'r-9')).toMatchObject({ code: 'limit_reached', cancelled: true });
    expect((await claim(at, 'eve')).code).toBe('sold_out');
  });

  it('puts every claim into the outbox, with all that an order needs', async () => {
    const at = await redis.openEpoch();
    const outcome = await claim(at, 'a:b|c', 'r-1');
    if (outcome.code !== 'claimed') throw new Error(outcome.code);
    const [entry] = await redis.outbox.readAll(at, 10);
    expect(entry?.claim).toEqual(outcome.claim);
  });

  it('takes no more when MongoDB is too far behind, and goes on when it has caught up', async () => {
    const at = await redis.openEpoch({ quantity: 10 });
    const ledger = new RedisClaimLedger(redis.redis.commands, { rate: unlimited, backlogMax: 2 });
    const ask = (customerId: string) => ledger.claim(at, { customerId, requestId: 'r-1', arrivedAt: 1 });
    expect([(await ask('ann')).code, (await ask('bob')).code]).toEqual(['claimed', 'claimed']);
    expect((await ask('cem')).code).toBe('backlog');
    expect((await ask('ann')).code).toBe('replayed');
    const [first] = await redis.outbox.readAll(at, 1);
    await redis.outbox.ack(at, [first?.entryId ?? '']);
    expect(unitOf(await ask('cem'))).toBe(3);
    // Those who come in one call count too.
    await redis.outbox.ack(at, [(await redis.outbox.readAll(at, 1))[0]?.entryId ?? '']);
    const crowd = await Promise.all(['dan', 'eve', 'fay'].map(ask));
    expect(crowd.map(({ code }) => code)).toEqual(['claimed', 'backlog', 'backlog']);
  });

  it('knows when the newest claim was made, also one that was adopted or restored', async () => {
    const at = await redis.openEpoch({ quantity: 9 });
    const first = await claim(at, 'ann');
    if (first.code !== 'claimed') throw new Error(first.code);
    const { claimedAt } = first.claim;
    const claimOf = (customerId: string, unit: number, laterMs: number) => ({
      ...first.claim,
      ...{ customerId, unit, seq: unit, requestId: `${customerId}-1`, claimedAt: claimedAt + laterMs },
    });
    const newest = async () => ((await redis.keys.inspect(at)).lastClaimAt ?? 0) - claimedAt;
    await redis.ledger.adopt(at, claimOf('bob', 2, 1_000));
    expect(await newest()).toBe(1_000);
    await redis.ledger.restore(at, claimOf('cem', 3, 2_000));
    expect(await newest()).toBe(2_000);
    await redis.ledger.adopt(at, claimOf('dan', 4, -1));
    await redis.ledger.restore(at, claimOf('eve', 5, -1));
    expect(await newest()).toBe(2_000);
  });

  it('restores a claim of a unit that the sale does not have with another unit', async () => {
    const at = await redis.openEpoch({ quantity: 3 });
    const first = await claim(at, 'ann');
    if (first.code !== 'claimed') throw new Error(first.code);
    const beyond = { ...first.claim, customerId: 'bob', unit: 4, seq: 9, requestId: 'bob-1' };
    expect(await redis.ledger.restore(at, beyond)).toMatchObject({ code: 'restored', claim: { unit: 2 } });
    expect(unitOf(await claim(at, 'cem'))).toBe(3);
  });

  it('decides what comes at once in one call for many, in the order in which it came', async () => {
    const at = await redis.openEpoch({ quantity: 1_000 });
    const before = await scriptCalls();
    const outcomes = await Promise.all(Array.from({ length: 128 }, (_, i) => claim(at, `customer-${i}`)));
    expect(outcomes.map(unitOf)).toEqual(Array.from({ length: 128 }, (_, i) => i + 1));
    expect((await scriptCalls()) - before).toBe(2);
    expect(await redis.outbox.depth(at)).toMatchObject({ waiting: 128, deadLetters: 0 });
  });

  it('counts a customer’s buys over all nodes, and says when a new window begins', async () => {
    const at = await redis.openEpoch();
    const rate = { points: 2, perMs: 60_000 };
    const nodes = [1, 2].map(() => new RedisClaimLedger(redis.redis.commands, { rate }));
    const ask = (node: number, customerId: string) =>
      nodes[node]?.claim(at, { customerId, requestId: 'r-1', arrivedAt: 1 });
    expect([(await ask(0, 'ann'))?.code, (await ask(1, 'ann'))?.code]).toEqual(['claimed', 'replayed']);
    const third = await ask(0, 'ann');
    if (third?.code !== 'too_many') throw new Error(third?.code);
    expect(third.retryAfterMs).toBeGreaterThan(0);
    expect(third.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect((await ask(0, 'bob'))?.code).toBe('claimed');
    // In one call too.
    const crowd = await Promise.all([1, 2, 3].map(() => ask(1, 'cem')));
    expect(crowd.map((outcome) => outcome?.code)).toEqual(['claimed', 'replayed', 'too_many']);
  });

  it('claims nothing for a customer who has been asked to retry by then', async () => {
    const at = await redis.openEpoch();
    const now = await redis.now();
    const ask = (decideBy: number) =>
      redis.ledger.claim(at, { customerId: 'ann', requestId: 'r-1', arrivedAt: now, decideBy });
    expect((await ask(now - 1)).code).toBe('expired');
    expect(unitOf(await ask(now + 60_000))).toBe(1);
    expect((await ask(now - 1)).code).toBe('replayed');
  });

  it('takes no more open buys than it can bound, and says when to come back', async () => {
    const at = await redis.openEpoch({ quantity: 100_000 });
    const outcomes = await Promise.all(Array.from({ length: 10_100 }, (_, i) => claim(at, `customer-${i}`)));
    const busy = outcomes.filter((outcome) => outcome.code === 'busy');
    expect(busy).toHaveLength(100);
    for (const { retryAfterMs } of busy) expect(retryAfterMs).toBeGreaterThanOrEqual(250);
    expect(outcomes.filter((outcome) => outcome.code === 'claimed')).toHaveLength(10_000);
    expect(unitOf(await claim(at, 'customer-10099'))).toBe(10_001);
  });

  it('is refused as a whole when the memory is full, and changes nothing', async () => {
    const at = await redis.openEpoch({ quantity: 10 });
    await redis.redis.commands.config('SET', 'maxmemory', '1');
    try {
      await expect(claim(at, 'ann')).rejects.toThrow(/OOM/);
    } finally {
      await redis.redis.commands.config('SET', 'maxmemory', '0');
    }
    const outcome = await claim(at, 'ann');
    expect(outcome).toMatchObject({ code: 'claimed', claim: { unit: 1, seq: 1 }, remaining: 9 });
  });

  it('publishes the count with a growing number', async () => {
    const at = await redis.openEpoch();
    const heard: string[] = [];
    redis.redis.subscriber.on('message', (_channel: string, message: string) => heard.push(message));
    await redis.redis.subscriber.subscribe(`sale:{${at.saleId}}:stock`);
    await claim(at, 'ann');
    await claim(at, 'bob');
    await expect
      .poll(() => heard)
      .toEqual([expect.stringMatching(/^2 1 \d{13}$/), expect.stringMatching(/^1 2 \d{13}$/)]);
  });

  it('fails closed if its script is unknown, and no claim loads it', async () => {
    const at = await redis.openEpoch();
    await redis.redis.commands.script('FLUSH');
    expect((await claim(at, 'ann')).code).toBe('closed');
    expect((await claim(at, 'ann')).code).toBe('closed');
    // Scripts for other keys do not open these.
    const later = await redis.openEpoch();
    expect((await claim(at, 'ann')).code).toBe('closed');
    expect(unitOf(await claim(later, 'ann'))).toBe(1);
  });

  it('sells nothing from keys that are closed, gone, or of another epoch', async () => {
    const at = await redis.openEpoch();
    await redis.keys.closeUpTo(at);
    expect((await claim(at, 'ann')).code).toBe('closed');
    const wiped = await redis.openEpoch();
    await redis.redis.commands.unlink(saleKeys(wiped).state);
    expect((await claim(wiped, 'ann')).code).toBe('closed');
    expect((await claim({ ...(await redis.openEpoch()), epoch: 2 }, 'ann')).code).toBe('closed');
  });

  it('stays closed when the keys of an epoch that was closed before are built', async () => {
    const at = await redis.openEpoch();
    await redis.keys.closeUpTo({ ...at, epoch: 2 });
    const late = { ...at, epoch: 2 };
    await redis.keys.build(late, {
      terms: { revision: 1, quantity: 3, startsAt: 0, endsAt: null, paused: false, reason: null },
      perCustomer: 1,
      holders: [],
      cancelled: [],
      returned: [],
      nextUnit: 1,
      remaining: 3,
      seq: 0,
    });
    await redis.keys.open(late);
    expect((await claim(late, 'ann')).code).toBe('closed');
  });
});
