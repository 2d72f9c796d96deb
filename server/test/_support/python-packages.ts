import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '@flipzon/local-services/cache-dir.ts';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';

const installMsMax = 120_000;

export interface Python {
  path: string;
  /** To be PYTHONPATH. */
  packages: string;
}

/**
 * Python with the packages of `python/NAME.txt`, exact versions by the hashes of their files, installed once into a folder of the cache. Throws one line that says what is missing and what to
 * do: a test that needs them must not pass without them.
 */
export async function ensurePython(name: string): Promise<Python> {
  const path = findOnPath('python3');
  if (path === undefined)
    throw new Error('This test needs Python 3: there is no python3 on PATH. Install it.');
  const requirements = fileURLToPath(new URL(`./python/${name}.txt`, import.meta.url));
  const stamp = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const packages = join(cacheDir(), `${name}-${stamp}`);
  if (existsSync(packages)) return { path, packages };
  const fresh = `${packages}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const args = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--target',
      fresh,
      '--require-hashes',
      '--no-deps',
      '--only-binary',
      ':all:',
      '-r',
      requirements,
    ];
    const { ok, output } = await runCommand(path, args, { timeoutMs: installMsMax });
    if (!ok) {
      const why = output.split('\n').findLast((line) => line.trim() !== '') ?? 'pip said nothing';
      throw new Error(
        `This test needs ${name} from PyPI, and pip could not install it: ${why.trim()} ` +
          `(install pip, or open the network, or put the packages into ${packages})`,
      );
    }
    // A run beside this one may have been quicker; its folder is as good.
    await rename(fresh, packages).catch((error: unknown) => {
      if (!existsSync(packages)) throw error;
    });
    return { path, packages };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
