import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elapsed } from './elapsed.ts';
import { root } from './root.ts';
import { prepare } from './set-up.ts';
import { readSettings } from './settings.ts';
import { playwrightCounts, type TestCounts, vitestCounts } from './test-counts.ts';

const TESTS_MS_MAX = 25 * 60 * 1_000;

/** `npm test`: set-up, then vitest over the workspace, then Playwright; one summary over everything. */
export async function runTests(args: string[]): Promise<number> {
  const startedAt = Date.now();
  // The tests bring services of their own: what the environment names is left alone.
  const settings = readSettings({ ...process.env, REDIS_URL: '', MONGODB_URI: '' });
  const parts = await prepare(settings, { chromium: true, services: 'private' });
  const reports = mkdtempSync(join(tmpdir(), 'flipzon-tests-'));
  try {
    const vitestReport = join(reports, 'vitest.json');
    const vitest = join(root, 'cli', 'node_modules', '.bin', 'vitest');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
    console.log('\nUnit and integration tests (vitest)');
    const vitestCode = await run(vitest, ['run', '--root', root, ...reporters, ...args], root, {});
    const unit = vitestCounts(read(vitestReport), vitestCode);

    const playwrightReport = join(reports, 'playwright.json');
    const playwright = join(root, 'e2e', 'node_modules', '.bin', 'playwright');
    console.log('\nBrowser tests (Playwright)');
    const playwrightCode = await run(
      playwright,
      ['test', '--reporter=list,json', ...args],
      join(root, 'e2e'),
      {
        ...(parts.chromium && { CHROMIUM_PATH: parts.chromium }),
        PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
        PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
      },
    );
    const browser = playwrightCounts(read(playwrightReport), playwrightCode);

    const passed = unit.passed + browser.passed;
    const failed = unit.failed + browser.failed;
    console.log(`\nvitest: ${describe(unit)}; Playwright: ${describe(browser)}`);
    console.log(`${passed} passed, ${failed} failed, in ${elapsed(Date.now() - startedAt)}`);
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

function describe({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function run(file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(file, args, {
    cwd,
    stdio: 'inherit',
    timeout: TESTS_MS_MAX,
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
