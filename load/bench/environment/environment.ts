import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import { Redis } from 'ioredis';

export interface Environment extends AsyncDisposable {
  /** The nodes' own user. */
  redisUrl: string;
  /** The user that may load scripts. */
  redisRecoveryUrl: string;
  /** The user that may do everything: the baselines', and redis-benchmark's. */
  redisAdminUrl: string;
  /** For looking at what the measured processes leave there. */
  redis: Redis;
  mongodbUrl: string;
  mongodbPid: number;
  jwtSecret: string;
  /** Names and versions of Redis and MongoDB. */
  runsOn: string;
}

/** A private Redis (append-only file, fsync always) and a private MongoDB, which all targets of a run share. */
export async function openEnvironment(): Promise<Environment> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-bench-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redisService = undo.use(await startPrivateRedis({ dataDir }));
  const mongodb = undo.use(await startPrivateMongodb({ dataDir }));
  const redis = new Redis(redisService.adminUrl, { protocol: 2 });
  undo.defer(() => redis.disconnect());
  const owned = undo.move();
  return {
    redisUrl: redisService.url,
    redisRecoveryUrl: redisService.recoveryUrl,
    redisAdminUrl: redisService.adminUrl,
    redis,
    mongodbUrl: mongodb.url,
    mongodbPid: mongodb.pid,
    jwtSecret: randomBytes(32).toString('hex'),
    runsOn: `${redisService.kind} ${redisService.version} (appendfsync always), ${mongodb.kind} ${mongodb.version}`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
