import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

const files = 'appendonlydir';
const rewriteMsMax = 60_000;
const lookEveryMs = 50;

/** `url`: of a user that may configure the server. */
export interface RedisSource {
  url: string;
  dataDir: string;
}

/**
 * Copies the append-only files of a running Redis, which must not rewrite them meanwhile: that would remove some. A last command that is copied
 * in part is cut off when Redis loads it.
 */
export async function copyRedisFiles({ url, dataDir }: RedisSource, to: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    const [, percentage = '100'] = (await redis.config('GET', 'auto-aof-rewrite-percentage')) as string[];
    await redis.config('SET', 'auto-aof-rewrite-percentage', '0');
    try {
      await untilNothingIsRewritten(redis);
      const from = join(dataDir, 'redis');
      await mkdir(to, { recursive: true, mode: 0o700 });
      await cp(join(from, files), join(to, files), { recursive: true });
      await cp(join(from, 'password'), join(to, 'password'));
    } finally {
      await redis.config('SET', 'auto-aof-rewrite-percentage', percentage);
    }
  } finally {
    redis.disconnect();
  }
}

/** The address of the user with all permissions, made from the nodes' address. */
export async function adminUrl(redisUrl: string, dataDir: string): Promise<string> {
  const url = new URL(redisUrl);
  url.username = 'default';
  url.password = (await readFile(join(dataDir, 'redis', 'password'), 'utf8')).trim();
  return url.href;
}

async function untilNothingIsRewritten(redis: Redis): Promise<void> {
  const until = performance.now() + rewriteMsMax;
  while (!/aof_rewrite_in_progress:0\r?\naof_rewrite_scheduled:0/.test(await redis.info('persistence'))) {
    if (performance.now() > until)
      throw new Error('Redis is rewriting its append-only file; try again later.');
    await delay(lookEveryMs);
  }
}
