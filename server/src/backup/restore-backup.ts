import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectMongo } from '../mongo/connection.ts';
import { fillDatabase } from './mongo-files.ts';
import type { Backup } from './take-backup.ts';

interface Settings {
  from: string;
  /** An empty folder, or one that does not exist yet. */
  dataDir: string;
  /** Undefined: a private one in `dataDir`, of the local services, which an image does not have. */
  mongodbUri: string | undefined;
  database: string | undefined;
}

/**
 * Puts a backup where the next start finds it. That start does the rest: a Redis that has just been started has no scripts, so a recovery writes
 * what its outbox holds and rebuilds the sale from the orders before anything is sold.
 */
export async function restoreBackup({ from, dataDir, mongodbUri, database }: Settings): Promise<Backup> {
  const backup = await readBackup(from);
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0)
    throw new Error(`${dataDir} is not empty; restore into a folder that is.`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (backup.hasRedis) await cp(join(from, 'redis'), join(dataDir, 'redis'), { recursive: true });
  if (existsSync(join(from, 'jwt-secret'))) await cp(join(from, 'jwt-secret'), join(dataDir, 'jwt-secret'));
  await using undo = new AsyncDisposableStack();
  const uri = mongodbUri ?? undo.use(await startMongodb(dataDir)).url;
  const mongo = await connectMongo(uri, database, () => undefined);
  undo.defer(() => mongo.close());
  const collections = await fillDatabase(mongo, join(from, 'mongodb'));
  for (const [name, count] of Object.entries(backup.collections)) {
    if ((collections[name] ?? 0) !== count)
      throw new Error(`${name}: the backup says ${count} documents, its file has ${collections[name] ?? 0}.`);
  }
  return backup;
}

async function startMongodb(dataDir: string) {
  const { startPrivateMongodb } = await import('@flipzon/local-services/private-mongodb.ts');
  return startPrivateMongodb({ dataDir });
}

async function readBackup(from: string): Promise<Backup> {
  try {
    return JSON.parse(await readFile(join(from, 'backup.json'), 'utf8'));
  } catch {
    throw new Error(
      `${from} is no backup, or one that was not finished: it has no backup.json that can be read.`,
    );
  }
}
