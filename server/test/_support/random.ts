/** A seeded source of chance (mulberry32); `FAULT_SEED` repeats a run, as far as the machine lets it. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** from ≤ whole number ≤ to */
    between: (from: number, to: number): number => from + Math.floor(next() * (to - from + 1)),
  };
}
