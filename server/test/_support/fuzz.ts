/** `FUZZ_RUNS=100000` for a long run, `FUZZ_SEED=…` for another one or for one that failed; each failure prints its seed. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);
const longRuns = process.env.FUZZ_RUNS === undefined ? undefined : Number(process.env.FUZZ_RUNS);

export function fuzzRuns(runs: number): { seed: number; numRuns: number; interruptAfterTimeLimit?: number } {
  return { seed, numRuns: longRuns ?? runs };
}
