import { expect, test } from 'vitest';
import { parseArguments } from '../../../crowd/plan/arguments.ts';
import { isScalper, planPress, pressingMs, type ShapeName, shapeNames } from '../../../crowd/plan/shapes.ts';
import { createRandom } from '../../../shared/random.ts';

const buyers = 10_000;

/** When each of many buyers presses, the further clicks included. */
function presses(shape: ShapeName, spreadMs: number): { first: number[]; all: number[] } {
  const random = createRandom(1);
  const plans = Array.from({ length: buyers }, (_, i) =>
    planPress(shape, spreadMs, random, isScalper(shape, i)),
  );
  return {
    first: plans.map(({ atMs }) => atMs),
    all: plans.flatMap(({ atMs, clicksAfterMs }) => [
      atMs,
      ...clicksAfterMs.map((afterMs) => atMs + afterMs),
    ]),
  };
}

const share = (times: number[], from: number, to: number) =>
  times.filter((ms) => ms >= from && ms < to).length / times.length;

test('opening and refresh: evenly over the spread', () => {
  for (const shape of ['opening', 'refresh'] as const) {
    const { first, all } = presses(shape, 1000);
    expect(all).toEqual(first);
    expect(share(first, 0, 500)).toBeCloseTo(0.5, 1);
    expect(share(first, 0, 1000)).toBe(1);
  }
});

test('ramp: three quarters of the presses are in the second half', () => {
  const { first } = presses('ramp', 10_000);
  expect(share(first, 0, 5000)).toBeCloseTo(0.25, 1);
  expect(share(first, 5000, 10_000)).toBeCloseTo(0.75, 1);
});

test('clickers: each presses eleven times', () => {
  const { all } = presses('clickers', 1000);
  expect(all).toHaveLength(11 * buyers);
});

test('scalpers: every fifth presses before the opening, and goes on after it; the others press once', () => {
  const { first, all } = presses('scalpers', 1000);
  expect(share(first, -500, 0)).toBe(0.2);
  expect(all).toHaveLength(buyers + (buyers / 5) * 20);
});

test('late: a tenth at the opening, no one in between, the others ten seconds later', () => {
  const { first } = presses('late', 1000);
  expect(share(first, 0, 1000)).toBeCloseTo(0.1, 1);
  expect(share(first, 1000, 10_000)).toBe(0);
  expect(share(first, 10_000, 11_000)).toBeCloseTo(0.9, 1);
});

test.each(shapeNames)('%s: no one presses after the end that the run expects', (shape) => {
  expect(Math.max(...presses(shape, 1000).all)).toBeLessThanOrEqual(pressingMs(shape, 1000));
});

test('a seed gives the same presses again', () => {
  expect(presses('ramp', 1000)).toEqual(presses('ramp', 1000));
});

test('the spread is the shape’s, unless it is given; --help explains every shape', () => {
  const spreadOf = (...argv: string[]) => {
    const parsed = parseArguments(argv);
    return parsed.code === 'run' ? parsed.options.spreadMs : parsed.text;
  };
  expect(spreadOf()).toBe(1000);
  expect(spreadOf('--shape', 'ramp')).toBe(10_000);
  expect(spreadOf('--shape', 'ramp', '--spread-ms', '0')).toBe(0);
  expect(spreadOf('--shape', 'mob')).toContain('--shape');
  for (const name of shapeNames) expect(spreadOf('--help')).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
});
