import { spawn } from 'node:child_process';
import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elapsed } from './elapsed.ts';
import { root } from './root.ts';
import { prepare } from './set-up.ts';
import { readSettings } from './settings.ts';
import { listenForStop } from './shop/stop-signals.ts';
import { playwrightCounts, type TestCounts, vitestCounts, vitestFailures } from './test-counts.ts';

const INTERRUPTED = 130;
/** A bound against hanging, for each of the two runs. */
const RUN_MS_MAX = 24 * 60 * 1_000;

type Run = { file: string; args: string[]; cwd: string; env?: NodeJS.ProcessEnv };

/** `npm test`: set-up, then vitest over the workspace, then Playwright; one summary over everything. */
export async function runTests(args: string[]): Promise<number> {
  const startedAt = Date.now();
  // The tests start their own services and do not touch those that the environment names.
  const settings = readSettings({ ...process.env, REDIS_URL: '', MONGODB_URI: '' });
  const { chromium } = await prepare(settings, { chromium: true, services: 'private' });
  using signals = listenForStop();
  using reports = mkdtempDisposableSync(join(tmpdir(), 'flipzon-tests-'));
  const vitestReport = join(reports.path, 'vitest.json');
  const playwrightReport = join(reports.path, 'playwright.json');
  // A filter may match in one of the two only.
  const filter = args.length > 0 ? [...args, '--pass-with-no-tests'] : [];
  const jsonReporter = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];

  // `TEST_SEED` repeats the order as well.
  const shuffle = process.env.SHUFFLE === '1' ? ['--sequence.shuffle.tests'] : [];

  console.log('\nUnit and integration tests (vitest)');
  const vitest: Run = {
    file: join(root, 'cli', 'node_modules', '.bin', 'vitest'),
    args: ['run', '--root', root, ...jsonReporter, ...shuffle, ...filter],
    cwd: root,
  };
  const vitestExit = await run(vitest, signals.stopping);
  const unit = vitestCounts(vitestExit, read(vitestReport));
  if (signals.stopping.aborted) return INTERRUPTED;

  // Also when some of those failed: one run shows everything.
  console.log('\nBrowser tests (Playwright)');
  const playwright: Run = {
    file: join(root, 'e2e', 'node_modules', '.bin', 'playwright'),
    args: ['test', '--reporter=list,json', ...filter],
    cwd: join(root, 'e2e'),
    env: {
      ...(chromium && { CHROMIUM_PATH: chromium }),
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    },
  };
  const browser = playwrightCounts(await run(playwright, signals.stopping), read(playwrightReport));
  if (signals.stopping.aborted) return INTERRUPTED;

  const passed = unit.passed + browser.passed;
  const failed = unit.failed + browser.failed;
  // Again at the end: a log that is cut keeps its last lines.
  for (const failure of vitestFailures(read(vitestReport))) console.log(`\nFailed: ${failure}`);
  const took = elapsed(Date.now() - startedAt);
  console.log(`\nvitest: ${describe(unit)}; Playwright: ${describe(browser)}; in ${took}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (passed + failed === 0) console.error('No test ran.');
  return failed === 0 && passed > 0 ? 0 : 1;
}

function describe({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function run({ file, args, cwd, env }: Run, stopping: AbortSignal): Promise<number> {
  const child = spawn(file, args, {
    cwd,
    stdio: 'inherit',
    timeout: RUN_MS_MAX,
    env: { ...process.env, ...env },
  });
  const stop = () => child.kill('SIGTERM');
  stopping.addEventListener('abort', stop);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => {
      stopping.removeEventListener('abort', stop);
      resolve(code ?? 1);
    });
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
