import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { Timings } from '../../src/metrics/timings.ts';

const upToMs = [1, 5, 25];
const tookMs = [0, 1, 1.001, 5, 24.9, 25, 26, 1_000];

it('reports the same as prom-client’s own histogram', async () => {
  const ours = new Registry();
  const theirs = new Registry();
  const timings = new Timings(ours, { name: 'took_seconds', help: 'Took', upToMs });
  const histogram = new Histogram({
    name: 'took_seconds',
    help: 'Took',
    buckets: upToMs.map((ms) => ms / 1000),
    registers: [theirs],
  });
  for (const ms of tookMs) {
    timings.note(ms);
    histogram.observe(ms / 1000);
  }
  const sumless = async (registry: Registry) =>
    (await registry.metrics()).replace(/^took_seconds_sum .*$/m, '');
  expect(await sumless(ours)).toBe(await sumless(theirs));
  expect(timings.count).toBe(tookMs.length);
  expect(timings.sumMs).toBeCloseTo(1_082.901);
});
