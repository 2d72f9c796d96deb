import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { findGo } from '@flipzon/local-services/go-toolchain.ts';
import { findMongodbBinary } from '@flipzon/local-services/mongodb-binary.ts';
import { keptMongodbKind } from '@flipzon/local-services/private-mongodb.ts';
import { findRedisBinary } from '@flipzon/local-services/redis-binary.ts';
import { readSettings, type Settings } from './settings.ts';
import { assertPortFree } from './shop/assert-port-free.ts';
import { assertReachable } from './shop/assert-reachable.ts';
import { findChromium } from './steps/chromium.ts';

/** `needed` is missing and set-up cannot bring it; `fetched` is missing and `npm start` brings it. */
type Finding = { state: 'ok' | 'fetched' | 'needed'; name: string; text: string };

const marks = { ok: '✔', fetched: '•', needed: '✖' } as const;

/** `npm run doctor`: what is there, what is missing and what to do; changes nothing. */
export async function doctor(): Promise<number> {
  const settings = readSettings(process.env);
  const findings = await Promise.all([
    ok('Node', `${process.version} (${process.execPath})`),
    ok('pnpm', findOnPath('pnpm') ?? 'fetched by npm start'),
    redis(settings),
    mongodb(settings),
    browser(),
    port(settings),
    writable('DATA_DIR', settings.dataDir),
    writable('Cache', join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'flipzon')),
  ]);
  for (const { state, name, text } of findings) console.log(`  ${marks[state]} ${name.padEnd(10)}${text}`);
  const missing = findings.filter(({ state }) => state === 'needed').length;
  console.log(missing === 0 ? '\nNothing needed is missing: npm start' : `\n${missing} needed: see ✖ above`);
  return missing === 0 ? 0 : 1;
}

async function ok(name: string, text: string): Promise<Finding> {
  return { state: 'ok', name, text };
}

async function redis({ redisUrl }: Settings): Promise<Finding> {
  if (redisUrl !== undefined)
    return tried('Redis', 'REDIS_URL answers', () => assertReachable('REDIS_URL', redisUrl));
  const found = await findRedisBinary();
  if (found !== undefined) return ok('Redis', `redis-server ${found.version} (${found.path})`);
  if (findOnPath('apt-get') !== undefined || findOnPath('brew') !== undefined) {
    return { state: 'fetched', name: 'Redis', text: 'none here; npm start installs redis-server' };
  }
  return { state: 'needed', name: 'Redis', text: 'none here: install Redis 7 or later, or set REDIS_URL' };
}

async function mongodb({ mongodbUri, dataDir }: Settings): Promise<Finding> {
  const name = 'MongoDB';
  if (mongodbUri !== undefined) {
    return tried(name, 'MONGODB_URI answers', () => assertReachable('MONGODB_URI', mongodbUri));
  }
  const found = await findMongodbBinary(keptMongodbKind(dataDir));
  if (found !== undefined) {
    const note = found.kind === 'FerretDB' ? ', in place of MongoDB; production wants MongoDB 8' : '';
    return ok(name, `${found.kind} ${found.version} (${found.path})${note}`);
  }
  const go = await findGo();
  const how = go
    ? `FerretDB is built with ${go.version}`
    : findOnPath('python3') && 'FerretDB is built with Go from PyPI';
  if (how) return { state: 'fetched', name, text: `none here; npm start downloads it, or ${how}` };
  const text =
    'none here, and no Go 1.24+ to build FerretDB: put mongod on PATH, install Go, or set MONGODB_URI';
  return { state: 'needed', name, text };
}

async function browser(): Promise<Finding> {
  const path = await findChromium();
  if (path !== undefined) return ok('Chromium', path);
  return {
    state: 'fetched',
    name: 'Chromium',
    text: 'none here; needed for tests only, npm test installs it',
  };
}

function port(settings: Settings): Promise<Finding> {
  return tried('Port', `${settings.port} is free`, () => assertPortFree(settings.port, settings.host));
}

async function tried(name: string, good: string, attempt: () => Promise<void>): Promise<Finding> {
  try {
    await attempt();
    return ok(name, good);
  } catch (error) {
    return { state: 'needed', name, text: error instanceof Error ? error.message : String(error) };
  }
}

async function writable(name: string, folder: string): Promise<Finding> {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return ok(name, folder);
  } catch {
    return { state: 'needed', name, text: `${folder} cannot be written; make it writable or choose another` };
  }
}
