import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import type { ClaimOutcome, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { SaleTerms } from '../../src/sale/sale.ts';
import { parseStock, restocked, unitsOf, type Variant } from '../../src/sale/variant.ts';
import { openLedger, type TestLedger } from '../_support/ledger.ts';
import { testSeed } from '../_support/random.ts';
import { usd } from '../_support/usd.ts';

/*
 * The claim scripts against a model that is as simple as the rules: a map of holders, a set of returned units, the next serial number.
 * Claims, releases, pauses and restocks come in random order, of a product with and without variants; after each, Redis must hold
 * exactly what the model holds.
 */

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const perCustomer = 2;

interface Held {
  unit: number;
  seq: number;
  requestId: string;
}
interface Model {
  terms: SaleTerms;
  /** Where the units of each variant that were never taken begin; of a product without any, only the first. */
  nextUnits: number[];
  seq: number;
  returned: Set<number>;
  holders: Map<string, Held>;
  cancelled: Map<string, Held>;
  /** 'customer request' of those that have bought in an earlier sale. */
  earlier: ReadonlySet<string>;
}
interface Real {
  at: SaleEpoch;
}

const field = (customer: string, n: number) => `${n}:${customer}`;
const remaining = (model: Model) => model.terms.quantity - model.holders.size;
const variantsOf = ({ terms }: Model): readonly Pick<Variant, 'ranges'>[] =>
  terms.variants ?? [{ ranges: [{ from: 1, to: terms.quantity }] }];
const isOf = (model: Model, place: number, unit: number) =>
  variantsOf(model)[place]?.ranges.some(({ from, to }) => from <= unit && unit <= to) ?? false;
const remainingOf = (model: Model, place: number) =>
  unitsOf(variantsOf(model)[place] as Variant) -
  [...model.holders.values()].filter(({ unit }) => isOf(model, place, unit)).length;

function takeUnit(model: Model, place: number): number {
  const returned = [...model.returned].filter((unit) => isOf(model, place, unit));
  if (returned.length > 0) return Math.min(...returned);
  let unit = model.nextUnits[place] as number;
  while (!isOf(model, place, unit)) unit++;
  model.nextUnits[place] = unit + 1;
  return unit;
}

/** Several at once travel in one call, and must come out as if each had come alone. */
class Claims implements fc.AsyncCommand<Model, Real> {
  readonly buys: readonly (readonly [customer: string, request: string, pick: number])[];
  constructor(buys: readonly (readonly [string, string, number])[]) {
    this.buys = buys;
  }
  check() {
    return true;
  }
  async run(model: Model, { at }: Real) {
    const outcomes = await Promise.all(
      this.buys.map(([customerId, requestId, pick]) => {
        const buy = { customerId, requestId, arrivedAt: 1 };
        const place = placeIn(model, pick);
        return redis.ledger.claim(at, model.terms.variants ? { ...buy, variant: place + 1 } : buy);
      }),
    );
    for (const [index, [customer, request, pick]] of this.buys.entries()) {
      expectClaim(model, [customer, request, placeIn(model, pick)], outcomes[index] as ClaimOutcome);
    }
  }
  toString() {
    return `claims(${this.buys.map((buy) => buy.join(' ')).join(', ')})`;
  }
}

const placeIn = (model: Model, pick: number) => pick % variantsOf(model).length;

function expectClaim(
  model: Model,
  [customer, request, place]: readonly [string, string, number],
  outcome: ClaimOutcome,
): void {
  let free = 0;
  for (let n = perCustomer; n >= 1; n--) {
    const key = field(customer, n);
    if (!model.holders.has(key) && !model.cancelled.has(key)) free = n;
  }
  const known = (n: number) =>
    model.holders.get(field(customer, n)) ?? model.cancelled.get(field(customer, n));
  const same = [1, 2].find((n) => known(n)?.requestId === request);
  if (same !== undefined) {
    const held = known(same);
    expect(outcome).toMatchObject({
      code: 'replayed',
      claim: { unit: held?.unit, seq: held?.seq, slot: same },
    });
  } else if (model.earlier.has(`${customer} ${request}`)) {
    expect(outcome).toMatchObject({ code: 'earlier', claim: { saleId: 'before', requestId: request } });
  } else if (free === 0) {
    expect(outcome.code).toBe('limit_reached');
  } else if (model.terms.paused) {
    expect(outcome.code).toBe('not_active');
  } else if (remainingOf(model, place) === 0) {
    expect(outcome.code).toBe('sold_out');
  } else {
    const unit = takeUnit(model, place);
    model.returned.delete(unit);
    model.seq++;
    model.holders.set(field(customer, free), { unit, seq: model.seq, requestId: request });
    expect(outcome).toMatchObject({
      code: 'claimed',
      claim: { slot: free, unit, seq: model.seq },
      remaining: remaining(model),
    });
  }
}

class Release implements fc.AsyncCommand<Model, Real> {
  readonly pick: number;
  readonly kind: 'cancelled' | 'forgotten';
  constructor(pick: number, kind: 'cancelled' | 'forgotten') {
    this.pick = pick;
    this.kind = kind;
  }
  check(model: Readonly<Model>) {
    return model.holders.size > 0;
  }
  async run(model: Model, { at }: Real) {
    const [key, held] = [...model.holders][this.pick % model.holders.size] as [string, Held];
    const claim = {
      saleId: at.saleId,
      customerId: key.slice(2),
      slot: Number(key[0]),
      claimedAt: 0,
      arrivedAt: 0,
      ...held,
    };
    expect(await redis.ledger.release(at, { ...claim, seq: held.seq + 1_000 }, this.kind)).toBe('absent');
    expect(await redis.ledger.release(at, claim, this.kind)).toBe('released');
    model.holders.delete(key);
    if (this.kind === 'cancelled') model.cancelled.set(key, held);
    model.returned.add(held.unit);
    model.seq++;
  }
  toString() {
    return `${this.kind}(${this.pick})`;
  }
}

class Configure implements fc.AsyncCommand<Model, Real> {
  readonly paused: boolean;
  readonly added: number;
  readonly revisions: number;
  readonly pick: number;
  constructor(paused: boolean, added: number, revisions: number, pick: number) {
    this.pick = pick;
    this.paused = paused;
    this.added = added;
    this.revisions = revisions;
  }
  check() {
    return true;
  }
  async run(model: Model, { at }: Real) {
    const { variants } = model.terms;
    const { sku } = variants?.[placeIn(model, this.pick)] ?? {};
    const terms = {
      ...model.terms,
      ...(variants && sku && this.added > 0 && { variants: restocked(variants, sku, this.added) }),
      paused: this.paused,
      quantity: model.terms.quantity + this.added,
      revision: model.terms.revision + this.revisions,
    };
    const outcome = await redis.ledger.configure(at, terms);
    if (this.revisions <= 0) {
      expect(outcome).toBe('stale');
      return;
    }
    if (this.added < 0) {
      expect(outcome).toBe('refused');
      return;
    }
    expect(outcome).toBe('configured');
    if (this.added > 0) model.seq++;
    model.terms = terms;
  }
  toString() {
    return `configure(paused ${this.paused}, +${this.added} of ${this.pick}, revision +${this.revisions})`;
  }
}

class Compare implements fc.AsyncCommand<Model, Real> {
  check() {
    return true;
  }
  async run(model: Model, { at }: Real) {
    await compare(model, at);
  }
  toString() {
    return 'compare';
  }
}

/** These have bought in an earlier sale. */
async function carryFrom(at: SaleEpoch, earlier: readonly (readonly [string, string])[]): Promise<void> {
  const claimedAt = await redis.now();
  const claims = earlier.map(([customerId, requestId], i) => ({
    claim: {
      ...{ saleId: 'before', customerId, requestId, slot: 1, unit: i + 1, seq: i + 1 },
      ...{ claimedAt, arrivedAt: 0 },
    },
    price: usd(1),
  }));
  await redis.requests.write(
    at,
    (async function* () {
      yield* claims;
    })(),
  );
}

async function compare(model: Model, at: SaleEpoch): Promise<void> {
  const content = await readLedgerContent(redis.redis.commands, at);
  expect(content).not.toBeNull();
  expect(content?.remaining).toBe(remaining(model));
  const stocks = content?.variants ?? [content];
  expect(stocks.map((each) => each?.nextUnit)).toEqual(model.nextUnits);
  expect(stocks.map((each) => each?.remaining)).toEqual(model.nextUnits.map((_, i) => remainingOf(model, i)));
  expect(new Set(content?.returned)).toEqual(model.returned);
  const holders = new Map(content?.holders.map((claim) => [field(claim.customerId, claim.slot), claim.unit]));
  expect(holders).toEqual(new Map([...model.holders].map(([key, held]) => [key, held.unit])));
  expect(Number(await redis.redis.commands.hget(saleKeys(at).state, 'seq'))).toBe(model.seq);
}

const customers = fc.constantFrom('ann', 'bob', 'cem', 'd:e', '1:ann');
const requests = fc.constantFrom('r1', 'r2', 'r3');
const picks = fc.nat(2);
const commands = [
  fc
    .array(fc.tuple(customers, requests, picks), { minLength: 1, maxLength: 5 })
    .map((buys) => new Claims(buys)),
  fc
    .tuple(fc.nat(20), fc.constantFrom('cancelled' as const, 'forgotten' as const))
    .map(([pick, kind]) => new Release(pick, kind)),
  fc
    .tuple(fc.boolean(), fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 2 }), picks)
    .map(([paused, added, revisions, pick]) => new Configure(paused, added, revisions, pick)),
  fc.constant(new Compare()),
];

/** One size is that of a product without variants. */
function productOf(sizes: readonly number[]): { quantity: number; variants?: readonly Variant[] } {
  const wanted = sizes.map((quantity, i) => ({ sku: `v${i}`, name: `v${i}`, quantity }));
  const stock = parseStock(sizes.length === 1 ? { quantity: sizes[0] } : { variants: wanted }, usd(1));
  if (!stock.ok) throw new Error(stock.message);
  return stock;
}

it('agrees with the model, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.integer({ min: 1, max: 6 }).map((quantity) => [quantity]),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }),
      ),
      fc.uniqueArray(fc.tuple(customers, requests), { maxLength: 3, selector: (each) => each.join(' ') }),
      fc.commands(commands, { maxCommands: 60, size: '+1' }),
      async (sizes, earlier, steps) => {
        const { quantity, variants } = productOf(sizes);
        const terms = {
          ...{ revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
          ...(variants && { variants }),
        };
        const starts = variants?.map(({ ranges }) => ranges[0]?.from ?? 0) ?? [1];
        const at = await redis.openEpoch({
          ...{ quantity, perCustomer, terms },
          ...(variants && {
            variants: variants.map((each, i) => ({ nextUnit: starts[i] ?? 0, remaining: unitsOf(each) })),
          }),
        });
        await carryFrom(at, earlier);
        const model: Model = {
          terms,
          nextUnits: [...starts],
          seq: 0,
          returned: new Set(),
          holders: new Map(),
          cancelled: new Map(),
          earlier: new Set(earlier.map((each) => each.join(' '))),
        };
        await fc.asyncModelRun(() => ({ model, real: { at } }), steps);
        await compare(model, at);
      },
    ),
    { numRuns: 150, seed: testSeed },
  );
});
