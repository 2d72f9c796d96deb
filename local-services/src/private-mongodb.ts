import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { onFreePort } from './free-port.ts';
import { keptPassword } from './kept-password.ts';
import { ensureMongodUser } from './mongod-user.ts';
import { ensureMongodbBinary, type MongodbBinary, type MongodbKind } from './mongodb-binary.ts';
import { pingMongodb } from './ping-mongodb.ts';
import type { PrivateService } from './private-service.ts';
import { startServiceProcess } from './service-process.ts';

/** The only one. */
const USER = 'flipzon';
const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;

type PrivateMongodbOptions = { dataDir: string; binary?: MongodbBinary; port?: number };

/** Runs a MongoDB, or FerretDB in its place, with its files in `dataDir/mongodb`, on the loopback interface only, with a password. */
export async function startPrivateMongodb(options: PrivateMongodbOptions): Promise<PrivateService> {
  const binary = options.binary ?? (await ensureMongodbBinary(undefined, keptMongodbKind(options.dataDir)));
  const base = join(resolve(options.dataDir), 'mongodb');
  const dir = filesDir(options.dataDir, binary.kind);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const passwordFile = join(base, 'password');
  const password = await keptPassword(passwordFile);
  const start = (port: number) =>
    startServiceProcess({
      kind: binary.kind,
      version: binary.version,
      url: `mongodb://${USER}:${password}@127.0.0.1:${port}/flipzon?authSource=admin`,
      port,
      command: binary.path,
      args: binary.kind === 'mongod' ? mongodArgs(dir, port) : ferretdbArgs(dir, port, passwordFile),
      // FerretDB makes many short-lived objects: a fifth less processor time for some more memory.
      env: binary.kind === 'FerretDB' ? { GOGC: '400' } : {},
      pidFile: join(base, 'mongodb.pid'),
      marker: dir,
      logFile: join(base, 'mongodb.log'),
      isReady: () => pingMongodb(port),
      readyMsMax: READY_MS_MAX,
      stopMsMax: STOP_MS_MAX,
    });
  const service = await (options.port === undefined ? onFreePort(start) : start(options.port));
  const { port } = service;
  if (binary.kind === 'mongod') {
    await ensureMongodUser({ port, user: USER, password }).catch(async (error: unknown) => {
      await service[Symbol.asyncDispose]();
      throw error;
    });
  }
  return service;
}

/** Which database has written this data directory before, if one has. */
export function keptMongodbKind(dataDir: string): MongodbKind {
  const kinds = ['mongod', 'FerretDB'] as const;
  return kinds.find((kind) => existsSync(filesDir(dataDir, kind)));
}

function filesDir(dataDir: string, kind: MongodbBinary['kind']): string {
  return join(resolve(dataDir), 'mongodb', kind.toLowerCase());
}

function mongodArgs(dir: string, port: number): string[] {
  const files = ['--dbpath', dir, '--quiet', '--nounixsocket'];
  return [...files, '--bind_ip', '127.0.0.1', '--port', String(port), '--auth'];
}

function ferretdbArgs(dir: string, port: number, passwordFile: string): string[] {
  return ['-dir', dir, '-listen', `127.0.0.1:${port}`, '-user', USER, '-password-file', passwordFile];
}
