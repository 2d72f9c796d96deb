import { testSeed } from './random.ts';

/** `FUZZ_RUNS=100000` for a long run; each failure prints its seed. */
const longRuns = process.env.FUZZ_RUNS === undefined ? undefined : Number(process.env.FUZZ_RUNS);

export function fuzzRuns(runs: number): { seed: number; numRuns: number; interruptAfterTimeLimit?: number } {
  return { seed: testSeed, numRuns: longRuns ?? runs };
}
