import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectMongo } from '../mongo/connection.ts';
import { dumpDatabase } from './mongo-files.ts';
import { copyRedisFiles, type RedisSource } from './redis-files.ts';

interface Settings {
  /** Null: the operator's own Redis, whose files they have already copied. */
  redis: RedisSource | null;
  mongodbUri: string;
  database: string | undefined;
  /** A folder that does not exist yet. */
  to: string;
}

export interface Backup {
  takenAt: string;
  hasRedis: boolean;
  collections: Record<string, number>;
}

/**
 * Copies the data of a shop while it sells. Redis is copied first: a claim that leaves its outbox meanwhile is an order by then, and orders are
 * copied afterwards. In the opposite order, it would be in neither copy.
 */
export async function takeBackup({ redis, mongodbUri, database, to }: Settings): Promise<Backup> {
  if (existsSync(to)) throw new Error(`${to} already exists.`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const takenAt = new Date().toISOString();
  if (redis !== null) {
    await copyRedisFiles(redis, join(to, 'redis'));
    const secret = join(redis.dataDir, 'jwt-secret');
    if (existsSync(secret)) await cp(secret, join(to, 'jwt-secret'));
  }
  const mongo = await connectMongo(mongodbUri, database, () => undefined);
  try {
    const collections = await dumpDatabase(mongo, join(to, 'mongodb'));
    const backup = { takenAt, hasRedis: redis !== null, collections };
    // Written last: a folder without it is not a backup.
    await writeFile(join(to, 'backup.json'), `${JSON.stringify(backup, null, 2)}\n`, { mode: 0o600 });
    return backup;
  } finally {
    await mongo.close();
  }
}
