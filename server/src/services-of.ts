import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Redis and MongoDB are: named, or left by the launcher beside the files of its private services while it runs. */
export function servicesOf(env: Readonly<Record<string, string | undefined>>): {
  redisUrl: string;
  mongodbUri: string;
} {
  const { REDIS_URL, MONGODB_URI } = env;
  const dataDir = env.DATA_DIR || '.data';
  if (REDIS_URL && MONGODB_URI) return { redisUrl: REDIS_URL, mongodbUri: MONGODB_URI };
  try {
    const running = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8'));
    return { redisUrl: REDIS_URL || running.redisUrl, mongodbUri: MONGODB_URI || running.mongodbUri };
  } catch {
    throw new Error(
      `No shop runs in ${dataDir}. Start it with npm start, or give REDIS_URL and MONGODB_URI to look at.`,
    );
  }
}
