// Plain data: the root has no dependencies, so vitest itself cannot be imported here.

// All random values of a run follow from it (server/test/_support/random.ts), and so does the order of the tests under
// `--sequence.shuffle.tests`, which `SHUFFLE=1 npm test` adds.
process.env.TEST_SEED ??= String(Date.now() % 2 ** 31);
console.log(`TEST_SEED=${process.env.TEST_SEED} repeats the random values of this run`);

export default {
  test: {
    projects: ['*/vitest.config.ts'],
    passWithNoTests: true,
    sequence: { seed: Number(process.env.TEST_SEED) },
  },
};
