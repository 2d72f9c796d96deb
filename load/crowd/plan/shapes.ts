import type { Random } from '../../shared/random.ts';

export const shapeNames = ['opening', 'ramp', 'refresh', 'clickers', 'scalpers', 'late'] as const;
export type ShapeName = (typeof shapeNames)[number];

/** When a buyer presses, in milliseconds from the opening; before it where negative. */
export interface PressPlan {
  atMs: number;
  /** Further presses, this long after the first, each another request; the shopper does not wait for these to succeed. */
  clicksAfterMs: readonly number[];
}

interface Shape {
  about: string;
  /** What `--spread-ms` is when it is not given. */
  spreadMs: number;
  press(spreadMs: number, random: Random, isScalper: boolean): PressPlan;
  /** How much later than the spread the last press may come. */
  tailMs: number;
}

const everySoMany = 5;
const scalperClicks = clicks(20, 100);
const scalperLeadMs = 500;
const impatientClicks = clicks(10, 150);
const surgeShare = 0.9;
const surgeAfterMs = 10_000;

const shapes: Record<ShapeName, Shape> = {
  opening: {
    about: 'everyone presses at the opening, spread evenly over --spread-ms (1000)',
    spreadMs: 1000,
    press: (spreadMs, random) => once(random() * spreadMs),
    tailMs: 0,
  },
  ramp: {
    about: 'few at first, more and more until the end of --spread-ms (10000)',
    spreadMs: 10_000,
    // The root makes the number of presses a second grow in a straight line.
    press: (spreadMs, random) => once(Math.sqrt(random()) * spreadMs),
    tailMs: 0,
  },
  refresh: {
    about:
      'as at the opening, while every spectator loads the page again each second: GET /status and a new socket',
    spreadMs: 1000,
    press: (spreadMs, random) => once(random() * spreadMs),
    tailMs: 0,
  },
  clickers: {
    about: 'every buyer presses 11 times, every 150 ms, each time with another request',
    spreadMs: 1000,
    press: (spreadMs, random) => ({ atMs: random() * spreadMs, clicksAfterMs: impatientClicks }),
    tailMs: lastOf(impatientClicks),
  },
  scalpers: {
    about: 'every fifth buyer comes from one address, and presses half a second early and then every 100 ms',
    spreadMs: 1000,
    press: (spreadMs, random, isScalper) =>
      isScalper ? { atMs: -scalperLeadMs, clicksAfterMs: scalperClicks } : once(random() * spreadMs),
    tailMs: lastOf(scalperClicks),
  },
  late: {
    about:
      'one in ten at the opening, all others ten seconds later, each time spread over --spread-ms (1000)',
    spreadMs: 1000,
    press: (spreadMs, random) => once((random() < surgeShare ? surgeAfterMs : 0) + random() * spreadMs),
    tailMs: surgeAfterMs,
  },
};

export function planPress(shape: ShapeName, spreadMs: number, random: Random, isScalper: boolean): PressPlan {
  return shapes[shape].press(spreadMs, random, isScalper);
}

/** Whether the buyer of this number belongs to the scalpers, where the shape has any. */
export function isScalper(shape: ShapeName, buyerNumber: number): boolean {
  return shape === 'scalpers' && buyerNumber % everySoMany === 0;
}

export function defaultSpreadMs(shape: ShapeName): number {
  return shapes[shape].spreadMs;
}

/** From the opening until the last press. */
export function pressingMs(shape: ShapeName, spreadMs: number): number {
  return spreadMs + shapes[shape].tailMs;
}

/** One line a shape, for --help. */
export function describeShapes(): string {
  return shapeNames.map((name) => `  ${name.padEnd(9)} ${shapes[name].about}`).join('\n');
}

function once(atMs: number): PressPlan {
  return { atMs, clicksAfterMs: [] };
}

function clicks(count: number, everyMs: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (i + 1) * everyMs);
}

function lastOf(times: readonly number[]): number {
  return times.at(-1) ?? 0;
}
