import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LatencyHistogram } from '../../src/shared/latency-histogram.ts';

const times = fc.array(fc.double({ min: 0.001, max: 9_000, noNaN: true }), { minLength: 1, maxLength: 200 });

it('gives percentiles that are at most a quarter too high, and never too low', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 100 }), (all, percentile) => {
      const histogram = new LatencyHistogram();
      for (const ms of all) histogram.record(ms);
      const exact = all.toSorted((a, b) => a - b)[Math.ceil((all.length * percentile) / 100) - 1] as number;
      const given = histogram.percentileMs(percentile);
      expect(given).toBeGreaterThanOrEqual(exact * (1 - 1e-6));
      expect(given).toBeLessThanOrEqual(Math.max(0.1, exact * 1.25) * (1 + 1e-6));
      expect(histogram.total).toBe(all.length);
    }),
  );
});

it('two that are added equal one that recorded everything', () => {
  fc.assert(
    fc.property(times, times, (some, others) => {
      const [one, two, both] = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()];
      for (const ms of some) one.record(ms);
      for (const ms of others) two.record(ms);
      for (const ms of [...some, ...others]) both.record(ms);
      one.add(JSON.parse(JSON.stringify(two)));
      expect(one).toEqual(both);
    }),
  );
});

it('counts values beyond its last bucket, and gives 0 without values', () => {
  const histogram = new LatencyHistogram();
  expect(histogram.percentileMs(50)).toBe(0);
  histogram.record(0);
  histogram.record(60_000);
  expect([histogram.percentileMs(50), histogram.percentileMs(99)]).toEqual([0.1, 60_000]);
});
