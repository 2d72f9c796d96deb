import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RunningServices {
  redisUrl: string;
  mongodbUri: string;
  /** The folder of the private services' files. */
  dataDir: string;
  /** Redis is a private one, with its files in `dataDir`. */
  hasPrivateRedis: boolean;
}

/** The stores that the environment names, or those of a running shop, whose launcher keeps their addresses in a file there. */
export function runningServices(): RunningServices {
  const { REDIS_URL, MONGODB_URI, DATA_DIR: dataDir = '.data' } = process.env;
  if (REDIS_URL && MONGODB_URI)
    return { redisUrl: REDIS_URL, mongodbUri: MONGODB_URI, dataDir, hasPrivateRedis: false };
  try {
    const running = JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8'));
    return {
      redisUrl: REDIS_URL || running.redisUrl,
      mongodbUri: MONGODB_URI || running.mongodbUri,
      dataDir,
      hasPrivateRedis: !REDIS_URL,
    };
  } catch {
    throw new Error(
      `No shop runs in ${dataDir}. Start it with npm start, or give REDIS_URL and MONGODB_URI to look at.`,
    );
  }
}
