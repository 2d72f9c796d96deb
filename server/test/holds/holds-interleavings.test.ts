import type { Order } from '@flipzon/protocol/schemas.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEndHold } from '../../src/holds/end-hold.ts';
import { createHoldClaims } from '../../src/holds/hold-claims.ts';
import { HoldSweep } from '../../src/holds/hold-sweep.ts';
import { createPersistInto } from '../../src/orders/persist-claims.ts';
import { createCarryRequests } from '../../src/recovery/carry-requests.ts';
import { createRecovery } from '../../src/recovery/recovery.ts';
import { type HoldOutcome, keepsPlace } from '../../src/sale/hold.ts';
import { orderId } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { FakeHolds, fakeHoldLedger, fakeHoldStore, withHoldKeys } from '../_support/fake-holds.ts';
import type { Turn } from '../_support/fake-ledger.ts';
import { FakeMongo } from '../_support/fake-mongo.ts';
import { FakeRedis } from '../_support/fake-redis.ts';
import { portsOn } from '../_support/fake-stores.ts';
import { testSeed } from '../_support/random.ts';
import { usd } from '../_support/usd.ts';

/*
 * Payments, expiries, releases, order writers, sweeps and recoveries against every order in which their steps can meet, as in
 * faults/interleavings.test.ts: calls fail, processes die at any of them, and Redis is wiped or loses its scripts.
 */

class Died extends Error {}

const at0 = 'sale';
const saleOf = (quantity: number): SaleRecord => ({
  ...{ id: at0, product: { name: 'x', price: usd(1) }, perCustomer: 1, simulated: false, createdAt: 0 },
  terms: {
    ...{ revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
    payment: { holdSeconds: 60, holdsMax: 2 },
  },
});

type Fault = 'command lost' | 'answer lost' | 'twice';
interface Trouble {
  diesAt: number;
  fails: (Fault | undefined)[];
}
const trouble: fc.Arbitrary<Trouble> = fc.record({
  diesAt: fc.oneof({ weight: 2, arbitrary: fc.constant(10_000) }, { weight: 2, arbitrary: fc.nat(25) }),
  fails: fc.array(fc.constantFrom<(Fault | undefined)[]>(undefined, 'command lost', 'answer lost', 'twice'), {
    maxLength: 6,
  }),
});

const noTrouble: Trouble = { diesAt: 1e9, fails: [] };

interface World {
  redis: FakeRedis;
  mongo: FakeMongo;
  fake: FakeHolds;
  notified: Order[];
  now: number;
}

function processOn(
  world: World,
  schedule: (label: string) => Promise<void>,
  name: string,
  { diesAt, fails }: Trouble,
) {
  const { redis, mongo, fake, notified } = world;
  let calls = 0;
  const turn: Turn = async (call, act) => {
    await schedule(`${name} ${call}`);
    if (calls++ >= diesAt) throw new Died();
    const fault = calls % 3 === 0 ? fails[calls % 7] : undefined;
    if (fault === 'command lost') throw new Error(`${call} failed`);
    if (fault === 'twice') act();
    const answer = act();
    if (fault === 'answer lost') throw new Error(`${call}: no answer`);
    return answer;
  };
  const clock = { now: () => world.now };
  const ports = portsOn(redis, mongo, turn, notified, clock.now);
  const holds = fakeHoldStore(fake, turn);
  const holdLedger = fakeHoldLedger(redis, fake, turn);
  const keys = withHoldKeys(ports.keys, redis, fake);
  const endHold = createEndHold({
    ...{ sales: ports.sales, orders: ports.orders, notifier: ports.notifier, holds },
    ledger: { ...holdLedger, adopt: ports.ledger.adopt },
    onEnd: () => undefined,
    redisMsMax: 0,
  });
  const persistClaims = createPersistInto({
    ...ports,
    orders: createHoldClaims({ holds, sales: ports.sales, ledger: holdLedger, endHold }),
    clock,
    onPersisted: () => undefined,
  });
  const recovery = createRecovery({
    ...{ ...ports, holds, keys, persistClaims },
    carryRequests: createCarryRequests({ ...ports, holds, keys, clock, onError: () => undefined }),
    restoreWindow: () => schedule(`${name} window`),
  });
  const sweep = new HoldSweep({
    ...{ holds, ledger: holdLedger, endHold, clock },
    sources: { list: async () => [{ saleId: at0, epoch: mongo.epoch }], finished: () => undefined },
    isHandingOn: async () => false,
    onError: () => undefined,
  });
  return { ...ports, holds, endHold, persistClaims, recovery, sweep };
}

async function stubborn(work: () => Promise<unknown>, attempts = 4): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (error instanceof Died) return;
    }
  }
}

/** The trouble is over: one process that works brings everything to its end. */
async function settle(world: World, isCalm: boolean): Promise<void> {
  const { redis, mongo, fake } = world;
  const calm = processOn(world, () => Promise.resolve(), 'calm', noTrouble);
  const untilOpen = async () => {
    for (let round = 0; (await calm.recovery.recover(mongo.sale)).code !== 'open_already'; round++)
      expect(round).toBeLessThan(5);
  };
  const drain = async () => {
    const at = { saleId: at0, epoch: mongo.epoch };
    for (let round = 0; redis.outbox(at.epoch).size > 0; round++) {
      expect(round).toBeLessThan(20);
      await (await calm.persistClaims(mongo.sale, at, await calm.outbox.readAll(at, 99), true))();
    }
  };
  redis.alarms = 0;
  await untilOpen();
  await drain();
  // A writer that died between its insert and telling Redis is met by the next claim on that unit; here, by a recovery.
  if (!isCalm) {
    redis.claimScripts.clear();
    await untilOpen();
    await drain();
  }
  await calm.sweep.sweepOnce();
  await calm.sweep.sweepOnce();
  expect([...fake.stored.values()].filter(({ end, done }) => end !== null && !done)).toEqual([]);
}

function check({ redis, mongo, fake, notified }: World, quantity: number, answers: readonly Answer[]): void {
  const orders = [...mongo.orders.values()];
  const records = fake.records;
  const open = records.filter(({ end }) => end === null).map(({ hold }) => hold);
  const paid = records.filter(({ end }) => end?.outcome === 'paid').map(({ hold }) => hold);
  // Every payment has its order and every order its payment, on the same unit.
  expect(orders.map((order) => `${orderId(order)} ${order.unit}`).sort()).toEqual(
    paid.map((hold) => `${orderId(hold)} ${hold.unit}`).sort(),
  );
  const owned = [...open, ...orders].map(({ unit }) => unit);
  expect(new Set(owned).size).toBe(owned.length);
  const keys = redis.epochs.get(mongo.epoch);
  expect([...(keys?.holders.values() ?? [])].map(({ unit }) => unit).sort()).toEqual(owned.sort());
  expect((keys?.remaining ?? 0) + owned.length).toBe(quantity);
  // No hold without end is missed by the sweep.
  expect([...fake.dueIn(mongo.epoch).keys()]).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
  expect(fake.soldIn(mongo.epoch).size).toBe(orders.length);
  for (const order of orders) expect(mongo.totals.get(order.customerId)).toBe(1);
  for (const { hold, end } of records) {
    if (!keepsPlace(end)) expect(hold.letGo).toBe(true);
    if (end?.outcome === 'expired') expect(end.at).toBeGreaterThanOrEqual(hold.payBy);
  }
  for (const news of notified.filter(({ status }) => status === 'confirmed'))
    expect(mongo.orders.get(news.id)?.unit).toBe(news.unit);
  // What anyone was answered about a hold's end is how it ended.
  for (const { id, outcome } of answers) expect(fake.record(id)?.end?.outcome).toBe(outcome);
}

interface Answer {
  id: string;
  outcome: HoldOutcome;
}

it('keeps its books in every interleaving of payments, expiries, releases, recoveries, deaths and losses', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 3 }),
      fc.oneof(
        fc.constant(Array.from({ length: 8 }, () => noTrouble)),
        fc.array(trouble, { minLength: 8, maxLength: 8 }),
      ),
      fc.array(fc.constantFrom('wipe' as const, 'scripts' as const, 'late' as const), { maxLength: 3 }),
      async (scheduler, quantity, troubles, events) => {
        const world: World = {
          ...{ redis: new FakeRedis(), mongo: new FakeMongo(saleOf(quantity)), fake: new FakeHolds() },
          ...{ notified: [], now: 1 },
        };
        const { redis, mongo, fake } = world;
        const isCalm = troubles.includes(noTrouble) && events.every((event) => event === 'late');
        const answers: Answer[] = [];
        const schedule = (label: string) =>
          scheduler.schedule(Promise.resolve(), label).then(() => undefined);
        const part = (index: number, name: string) =>
          processOn(world, schedule, name, troubles[index] as Trouble);
        const now = () => ({ saleId: at0, epoch: mongo.epoch });
        await processOn(world, () => Promise.resolve(), 'calm', noTrouble).recovery.recover(mongo.sale);

        const buying = ['ann', 'bob', 'cem', 'dan'].map(async (customerId) => {
          const node = processOn(world, schedule, customerId, noTrouble);
          for (const requestId of ['r-1', 'r-1', 'r-2', 'r-3'])
            await node.ledger.claim(now(), { customerId, requestId, arrivedAt: 1 });
        });
        const writing = [part(0, 'writer-1'), part(1, 'writer-2')].map(async (node) => {
          for (let batch = 0; batch < 6; batch++) {
            await stubborn(async () => {
              const at = now();
              const entries = await (batch < 4
                ? node.outbox.read(at, 2, 0)
                : node.outbox.claimStale(at, 9, 0));
              await (await node.persistClaims(mongo.sale, at, entries, true))();
            });
          }
        });
        const ending = (['paid', 'released', 'paid'] as const).map(async (outcome, index) => {
          const node = part(2 + index, outcome);
          for (let look = 0; look < 4; look++) {
            await schedule(`${outcome} looks`);
            const open = fake.records.filter(({ end }) => end === null);
            const record = open[index % Math.max(1, open.length)];
            if (record === undefined) continue;
            await stubborn(async () => {
              const wanted = { outcome, by: outcome, at: world.now };
              const { end } = await node.endHold.end(record.hold, wanted);
              answers.push({ id: record.hold.id, outcome: end.outcome });
            });
          }
        });
        const sweeping = [part(5, 'sweep-1'), part(6, 'sweep-2')].map((node) =>
          stubborn(async () => {
            for (let look = 0; look < 3; look++) await node.sweep.sweepOnce();
          }),
        );
        const recovering = stubborn(async () => {
          const node = part(7, 'recovery');
          for (let look = 0; look < 3; look++) await node.recovery.recover(mongo.sale);
        });
        const happening = events.map(async (event) => {
          await schedule(event);
          if (event === 'late') {
            world.now += 60_000;
            return;
          }
          if (event === 'wipe') {
            redis.wipe();
            fake.due.clear();
            fake.sold.clear();
          }
          redis.loseScripts();
        });
        await scheduler.waitFor(
          Promise.all([...buying, ...writing, ...ending, ...sweeping, recovering, ...happening]),
        );

        await settle(world, isCalm);
        check(world, quantity, answers);
        // Later, every hold that was not paid has let its unit go.
        world.now += 60_000;
        await settle(world, isCalm);
        check(world, quantity, answers);
        expect(fake.records.filter(({ end }) => end === null)).toEqual([]);
        expect(redis.epochs.get(mongo.epoch)?.remaining).toBe(quantity - mongo.orders.size);
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 1_000), seed: testSeed },
  );
});
