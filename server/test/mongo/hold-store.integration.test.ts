import { randomBytes } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createHoldStore } from '../../src/mongo/hold-store.ts';
import { createModels } from '../../src/mongo/models.ts';
import type { HoldOutcome, HoldRecord } from '../../src/sale/hold.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { HoldInsertOutcome } from '../../src/sale/store-ports.ts';
import { saleOf } from '../_support/sale-of.ts';

const terms = { holdSeconds: 60, holdsMax: 2 };
const heldAt = 1_000;

async function open() {
  const connection = await connectMongo(
    inject('mongodbUri'),
    `test_${randomBytes(6).toString('hex')}`,
    () => undefined,
  );
  onTestFinished(() => connection.close());
  const models = await createModels(connection);
  return { models, holds: createHoldStore(models) };
}

function claimOf(saleId: string, customerId: string, unit: number, seq: number): Claim {
  return {
    ...{ saleId, customerId, unit, seq, slot: 1, requestId: `${customerId}-${seq}` },
    claimedAt: 500,
    arrivedAt: 400,
  };
}

function recordOf(outcome: HoldInsertOutcome | undefined): HoldRecord {
  if (outcome === undefined || outcome.code === 'invalid') throw new Error('no hold');
  return outcome.record;
}

it('holds and their ends are decided by inserts', async () => {
  const { models, holds } = await open();
  const insert = async (...claims: Claim[]) =>
    holds.insert(claims, saleOf(claims[0]?.saleId ?? ''), terms, heldAt);
  const codes = (outcomes: readonly HoldInsertOutcome[]) => outcomes.map(({ code }) => code);
  const end = (record: HoldRecord, outcome: HoldOutcome, by = 'sweep 1') =>
    holds.end(record.hold, { outcome, by, at: 70_000 });

  const ann = claimOf('a', 'ann', 1, 1);
  const beyond = claimOf('a', 'zoe', 6, 6);
  const first = await insert(ann, beyond, claimOf('a', 'bob', 2, 2));
  expect(codes(first)).toEqual(['stored', 'invalid', 'stored']);
  const held = recordOf(first[0]);
  expect(held).toMatchObject({
    hold: { id: 'a:ann:1:1', tryNumber: 1, heldAt, payBy: 61_000 },
    end: null,
  });

  // The entry comes again, and another claim of the customer has to give way, as does one on the same unit.
  const again = await insert(ann, claimOf('a', 'ann', 3, 3), claimOf('a', 'cem', 1, 4));
  expect(codes(again)).toEqual(['stored_before', 'customer_has_another', 'unit_taken']);
  expect(again.map(recordOf)).toEqual([held, held, held]);

  // Many decide at once, and all get the same answer.
  const ends = await Promise.all(
    (['paid', 'expired', 'released', 'expired'] as const).map((outcome, index) =>
      end(held, outcome, `node ${index}`),
    ),
  );
  expect(new Set(ends.map((each) => JSON.stringify(each))).size).toBe(1);
  expect((await holds.byId(held.hold.id))?.end).toEqual(ends[0]);

  // Decided, and the node died before it had let the unit go: the next claim on it does.
  const bob = recordOf(first[2]);
  expect((await end(bob, 'expired')).outcome).toBe('expired');
  expect(codes(await insert(claimOf('a', 'dora', 2, 7)))).toEqual(['stored']);
  // The customer's next try; the first one is known by its claim.
  const second = await insert(claimOf('a', 'bob', 4, 8));
  expect(recordOf(second[0]).hold).toMatchObject({ id: 'a:bob:1:2', tryNumber: 2 });
  expect(codes(await insert(claimOf('a', 'bob', 2, 2)))).toEqual(['stored_before']);
  expect((await holds.ofClaim(claimOf('a', 'bob', 2, 2)))?.end?.outcome).toBe('expired');
  expect(await holds.ofClaim(claimOf('a', 'bob', 2, 99))).toBeNull();

  const mine = await holds.ofCustomer('bob', 10);
  expect(mine.map(({ hold }) => hold.tryNumber)).toEqual([2, 1]);
  const all: string[] = [];
  for await (const { hold } of holds.ofSale('a')) all.push(hold.id);
  expect(all.sort()).toEqual(['a:ann:1:1', 'a:bob:1:1', 'a:bob:1:2', 'a:dora:1:1']);

  expect((await holds.unfinished(80_000, 10)).sort()).toEqual(['a:ann:1:1', 'a:bob:1:1']);
  expect(await holds.unfinished(70_000, 10)).toEqual([]);
  await holds.done('a:bob:1:1');
  expect(await holds.unfinished(80_000, 10)).toEqual(['a:ann:1:1']);

  // Whatever the code does, two customers cannot hold one unit.
  const stored = await models.Hold.findOne({ _id: 'a:dora:1:1' }).lean();
  await expect(models.Hold.create({ ...stored, _id: 'a:eve:1:1' })).rejects.toMatchObject({ code: 11000 });
});
