import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findOnPath } from '@flipzon/server/services/find-on-path.ts';
import { runCommand } from '@flipzon/server/services/run-command.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const APT_MS_MAX = 600_000;
const PLAYWRIGHT_MS_MAX = 300_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export type Chromium = { path: string; source: 'found' | 'installed' };

/** A Chromium that is here: on PATH, where macOS keeps Chrome, or Playwright's own. */
export async function findChromium(): Promise<string | undefined> {
  const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  for (const path of [process.env.CHROMIUM_PATH, ...NAMES.map(findOnPath), macChrome, playwrightChromium()]) {
    if (path !== undefined && existsSync(path) && (await answersVersion(path))) return path;
  }
  return undefined;
}

/** As `findChromium`, else installs Debian's as root, else Playwright's own. */
export async function ensureChromium(report: (line: string) => void): Promise<Chromium> {
  const found = await findChromium();
  if (found !== undefined) return { path: found, source: 'found' };
  if (process.getuid?.() === 0 && findOnPath('apt-get') !== undefined) {
    report('apt-get install chromium');
    const apt = (...args: string[]) =>
      runCommand('apt-get', args, {
        timeoutMs: APT_MS_MAX,
        env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      });
    const args = ['install', '-y', '--no-install-recommends', 'chromium'];
    const first = await apt(...args);
    if (!first.ok && (await apt('update')).ok) await apt(...args);
  }
  const fromDebian = await findChromium();
  if (fromDebian !== undefined) return { path: fromDebian, source: 'installed' };
  report('playwright install chromium');
  const playwright = join(playwrightDir(), 'cli.js');
  await runCommand(process.execPath, [playwright, 'install', 'chromium'], { timeoutMs: PLAYWRIGHT_MS_MAX });
  const fromPlaywright = await findChromium();
  if (fromPlaywright !== undefined) return { path: fromPlaywright, source: 'installed' };
  throw new FatalError(
    'No Chromium here, and none could be installed. Install Chrome or Chromium, or name one with CHROMIUM_PATH.',
  );
}

async function answersVersion(path: string): Promise<boolean> {
  return (await runCommand(path, ['--version'], { timeoutMs: 20_000 })).ok;
}

function playwrightDir(): string {
  const require = createRequire(join(root, 'e2e', 'package.json'));
  return dirname(require.resolve('@playwright/test/package.json'));
}

function playwrightChromium(): string | undefined {
  const require = createRequire(join(root, 'e2e', 'package.json'));
  const { chromium } = require('@playwright/test') as { chromium: { executablePath(): string } };
  return chromium.executablePath();
}
