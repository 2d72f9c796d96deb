import { expect, it, vi } from 'vitest';
import { keepsUnit } from '../../src/sale/hold.ts';
import { type Claim, orderId } from '../../src/sale/order.ts';
import { shownCounts } from '../../src/sale/sale.ts';
import type { Turn } from '../_support/fake-ledger.ts';
import { type HoldWorld, heldSaleId, holdProcess, holdWorld } from '../_support/hold-process.ts';
import { createRandom, type Random, testSeed } from '../_support/random.ts';

/*
 * Buys, payments, expiries, releases, cancellations, restocks, recoveries and sweeps that meet in any order, against a model of a unit's life:
 * free, claimed, held, and then paid, confirmed and perhaps cancelled, or expired, or released. After each call of a store the stores must be in a state
 * that the model allows. Processes that die and stores that lose data are in holds-interleavings.test.ts.
 */

// A process that waits for Redis asks again at once: time is the test's.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

/** 10,000 on demand: HOLD_RUNS=10000. */
const runs = Number(process.env.HOLD_RUNS ?? 1_500);
const operationsMax = 26;
const turnsMax = 5_000;
const customers = ['ann', 'bob', 'cem'];

const realImmediate = setImmediate;
const quiet = () => new Promise<void>((resolve) => realImmediate(resolve));

type State = 'claimed' | 'held' | 'paid' | 'expired' | 'released' | 'confirmed' | 'cancelled';

/** What can follow in one call of a store. */
const next: Record<State, readonly State[]> = {
  claimed: ['held'],
  held: ['paid', 'expired', 'released'],
  paid: ['confirmed'],
  confirmed: ['cancelled'],
  ...{ expired: [], released: [], cancelled: [] },
};
/** In these the unit is with its customer. */
const keeping: readonly State[] = ['claimed', 'held', 'paid', 'confirmed'];

const nameOf = (claim: Claim) => `${orderId(claim)} ${claim.seq}`;

/** Follows each claim through the states that the stores show, and notes what no unit may go through. */
class Model {
  readonly wrong = new Set<string>();
  readonly #world: HoldWorld;
  readonly #claims = new Map<string, { claim: Claim; state: State }>();

  constructor(world: HoldWorld) {
    this.#world = world;
    world.redis.onClaim = (claim) => this.#claimed(claim);
  }

  #claimed(claim: Claim): void {
    this.look();
    for (const { claim: other, state } of this.#claims.values())
      if (other.unit === claim.unit && keeping.includes(state))
        this.wrong.add(`unit ${claim.unit} is claimed while it is ${state}`);
    this.#claims.set(nameOf(claim), { claim, state: 'claimed' });
  }

  /** After each call of a store. */
  look(): void {
    for (const [name, known] of this.#claims) {
      const state = this.#stateOf(known.claim);
      if (state === known.state) continue;
      if (!next[known.state].includes(state))
        this.wrong.add(`a claim is ${state} after it was ${known.state}`);
      this.#claims.set(name, { ...known, state });
    }
    this.#lookAtHolds();
    this.#lookAtRedis();
  }

  #stateOf(claim: Claim): State {
    const order = this.#world.mongo.orders.get(orderId(claim));
    if (order !== undefined && order.seq === claim.seq) return order.status;
    const record = this.#world.fake.records.find(({ hold }) => nameOf(hold) === nameOf(claim));
    return record === undefined ? 'claimed' : (record.end?.outcome ?? 'held');
  }

  #lookAtHolds(): void {
    const { fake, mongo } = this.#world;
    const { holdsMax } = mongo.sale.terms.payment ?? { holdsMax: 0 };
    const owned = fake.records.filter(
      (record) => keepsUnit(record) && mongo.orders.get(orderId(record.hold))?.status !== 'cancelled',
    );
    const units = owned.map(({ hold }) => hold.unit);
    if (new Set(units).size < units.length) this.wrong.add('a unit has two holds');
    for (const { hold, end } of fake.records) {
      if (hold.tryNumber > holdsMax) this.wrong.add('a customer tried more often than the sale allows');
      if (end?.outcome === 'expired' && end.at < hold.payBy) this.wrong.add('a hold expired early');
      if (hold.letGo && end === null) this.wrong.add('a unit was let go before its hold had ended');
    }
  }

  #lookAtRedis(): void {
    const { redis, mongo, fake } = this.#world;
    const keys = redis.epochs.get(mongo.epoch);
    if (keys === undefined || redis.isClosed(mongo.epoch)) return;
    const held = [...keys.holders.values()].map(({ unit }) => unit);
    if (new Set([...held, ...keys.returned]).size < held.length + keys.returned.size)
      this.wrong.add('a unit is free and held in Redis');
    if (keys.remaining + held.length !== keys.terms.quantity) this.wrong.add('the stock does not add up');
    const sold = fake.soldIn(mongo.epoch);
    if ([...sold].some((field) => !keys.holders.has(field))) this.wrong.add('a unit is sold and not held');
    const shown = shownCounts(keys.terms, { remaining: keys.remaining, sold: sold.size });
    if (shown.remaining !== keys.remaining || shown.inCheckout !== held.length - sold.size)
      this.wrong.add('what is shown is not what there is');
  }
}

type Process = ReturnType<typeof holdProcess>;
type Operation = (world: HoldWorld, node: Process, random: Random) => Promise<unknown>;

const at = ({ mongo }: HoldWorld) => ({ saleId: heldSaleId, epoch: mongo.epoch });
const pick = <T>(random: Random, items: readonly T[]): T | undefined => random.some(items, 1)[0];

const end =
  (outcome: 'paid' | 'released'): Operation =>
  async (world, node, random) => {
    // Also of holds that have ended: a customer and a checkout do not know that yet.
    const record = pick(random, world.fake.records);
    if (record === undefined) return;
    const payment = { reference: 'p', amountMinor: record.hold.price.minor, currency: 'USD' };
    const wanted = { outcome, by: 'x', at: world.now, ...(outcome === 'paid' && { payment }) };
    await node.endHold.end(record.hold, wanted);
  };

const operations: Record<string, Operation> = {
  buy: (world, { ledger }, random) =>
    ledger.claim(at(world), {
      customerId: pick(random, customers) as string,
      requestId: `r-${random.between(1, 3)}`,
      arrivedAt: 1,
    }),
  write: async (world, node) => {
    const now = at(world);
    const entries = [...(await node.outbox.read(now, 9, 0)), ...(await node.outbox.claimStale(now, 9, 0))];
    await (await node.persistClaims(world.mongo.sale, now, entries, true))();
  },
  pay: end('paid'),
  release: end('released'),
  expire: async (world) => {
    world.now += 60_000;
  },
  sweep: (_, { sweep }) => sweep.sweepOnce(),
  cancel: async ({ mongo }, { cancelOrder }, random) => {
    const order = pick(random, [...mongo.orders.values()]);
    if (order !== undefined) await cancelOrder(orderId(order), undefined, 'olga');
  },
  restock: async ({ mongo, now }, { sales, ledger }) => {
    const { terms } = mongo.sale;
    const more = { ...terms, revision: terms.revision + 1, quantity: terms.quantity + 1 };
    const entry = { action: 'restock', by: 'olga', at: now } as const;
    if ((await sales.revise(heldSaleId, more, entry)) === 'revised')
      await ledger.configure({ saleId: heldSaleId, epoch: mongo.epoch }, more);
  },
  recover: async ({ redis, mongo }, { recovery }) => {
    redis.loseScripts();
    await recovery.recover(mongo.sale);
  },
};
/** Buys and writers come more often, so that there is something to end. */
const names = [...Object.keys(operations), 'buy', 'buy', 'write', 'write', 'pay', 'sweep'];

/** Plays operations, each in a process of its own, and returns what went wrong. */
async function play(seed: number): Promise<string[]> {
  const random = createRandom(seed);
  const world = holdWorld(random.between(1, 3));
  const waiting: (() => void)[] = [];
  const calm = holdProcess(
    world,
    async (_call, act) => act(),
    async () => undefined,
  );
  await calm.recovery.recover(world.mongo.sale);
  const model = new Model(world);
  const turn: Turn = (_call, act) =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(act());
        } catch (error) {
          reject(error);
        }
      });
    });
  const faults: unknown[] = [];
  const start = (name: string) => {
    const node = holdProcess(world, turn, () => turn('window', () => undefined));
    // A process may be overtaken by a recovery, and its client asks again; what it has done must be right all the same.
    (operations[name] as Operation)(world, node, random).catch((error: unknown) => {
      if (!String(error).endsWith('is not open')) faults.push(error);
    });
  };
  const planned = Array.from({ length: operationsMax }, () => pick(random, names) as string);
  for (let step = 0; planned.length > 0 || waiting.length > 0; step++) {
    if (step > turnsMax) return [`no end after ${turnsMax} turns`];
    const isNext = planned.length > 0 && (waiting.length === 0 || random.between(0, 5) === 0);
    if (isNext) start(planned.shift() as string);
    else waiting.splice(random.between(0, waiting.length - 1), 1)[0]?.();
    await quiet();
    model.look();
  }
  return [...model.wrong, ...(await settled(world, calm)), ...faults.map(String)];
}

/** Brings everything to its end, and lets the audit judge. */
async function settled(world: HoldWorld, calm: Process): Promise<string[]> {
  const { mongo, redis, fake } = world;
  for (let round = 0; round < 2; round++) {
    while ((await calm.recovery.recover(mongo.sale)).code !== 'open_already');
    const now = at(world);
    // As each node's look at Redis does, where the operator's node found the keys closed.
    await calm.ledger.configure(now, mongo.sale.terms);
    while (redis.outbox(now.epoch).size > 0)
      await (await calm.persistClaims(mongo.sale, now, await calm.outbox.readAll(now, 99), true))();
    for (const id of mongo.cancellations.values()) await calm.cancelOrder.finish(id);
    // The second time all holds are due.
    world.now += round * 120_000;
    await calm.sweep.sweepOnce();
    await calm.sweep.sweepOnce();
  }
  const report = await calm.audit(heldSaleId);
  const broken = (report?.checks ?? []).filter(({ holds }) => !holds).map(({ invariant }) => invariant);
  const confirmed = [...mongo.orders.values()].filter(({ status }) => status === 'confirmed').length;
  const keys = redis.epochs.get(mongo.epoch);
  if (keys?.remaining !== mongo.sale.terms.quantity - confirmed)
    broken.push('units are neither sold nor free');
  if (fake.records.some(({ end: ended }) => ended === null)) broken.push('a hold has not ended');
  if (fake.records.filter(({ hold }) => !hold.letGo).length !== confirmed)
    broken.push('a hold that has ended keeps its unit');
  return broken;
}

it('units and holds go through the states of the model only, in whatever order everything meets', async () => {
  const found: Record<string, string> = {};
  for (let run = 0; run < runs; run++) {
    const seed = testSeed + run;
    for (const wrong of await play(seed)) found[wrong] ??= `seed ${seed}`;
  }
  expect(found).toEqual({});
});

it('a writer that is slow over a recovery leaves no unit with a hold that has ended meanwhile', async () => {
  const world = holdWorld(1);
  const { mongo, redis } = world;
  const calm = holdProcess(
    world,
    async (_call, act) => act(),
    async () => undefined,
  );
  await calm.recovery.recover(mongo.sale);
  await calm.ledger.claim(at(world), { customerId: 'ann', requestId: 'r-1', arrivedAt: 1 });
  const reached = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  let looks = 0;
  // It has written the hold, and asks which epoch there is.
  const slow = holdProcess(
    world,
    async (call, act) => {
      if (call === 'epoch' && ++looks === 2) {
        reached.resolve();
        await goesOn.promise;
      }
      return act();
    },
    async () => undefined,
  );
  const writing = slow.persistClaims(mongo.sale, at(world), await slow.outbox.read(at(world), 9, 0), true);
  await reached.promise;
  redis.loseScripts();
  expect(await calm.recovery.recover(mongo.sale)).toMatchObject({ code: 'recovered', orders: 1 });
  const [record] = world.fake.records;
  if (record === undefined) throw new Error('not held');
  const { carried } = await calm.endHold.end(record.hold, { outcome: 'released', by: 'ann', at: world.now });
  expect(carried.code).toBe('done');
  goesOn.resolve();
  await (await writing)();
  expect(redis.epochs.get(2)).toMatchObject({ remaining: 1, holders: new Map() });
});
