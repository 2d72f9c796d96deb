import { describe, expect, test } from 'vitest';
import { TieredSeries } from '../../src/console/history/tiered-series.ts';

/** A round number of tens, so that the steps of ten seconds are easy to see. */
const start = 1_700_000_000;

function filled(seconds: number): TieredSeries {
  const series = new TieredSeries(['last', 'mean', 'max']);
  for (let second = 0; second < seconds; second++) series.set(start + second, [second, second, second % 10]);
  return series;
}

describe('an hour of figures', () => {
  test('is empty before anything was heard', () => {
    expect(new TieredSeries(['last', 'max']).read(0)).toEqual({ seconds: [], columns: [[], []] });
  });

  test('has the last five minutes by the second', () => {
    const { seconds, columns } = filled(1000).read(start + 700);
    expect(seconds).toEqual(Array.from({ length: 300 }, (_, index) => start + 700 + index));
    expect(columns[0]?.at(0)).toBe(700);
    expect(columns[0]?.at(-1)).toBe(999);
  });

  test('has one value for ten seconds before that, the way each column wants it', () => {
    const { seconds, columns } = filled(1000).read(start);
    expect(seconds.slice(0, 2)).toEqual([start, start + 10]);
    expect(columns.map((column) => column[1])).toEqual([19, 14.5, 9]);
    const steps = seconds.slice(1).map((second, index) => second - (seconds[index] as number));
    expect(new Set(steps)).toEqual(new Set([10, 1]));
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  });

  test('forgets what is older than an hour, and takes no more memory however long it runs', () => {
    const { seconds } = filled(20_000).read(0);
    expect((seconds.at(-1) as number) - (seconds[0] as number)).toBeLessThanOrEqual(3600);
    expect((seconds.at(-1) as number) - (seconds[0] as number)).toBeGreaterThan(3500);
    expect(seconds.length).toBeLessThanOrEqual(300 + 360);
  });

  test('shows a gap as a gap, and does not bring back what was there an hour ago', () => {
    const series = filled(100);
    series.set(start + 110, [7, 7, 7]);
    const { seconds, columns } = series.read(start + 98);
    expect(seconds).toHaveLength(13);
    expect(columns[0]).toEqual([98, 99, ...Array(10).fill(null), 7]);
    series.set(start + 4000, [1, 1, 1]);
    const later = series.read(start);
    expect(later.columns[0]?.filter((value) => value !== null)).toEqual([1]);
  });

  test('takes a second that comes late or twice, and drops one that has left the buffers', () => {
    const series = filled(400);
    series.set(start + 395, [5000, 1, 1]);
    expect(series.read(start + 395).columns[0]?.[0]).toBe(5000);
    series.set(start + 50, [9999, 1, 1]);
    expect(series.read(start).columns[0]).not.toContain(9999);
  });
});
