import { ensureFerretdb, ferretdbVersion, findFerretdb } from './ferretdb-binary.ts';
import { findOnPath } from './find-on-path.ts';
import { downloadMongod, findDownloadedMongod } from './official-mongod.ts';
import type { Report } from './private-service.ts';
import { runCommand } from './run-command.ts';

export type MongodbBinary = {
  kind: 'mongod' | 'FerretDB';
  path: string;
  version: string;
  /** Whether it was there already, or had to be fetched or built by this call. */
  source: 'found' | 'installed';
};

/** Which database a data directory was written by: the next start must find its orders again, so it stays with it. */
export type MongodbKind = MongodbBinary['kind'] | undefined;

/** A MongoDB that is here already, without downloading or building anything. */
export async function findMongodbBinary(kept?: MongodbKind): Promise<MongodbBinary | undefined> {
  if (kept !== 'FerretDB') {
    for (const path of [process.env.MONGOD_BINARY, findOnPath('mongod'), await findDownloadedMongod()]) {
      const found = path ? await probeMongod(path, 'found') : undefined;
      if (found !== undefined) return found;
    }
    if (kept === 'mongod') return undefined;
  }
  const ferretdb = findFerretdb();
  return ferretdb === undefined
    ? undefined
    : { kind: 'FerretDB', path: ferretdb, version: ferretdbVersion, source: 'found' };
}

/** `mongod` on PATH, else the official binary, else FerretDB built from the Go module proxy. */
export async function ensureMongodbBinary(
  report: Report = () => {},
  kept?: MongodbKind,
): Promise<MongodbBinary> {
  const found = await findMongodbBinary(kept);
  // A cached FerretDB does not keep a new data directory from the real MongoDB, where that can be had.
  if (found !== undefined && (found.kind === 'mongod' || kept === 'FerretDB')) return found;
  if (kept !== 'FerretDB') {
    const path = await downloadMongod(report);
    const mongod = path === undefined ? undefined : await probeMongod(path, 'installed');
    if (mongod !== undefined) return mongod;
  }
  if (found !== undefined) return found;
  const path = await ensureFerretdb(report);
  return { kind: 'FerretDB', path, version: ferretdbVersion, source: 'installed' };
}

async function probeMongod(
  path: string,
  source: MongodbBinary['source'],
): Promise<MongodbBinary | undefined> {
  const { ok, output } = await runCommand(path, ['--version'], { timeoutMs: 10_000 });
  const version = ok ? /db version v(\S+)/.exec(output)?.[1] : undefined;
  return version === undefined ? undefined : { kind: 'mongod', path, version, source };
}
