import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { elapsed } from './elapsed.ts';
import { root } from './root.ts';
import { prepare } from './set-up.ts';
import { readSettings } from './settings.ts';
import { listenForStop } from './shop/stop-signals.ts';
import { playwrightCounts, type TestCounts, vitestCounts } from './test-counts.ts';

const INTERRUPTED = 130;
/** A bound against hanging. */
const RUN_MS_MAX = 45 * 60 * 1_000;
/** More than a run in which every test fails says. */
const HELD_BACK_BYTES_MAX = 64 * 1024 * 1024;

type Run = { file: string; args: string[]; cwd: string; env?: NodeJS.ProcessEnv; output?: Writable };

/** `npm test`: set-up, then vitest over the workspace beside Playwright, as both wait a lot; one summary over everything. */
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

  console.log('\nUnit and integration tests (vitest); browser tests (Playwright) run beside them');
  const vitest = run(
    {
      file: join(root, 'cli', 'node_modules', '.bin', 'vitest'),
      args: ['run', '--root', root, ...jsonReporter, ...shuffle, ...filter],
      cwd: root,
    },
    signals.stopping,
  );
  /** What Playwright says while vitest has the screen. */
  const heldBack = new PassThrough({ highWaterMark: HELD_BACK_BYTES_MAX });
  const playwright = run(
    {
      file: join(root, 'e2e', 'node_modules', '.bin', 'playwright'),
      args: ['test', '--reporter=list,json', ...filter],
      cwd: join(root, 'e2e'),
      env: {
        ...(chromium && { CHROMIUM_PATH: chromium }),
        PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      },
      output: heldBack,
    },
    signals.stopping,
  ).finally(() => heldBack.end());
  const unit = vitestCounts(await vitest, read(vitestReport));
  if (!signals.stopping.aborted) console.log('\nBrowser tests (Playwright)');
  // Also when some of those failed: one run shows everything.
  heldBack.pipe(process.stdout);
  await finished(heldBack);
  const browser = playwrightCounts(await playwright, read(playwrightReport));
  if (signals.stopping.aborted) return INTERRUPTED;

  const passed = unit.passed + browser.passed;
  const failed = unit.failed + browser.failed;
  const took = elapsed(Date.now() - startedAt);
  console.log(`\nvitest: ${describe(unit)}; Playwright: ${describe(browser)}; in ${took}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (passed + failed === 0) console.error('No test ran.');
  return failed === 0 && passed > 0 ? 0 : 1;
}

function describe({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Its exit code; `output` gets what it says, if given, else the terminal. */
async function run({ file, args, cwd, env, output }: Run, stopping: AbortSignal): Promise<number> {
  const said = output === undefined ? 'inherit' : 'pipe';
  const child = spawn(file, args, {
    cwd,
    stdio: ['ignore', said, said],
    timeout: RUN_MS_MAX,
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (output !== undefined) stream?.pipe(output, { end: false });
  }
  const stop = () => child.kill('SIGTERM');
  stopping.addEventListener('abort', stop);
  try {
    const [code] = await once(child, 'close');
    return code ?? 1;
  } catch {
    return 1;
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
