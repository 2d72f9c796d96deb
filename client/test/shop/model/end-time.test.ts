import { expect, test } from 'vitest';
import { secondsToEnd } from '../../../src/shop/model/end-time.ts';
import { nextTickMs } from '../../../src/shop/model/next-tick.ts';
import { viewOf } from '../../../src/shop/model/view.ts';
import { iso, modelOf, saleOf } from '../../_support/fixtures.ts';

const dayMs = 86_400_000;

test.each([
  [{ endsAt: null }, 0, null],
  [{ endsAt: iso(90_000) }, 0, 90],
  [{ endsAt: iso(90_000) }, 89_001, 1],
  [{ endsAt: iso(90_000) }, 90_000, null],
  [{ endsAt: iso(dayMs) }, 0, 86_400],
  [{ endsAt: iso(dayMs + 1) }, 0, 'later'],
  [{ status: 'scheduled', startsAt: iso(60_000), endsAt: iso(90_000) }, 0, 'later'],
  [{ status: 'paused', endsAt: iso(90_000) }, 0, 90],
  [{ status: 'sold_out', remaining: 0, endsAt: iso(90_000) }, 0, 90],
  [{ status: 'ended', endsAt: iso(90_000) }, 0, null],
] as const)('of a sale with %j, at %i ms: %s', (change, now, expected) => {
  expect(secondsToEnd(viewOf(modelOf({ sale: saleOf(change) }), now))).toBe(expected);
});

test('the page looks again when the second of the end turns', () => {
  const model = modelOf({ sale: saleOf({ endsAt: iso(90_250) }) });
  expect(nextTickMs(model, 0)).toBe(250);
  expect(nextTickMs(model, 250)).toBe(1000);
});
