import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache-dir.ts';
import type { Report } from './private-service.ts';

const VERSION = '8.2.6';
const DOWNLOAD_HOST = 'https://fastdl.mongodb.org';
const PROBE_MS_MAX = 3_000;
const DOWNLOAD_MS_MAX = 300_000;
const REFUSAL_MS_MAX = 24 * 60 * 60 * 1_000;

/** The official binary, when an earlier start has downloaded it. */
export async function findDownloadedMongod(): Promise<string | undefined> {
  const names = await readdir(downloadDir()).catch(() => []);
  const name = names.find(
    (entry) => entry.startsWith('mongod') && entry.includes(VERSION) && !entry.endsWith('.tgz'),
  );
  return name === undefined ? undefined : join(downloadDir(), name);
}

/** Downloads the official binary; undefined, without a long wait, where the network does not reach it or there is none for this system. */
export async function downloadMongod(report: Report): Promise<string | undefined> {
  if (await wasRefusedLately()) return undefined;
  report(`looking whether MongoDB ${VERSION} can be downloaded`);
  if (!(await isReachable())) {
    await noteRefusal();
    return undefined;
  }
  report(`downloading MongoDB ${VERSION}`);
  const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
  await mkdir(downloadDir(), { recursive: true });
  const download = MongoBinary.getPath({ version: VERSION, downloadDir: downloadDir() });
  const timer = Promise.withResolvers<undefined>();
  const timeout = setTimeout(timer.resolve, DOWNLOAD_MS_MAX, undefined);
  try {
    const path = await Promise.race([download, timer.promise]);
    if (path !== undefined && existsSync(path)) return path;
  } catch {
    // No binary for this system, or the download broke: FerretDB takes its place.
  } finally {
    clearTimeout(timeout);
  }
  await noteRefusal();
  return undefined;
}

async function isReachable(): Promise<boolean> {
  try {
    const answer = await fetch(DOWNLOAD_HOST, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS_MAX) });
    // Any answer of the host itself will do; a filter in between answers with its own 403 or 5xx.
    return answer.status < 500 && answer.status !== 403 && answer.status !== 407;
  } catch {
    return false;
  }
}

/** A refusal is kept for a day, so that the next start does not wait for it again. */
async function wasRefusedLately(): Promise<boolean> {
  const refusedAt = Number(await readFile(refusalFile(), 'utf8').catch(() => '0'));
  const ageMs = Date.now() - refusedAt;
  // A time in the future was recorded by a clock that was wrong.
  if (ageMs >= 0 && ageMs < REFUSAL_MS_MAX) return true;
  await rm(refusalFile(), { force: true });
  return false;
}

async function noteRefusal(): Promise<void> {
  await mkdir(cacheDir(), { recursive: true });
  await writeFile(refusalFile(), String(Date.now()));
}

function refusalFile(): string {
  return join(cacheDir(), 'mongodb-download-refused');
}

function downloadDir(): string {
  return join(cacheDir(), 'mongodb');
}
