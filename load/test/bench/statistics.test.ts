import { expect, test } from 'vitest';
import { atMost, ratioAtMost, rowOf } from '../../bench/report/row.ts';
import { median, percentile, sum } from '../../bench/report/statistics.ts';

test('the median of an odd number is the middle one, of an even number the mean of the two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('a median of nothing');
});

test('a percentile is a value that was measured, by nearest rank', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(percentile(values, 50)).toBe(100);
  expect(percentile(values, 99)).toBe(198);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([10, 2], 1)).toBe(2);
});

test('a row compares medians, and its goal is held against the ratio', () => {
  const given = { path: 'p', figure: 'f', ours: [3, 1, 2], baseline: { name: 'ws', values: [1, 4, 2] } };
  expect(rowOf({ ...given, goal: ratioAtMost(1) })).toMatchObject({ ours: 2, ratio: 1, met: true });
  expect(rowOf({ ...given, goal: ratioAtMost(0.9) })).toMatchObject({ goal: '≤ 0.9 × baseline', met: false });
  expect(rowOf({ ...given, goal: null }).met).toBeNull();
});

test('a row without a baseline has no ratio; a bound on the figure itself holds at the bound', () => {
  const row = rowOf({ path: 'p', figure: 'f', ours: [2], goal: atMost(2) });
  expect(row).toMatchObject({ baseline: null, ratio: null, met: true });
});

test('a sum of nothing is 0', () => {
  expect(sum([])).toBe(0);
  expect(sum([1, 2.5])).toBe(3.5);
});
