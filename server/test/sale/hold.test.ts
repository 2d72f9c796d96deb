import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  faultOfPayment,
  type Hold,
  type HoldOutcome,
  type HoldRecord,
  holdId,
  isDue,
  isLastTry,
  keepsPlace,
  parseHoldId,
  payByOf,
  placeOfClaim,
} from '../../src/sale/hold.ts';
import { testSeed } from '../_support/random.ts';
import { usd } from '../_support/usd.ts';

const hold = (tryNumber: number, seq: number): Hold => ({
  ...{ saleId: 'sale', customerId: 'ann', slot: 1, unit: seq, seq, requestId: `r${seq}` },
  ...{ claimedAt: seq, arrivedAt: 0, price: usd(10), heldAt: seq, payBy: seq + 60_000 },
  letGo: false,
  id: holdId({ saleId: 'sale', customerId: 'ann', slot: 1 }, tryNumber),
  tryNumber,
});

it('the id of a hold names customer, place and try, whatever the customer is called', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 99 }),
      (customerId, slot, tryNumber) => {
        const named = { saleId: '20261201-ab', customerId, slot };
        expect(parseHoldId(holdId(named, tryNumber))).toEqual({ ...named, tryNumber });
      },
    ),
    { seed: testSeed },
  );
  expect(parseHoldId('sale:ann:1')).toBeNull();
  expect(parseHoldId('sale:ann:1:0')).toBeNull();
});

it('in one place of a share, tries follow each other, one has a unit at a time, and each claim has one hold', () => {
  type Step = 'claim' | 'redelivery' | HoldOutcome;
  const steps = fc.array(fc.constantFrom<Step[]>('claim', 'redelivery', 'paid', 'expired', 'released'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.nat()), (taken, choices) => {
      const holds: HoldRecord[] = [];
      let seq = 0;
      for (const step of taken) {
        if (step === 'claim' || (step === 'redelivery' && holds.length === 0)) {
          const claim = { unit: ++seq, seq };
          const place = placeOfClaim(claim, holds);
          const open = holds.find(({ end }) => keepsPlace(end));
          if (open === undefined) {
            expect(place).toEqual({ is: 'next', tryNumber: holds.length + 1 });
            holds.push({ hold: hold(holds.length + 1, seq), end: null });
          } else expect(place).toEqual({ is: 'blocked', by: open });
        } else if (step === 'redelivery') {
          const record = holds[(choices.next().value as number) % holds.length] as HoldRecord;
          expect(placeOfClaim(record.hold, holds.toReversed())).toEqual({ is: 'known', record });
        } else {
          const last = holds.at(-1);
          // The first end stands.
          if (last !== undefined) last.end ??= { outcome: step, at: 1, by: 'x' };
        }
        expect(holds.filter(({ end }) => keepsPlace(end)).length).toBeLessThanOrEqual(1);
        expect(holds.slice(0, -1).some(({ end }) => end === null || end.outcome === 'paid')).toBe(false);
      }
    }),
    { seed: testSeed },
  );
});

it('a hold is due once its time to pay has passed, and its last try uses up the share', () => {
  const payBy = payByOf(1_000, { holdSeconds: 60 });
  expect(payBy).toBe(61_000);
  expect(isDue({ payBy }, 60_999)).toBe(false);
  expect(isDue({ payBy }, 61_000)).toBe(true);
  expect([1, 2, 3].map((tryNumber) => isLastTry({ tryNumber }, { holdsMax: 2 }))).toEqual([
    false,
    true,
    true,
  ]);
});

it('a payment is that of the hold only with its whole price in its currency', () => {
  const { price } = hold(1, 1);
  expect(faultOfPayment({ price }, { amountMinor: 1_000, currency: 'USD' })).toBeNull();
  expect(faultOfPayment({ price }, { amountMinor: 999, currency: 'USD' })).toBe('wrong_amount');
  expect(faultOfPayment({ price }, { amountMinor: 1_001, currency: 'USD' })).toBe('wrong_amount');
  expect(faultOfPayment({ price }, { amountMinor: 1_000, currency: 'EUR' })).toBe('wrong_amount');
});
