import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { FatalError } from '../fatal.ts';
import { root } from '../root.ts';

const APT_MS_MAX = 600_000;
const PLAYWRIGHT_MS_MAX = 300_000;
/** Chromium without the windows around its pages, which are a third of a browser test's processor time. */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export type Chromium = { path: string; source: 'found' | 'installed' };

/** A Chromium that is here: on PATH, where macOS keeps Chrome, or Playwright's own. */
export async function findChromium(): Promise<string | undefined> {
  const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  for (const path of [process.env.CHROMIUM_PATH, ...NAMES.map(findOnPath), macChrome]) {
    if (path !== undefined && (await works(path))) return path;
  }
  const playwrights = await playwrightChromium();
  return playwrights !== undefined && (await works(playwrights)) ? playwrights : undefined;
}

/** As `findChromium`, else installs Debian's as root, else Playwright's own. As root it adds Debian's headless shell to a Chromium without one. */
export async function ensureChromium(report: (line: string) => void): Promise<Chromium> {
  const found = await findChromium();
  const byApt = process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
  const shellMayHelp = byApt && !process.env.CHROMIUM_PATH && findOnPath(SHELL) === undefined;
  if (found !== undefined && !shellMayHelp) return { path: found, source: 'found' };
  if (byApt) {
    report(`apt-get install ${SHELL}`);
    const installed = await aptInstall(SHELL);
    if (!installed && found === undefined) {
      report('apt-get install chromium');
      await runApt('update');
      if (!(await aptInstall(SHELL))) await aptInstall('chromium');
    }
  }
  const fromDebian = await findChromium();
  if (fromDebian !== undefined) {
    return { path: fromDebian, source: fromDebian === found ? 'found' : 'installed' };
  }
  report('playwright install chromium');
  const playwright = join(root, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js');
  await runCommand(process.execPath, [playwright, 'install', 'chromium'], { timeoutMs: PLAYWRIGHT_MS_MAX });
  const fromPlaywright = await findChromium();
  if (fromPlaywright !== undefined) return { path: fromPlaywright, source: 'installed' };
  throw new FatalError(
    'No Chromium here, and none could be installed. Install Chrome or Chromium, or name one with CHROMIUM_PATH.',
  );
}

async function aptInstall(name: string): Promise<boolean> {
  return runApt('install', '-y', '--no-install-recommends', name);
}

async function runApt(...args: string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  return (await runCommand('apt-get', args, { timeoutMs: APT_MS_MAX, env })).ok;
}

async function works(path: string): Promise<boolean> {
  return existsSync(path) && (await runCommand(path, ['--version'], { timeoutMs: 20_000 })).ok;
}

/** Where Playwright would keep its own, asked in the package that has it. */
async function playwrightChromium(): Promise<string | undefined> {
  const question = "require('@playwright/test').chromium.executablePath()";
  const { ok, output } = await runCommand(process.execPath, ['-p', question], {
    cwd: join(root, 'e2e'),
    timeoutMs: 20_000,
  });
  return ok ? output : undefined;
}
