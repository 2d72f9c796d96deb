import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'local-services',
    include: ['test/**/*.test.ts'],
    // Real processes: each starts and stops its own.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
