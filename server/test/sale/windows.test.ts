import { expect, it } from 'vitest';
import { isWithinWindows, type WindowInForce } from '../../src/sale/windows.ts';

const minute = 60_000;
/** Opens at 10, is paused at 20, goes on at 30, is ended at 40; a minute is the unit. */
const windows: WindowInForce[] = [
  [0, 10, null, false],
  [20, 10, null, true],
  [30, 10, null, false],
  [40, 10, 40, false],
].map(([from, startsAt, endsAt, paused]) => ({
  from: (from as number) * minute,
  startsAt: (startsAt as number) * minute,
  endsAt: endsAt === null ? null : (endsAt as number) * minute,
  paused: paused as boolean,
}));

it.each([
  [10 * minute - 1, false],
  [10 * minute, true],
  [20 * minute, true],
  // The pause is on its way to Redis.
  [20 * minute + 10_000, true],
  [20 * minute + 10_001, false],
  [30 * minute - 1_001, false],
  [30 * minute - 1_000, true],
  [40 * minute + 9_000, true],
  [41 * minute, false],
])('a claim at %i ms is within the windows: %s', (at, expected) => {
  expect(isWithinWindows(at, windows)).toBe(expected);
});

it('a window that is rewritten afterwards allows nothing that was made before', () => {
  const rewritten = [...windows, { from: 90 * minute, startsAt: 10 * minute, endsAt: null, paused: false }];
  expect(isWithinWindows(60 * minute, rewritten)).toBe(false);
  expect(isWithinWindows(95 * minute, rewritten)).toBe(true);
});
