import type { Order } from '@flipzon/protocol/schemas.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { SaleTerms } from '../../src/sale/sale.ts';
import { restocked, type Variant } from '../../src/sale/variant.ts';
import { FakeMongo } from '../_support/fake-mongo.ts';
import { FakeRedis, type Keys } from '../_support/fake-redis.ts';
import { portsOn } from '../_support/fake-stores.ts';
import { openLedger, type TestLedger } from '../_support/ledger.ts';
import { testSeed } from '../_support/random.ts';
import { usd } from '../_support/usd.ts';

/*
 * The scripts against the fakes on which every interleaving is tested: whatever comes in whatever order, both answer the same and hold the
 * same.
 */

let redis: TestLedger;
beforeAll(async () => {
  redis = await openLedger();
});
afterAll(() => redis[Symbol.asyncDispose]());

const quantity = 6;
const customer = fc.constantFrom('ann', 'bob', 'cem', 'dan', 'eve');
const unit = fc.integer({ min: 1, max: quantity });
const place = fc.nat(1);
const twoVariants: readonly Variant[] = [
  { sku: 'a', name: 'A', price: usd(1), ranges: [{ from: 1, to: 2 }] },
  { sku: 'b', name: 'B', price: usd(2), ranges: [{ from: 3, to: quantity }] },
];
const step = fc.oneof(
  fc.record({ kind: fc.constant('claim' as const), customer, place }),
  fc.record({ kind: fc.constant('adopt' as const), customer, unit }),
  fc.record({ kind: fc.constant('reassign' as const), customer }),
  fc.record({ kind: fc.constant('restore' as const), customer, unit }),
  fc.record({ kind: fc.constantFrom('cancelled' as const, 'forgotten' as const), customer }),
  fc.record({
    kind: fc.constant('configure' as const),
    customer,
    added: fc.integer({ min: -1, max: 2 }),
    revisions: fc.integer({ min: 0, max: 1 }),
    paused: fc.boolean(),
    over: fc.boolean(),
    place,
  }),
);

/** `reassign` is for a claim whose unit another order has: only such a one is asked for, as the order writer does. */
function isOverAllocated(fake: FakeRedis, at: SaleEpoch, customerId: string): boolean {
  const keys = fake.epochs.get(at.epoch);
  const held = keys?.holders.get(`1:${customerId}`);
  return held !== undefined && (keys?.overAllocated.get(held.unit) ?? 0) > 0;
}

it('claim, adopt, reassign, restore, release and configure do what the fakes do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { maxLength: 25 }), async (hasVariants, steps) => {
      const terms: SaleTerms = {
        ...{ revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
        ...(hasVariants && { variants: twoVariants }),
      };
      const stocks = hasVariants && {
        variants: [
          { nextUnit: 1, remaining: 2 },
          { nextUnit: 3, remaining: 4 },
        ],
      };
      const at = await redis.openEpoch({ quantity, terms, ...stocks });
      const product = { name: 'x', price: usd(1) };
      const mongo = new FakeMongo({
        id: at.saleId,
        product,
        perCustomer: 1,
        simulated: false,
        createdAt: 0,
        terms,
      });
      const fake = new FakeRedis();
      const notified: Order[] = [];
      const { ledger, keys } = portsOn(
        fake,
        mongo,
        async (_, act) => act(),
        notified,
        () => 2,
      );
      const empty = { holders: [], cancelled: [], returned: [], nextUnit: 1, remaining: quantity, seq: 0 };
      await keys.build(at, { terms, perCustomer: 1, ...empty, ...stocks });
      await keys.openForRestores(at);
      await keys.open(at);

      for (const [index, asked] of steps.entries()) {
        const { kind, customer: customerId, ...more } = asked;
        const { sku } = twoVariants['place' in asked ? asked.place : 0] as Variant;
        const order: Claim = {
          ...{ saleId: at.saleId, customerId, slot: 1, unit: 1, seq: 1_000 + index, requestId: 'old' },
          ...{ claimedAt: 1, arrivedAt: 1, ...more },
        };
        if (kind === 'claim') {
          const buy = {
            ...{ customerId, requestId: 'r', arrivedAt: 1 },
            ...(hasVariants && { variant: asked.place + 1 }),
          };
          const [real, expected] = [await redis.ledger.claim(at, buy), await ledger.claim(at, buy)];
          expect(real.code).toBe(expected.code);
          if (expected.code === 'claimed')
            expect(real).toMatchObject({ claim: { unit: expected.claim.unit } });
        } else if (kind === 'adopt') {
          expect(await redis.ledger.adopt(at, order)).toBe(await ledger.adopt(at, order));
        } else if (kind === 'restore') {
          const expected = await ledger.restore(at, order);
          expect((await redis.ledger.restore(at, order)).code).toBe(expected.code);
        } else if (kind === 'configure') {
          const { added, revisions, paused, over } = asked;
          const { terms } = fake.epochs.get(at.epoch) as Keys;
          const next = {
            ...{ ...terms, revision: terms.revision + revisions, quantity: terms.quantity + added },
            ...{ paused, endsAt: over ? 1 : null },
            ...(terms.variants && added > 0 && { variants: restocked(terms.variants, sku, added) }),
          };
          expect(await redis.ledger.configure(at, next)).toBe(await ledger.configure(at, next));
        } else if (kind !== 'reassign') {
          const held = fake.epochs.get(at.epoch)?.holders.get(`1:${customerId}`) ?? order;
          expect(await redis.ledger.release(at, held, kind)).toBe(await ledger.release(at, held, kind));
        } else if (isOverAllocated(fake, at, customerId)) {
          const held = fake.epochs.get(at.epoch)?.holders.get(`1:${customerId}`) as Claim;
          expect(await redis.ledger.reassign(at, held)).toEqual(await ledger.reassign(at, held));
        }
        const content = await readLedgerContent(redis.redis.commands, at);
        const model = fake.epochs.get(at.epoch);
        expect({
          remaining: content?.remaining,
          nextUnits: content?.variants?.map((each) => each.nextUnit) ?? [content?.nextUnit],
          left: content?.variants?.map((each) => each.remaining),
          seq: Number(await redis.redis.commands.hget(saleKeys(at).state, 'seq')),
          returned: content?.returned.toSorted(),
          holders: content?.holders.map(({ customerId: id, unit: u, seq }) => [id, u, seq]).toSorted(),
        }).toEqual({
          remaining: model?.remaining,
          nextUnits: model?.variants?.map((each) => each.nextUnit) ?? [model?.nextUnit],
          left: model?.variants?.map((each) => each.remaining),
          seq: model?.seq,
          returned: [...(model?.returned ?? [])].toSorted(),
          holders: [...(model?.holders.values() ?? [])]
            .map(({ customerId: id, unit: u, seq }) => [id, u, seq])
            .toSorted(),
        });
      }
      const tooMany = Object.entries(await redis.redis.commands.hgetall(saleKeys(at).state))
        .filter(([field]) => field.startsWith('contested:'))
        .map(([field, count]) => [Number(field.slice('contested:'.length)), Number(count)]);
      expect(new Map(tooMany as [number, number][])).toEqual(fake.epochs.get(at.epoch)?.overAllocated);
    }),
    { numRuns: 100, seed: testSeed },
  );
});

it('a claim whose unit no variant has yet is not reassigned, and nothing changes', async () => {
  const held: Claim = {
    ...{ customerId: 'ann', requestId: 'r', slot: 1, unit: quantity + 1, seq: 1 },
    ...{ saleId: 'x', claimedAt: 1, arrivedAt: 0 },
  };
  const terms = {
    ...{ revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
    variants: twoVariants,
  };
  const variants = [
    { nextUnit: 1, remaining: 2 },
    { nextUnit: 3, remaining: quantity - 2 },
  ];
  const at = await redis.openEpoch({ quantity, terms, variants, holders: [held] });
  const content = async () => [
    await redis.redis.commands.hgetall(saleKeys(at).state),
    await redis.redis.commands.hgetall(saleKeys(at).holders),
    await redis.redis.commands.xlen(saleKeys(at).outbox),
  ];
  const before = await content();
  expect(await redis.ledger.reassign(at, held)).toEqual({ code: 'closed' });
  expect(await content()).toEqual(before);
});
