import { keepFilesInMemory } from '@flipzon/server/test-support/memory-folder.ts';
import { defineConfig } from '@playwright/test';
import { chromiumPath } from './support/chromium-path.ts';

keepFilesInMemory();

export default defineConfig({
  testDir: 'tests',
  // What is judged by times has the machine to itself: one file, once all others are through, unless it is asked for.
  projects: [
    { name: 'beside others', testIgnore: 'alone.spec.ts' },
    {
      name: 'alone',
      testMatch: 'alone.spec.ts',
      dependencies: process.argv.some((word) => word.includes('alone.spec')) ? [] : ['beside others'],
    },
  ],
  globalSetup: './global-setup.ts',
  // Each worker runs a separate shop: Redis, database and two nodes.
  workers: 2,
  // A failed test runs again for its trace, which would cost every test a third more processor time. It has failed all the same.
  retries: 1,
  failOnFlakyTests: true,
  forbidOnly: process.env.CI !== undefined,
  // Bounds against hanging, not expectations of speed.
  timeout: 180_000,
  globalTimeout: 23 * 60_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'en-GB',
    timezoneId: 'Asia/Kolkata',
    actionTimeout: 40_000,
    // Without its film: recording ten pages costs more than running them. The snapshots of the page are all there.
    trace: { mode: 'on-first-retry', screenshots: false, snapshots: true, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromiumPath && { executablePath: chromiumPath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
