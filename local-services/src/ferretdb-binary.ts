import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache-dir.ts';
import { ensureGo } from './go-toolchain.ts';
import { type Report, ServiceUnavailableError } from './private-service.ts';
import { runCommand } from './run-command.ts';

export const ferretdbVersion = '1.24.2';

const SOURCE = join(import.meta.dirname, 'ferretdb');
const SOURCE_FILES = ['main.go', 'go.mod', 'go.sum'];
const BUILD_MS_MAX = 30 * 60 * 1_000;

/** FerretDB, when an earlier start has built it from these same sources. */
export function findFerretdb(): string | undefined {
  const path = binaryPath();
  return existsSync(path) ? path : undefined;
}

/** Builds FerretDB once from the Go module proxy into the cache; a minute or two. */
export async function ensureFerretdb(report: Report): Promise<string> {
  const found = findFerretdb();
  if (found !== undefined) return found;
  const go = await ensureGo(report);
  report(`building FerretDB ${ferretdbVersion} with ${go.version}, once (a minute or two)`);
  const path = binaryPath();
  await mkdir(cacheDir(), { recursive: true });
  // Each build has its own folder: two builds at once only cost time, and the last one's result stays.
  const work = await mkdtemp(`${path}.build-`);
  try {
    // A copy: a Go workspace or a read-only checkout around the sources then cannot matter.
    for (const file of SOURCE_FILES) await cp(join(SOURCE, file), join(work, file));
    const built = await runCommand(go.path, ['build', '-trimpath', '-ldflags=-s -w', '-o', 'ferretdb', '.'], {
      timeoutMs: BUILD_MS_MAX,
      cwd: work,
      env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '-mod=readonly' },
    });
    if (!built.ok) {
      const reason = built.output.split('\n').at(-1)?.slice(0, 200);
      throw new ServiceUnavailableError(
        `No MongoDB here, and FerretDB could not be built (${reason}). Put mongod on PATH, or set MONGODB_URI.`,
      );
    }
    await rename(join(work, 'ferretdb'), path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function binaryPath(): string {
  const hash = createHash('sha256');
  for (const file of SOURCE_FILES) hash.update(readFileSync(join(SOURCE, file)));
  const stamp = hash.digest('hex').slice(0, 12);
  return join(cacheDir(), `ferretdb-${ferretdbVersion}-${process.platform}-${process.arch}-${stamp}`);
}
