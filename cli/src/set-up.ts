import { ensureMongodbBinary, type MongodbBinary } from '@flipzon/local-services/mongodb-binary.ts';
import { keptMongodbKind } from '@flipzon/local-services/private-mongodb.ts';
import { ensureRedisBinary, type RedisBinary } from '@flipzon/local-services/redis-binary.ts';
import { stopCommands } from '@flipzon/local-services/run-command.ts';
import { elapsed } from './elapsed.ts';
import { FatalError } from './fatal.ts';
import { runSteps, type Step } from './run-steps.ts';
import { readSettings, type Settings } from './settings.ts';
import { listenForStop } from './shop/stop-signals.ts';
import { ensureChromium } from './steps/chromium.ts';
import { ensureClientBuild } from './steps/client-build.ts';

export type Parts = { redis?: RedisBinary; mongodb?: MongodbBinary; chromium?: string };

type Wanted = { chromium?: boolean; services?: 'as set' | 'private' };

/** `npm install`: the same set-up as `npm start` does, and starts nothing. */
export async function setUp(): Promise<number> {
  const startedAt = Date.now();
  await prepare(readSettings(process.env));
  console.log(`\nReady in ${elapsed(Date.now() - startedAt)}. Start the shop with: npm start`);
  return 0;
}

/** Makes sure that everything the shop needs is there; only what is missing is installed or built. */
export async function prepare(settings: Settings, wanted: Wanted = {}): Promise<Parts> {
  const parts: Parts = {};
  const bringsOwn = wanted.services !== 'private';
  const found = (source: 'found' | 'installed') => (source === 'found' ? 'found' : 'installed now');

  let redisDone: Promise<void> = Promise.resolve();
  const redis: Step = {
    title: 'Redis',
    run: async (report) => {
      if (bringsOwn && settings.redisUrl !== undefined) return 'yours, from REDIS_URL';
      const { promise, resolve } = Promise.withResolvers<void>();
      redisDone = promise;
      try {
        parts.redis = await ensureRedisBinary(report);
      } finally {
        resolve();
      }
      return `redis-server ${parts.redis.version} (${found(parts.redis.source)})`;
    },
  };
  const mongodb: Step = {
    title: 'MongoDB',
    run: async (report) => {
      if (bringsOwn && settings.mongodbUri !== undefined) return 'yours, from MONGODB_URI';
      const kept = bringsOwn ? keptMongodbKind(settings.dataDir) : undefined;
      const binary = await ensureMongodbBinary(report, kept);
      parts.mongodb = binary;
      const what = `${binary.kind} ${binary.version} (${found(binary.source)})`;
      return binary.kind === 'FerretDB' ? `${what}, in place of MongoDB; production wants MongoDB 8` : what;
    },
  };
  const page: Step = { title: 'Page', run: ensureClientBuild };
  const chromium: Step = {
    title: 'Chromium',
    run: async (report) => {
      // apt installs one thing at a time.
      await redisDone;
      const binary = await ensureChromium(report);
      parts.chromium = binary.path;
      return `${binary.path} (${found(binary.source)})`;
    },
  };
  using signals = listenForStop();
  signals.stopping.addEventListener('abort', stopCommands);
  try {
    await runSteps([redis, mongodb, page, ...(wanted.chromium ? [chromium] : [])]);
  } catch (error) {
    if (!signals.stopping.aborted) throw error;
  }
  if (signals.stopping.aborted)
    throw new FatalError('The set-up was interrupted; the next one continues from here.', 130);
  return parts;
}
