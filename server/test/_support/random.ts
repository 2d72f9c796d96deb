/** All random values of a run follow from it; the run prints it, and `TEST_SEED` repeats them. */
export const testSeed = Number(process.env.TEST_SEED);
if (!Number.isInteger(testSeed)) throw new Error('vitest.config.ts sets TEST_SEED');

export type Random = ReturnType<typeof createRandom>;

/** A seeded source of chance (mulberry32). */
export function createRandom(seed = testSeed) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** from ≤ whole number ≤ to */
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    /** `max` of them at most, in random order. */
    some<T>(items: readonly T[], max: number): T[] {
      const left = [...items];
      const chosen: T[] = [];
      while (left.length > 0 && chosen.length < max) {
        const index = between(0, left.length - 1);
        chosen.push(left[index] as T);
        left[index] = left.at(-1) as T;
        left.pop();
      }
      return chosen;
    },
  };
}
