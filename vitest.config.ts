// Plain data: the root has no dependencies, so vitest itself cannot be imported here.
import { keepFilesInMemory } from './server/test/_support/memory-folder.ts';
import { SlowestFirst } from './server/test/_support/slowest-first.ts';

// All random values of a run follow from it (server/test/_support/random.ts), and so does the order of the tests under
// `--sequence.shuffle.tests`, which `SHUFFLE=1 npm test` adds.
process.env.TEST_SEED ??= String(Date.now() % 2 ** 31);
console.log(`TEST_SEED=${process.env.TEST_SEED} repeats the random values of this run`);

keepFilesInMemory();

const integration = '*/test/**/*.integration.test.ts';

export default {
  test: {
    passWithNoTests: true,
    sequence: { seed: Number(process.env.TEST_SEED), sequencer: SlowestFirst },
    // Bounds against hanging, not expectations of speed.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        // They start nothing: no Redis, no MongoDB, no process. cli/src/check-imports.ts checks this.
        test: { name: 'unit', include: ['*/test/**/*.test.ts'], exclude: [integration] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [integration],
          globalSetup: [
            'server/test/_support/global-compile-cache.ts',
            'server/test/_support/global-fault-figures.ts',
            'server/test/_support/global-mongodb.ts',
          ],
          maxWorkers: 2,
          // A worker loads the server once and not for each file: these mock no module, and each file has a shop of its own.
          isolate: false,
          // A worker belongs to one project, so the projects do not take turns.
          sequence: { groupOrder: 1 },
          // Of one file's tests that wait together, each has processes of its own.
          maxConcurrency: 3,
        },
      },
    ],
  },
};
