import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'server',
    include: ['test/**/*.test.ts'],
    globalSetup: [
      'test/_support/global-compile-cache.ts',
      'test/_support/global-fault-figures.ts',
      'test/_support/global-mongodb.ts',
    ],
    // Real services: bounds against hanging, not expectations of speed.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Of one file's tests that wait together, each has processes of its own.
    maxConcurrency: 3,
  },
});
