import { randomBytes } from 'node:crypto';
import { connectRedis } from '@flipzon/server/redis/connections.ts';
import { newestGeneration, saleKeys } from '@flipzon/server/redis/keys.ts';
import { generationOf } from '@flipzon/server/redis/scripts.ts';
import mongoose from 'mongoose';
import { type Environment, startNodes } from '../chaos/environment.ts';

/** More recoveries than this in one rehearsal leave empty keys behind, and nothing else. */
const epochsMax = 20;

export interface SharedEnvironment extends Pick<Environment, 'nodes' | 'jwtSecret'>, AsyncDisposable {}

/**
 * The rehearsal's own nodes on servers that others use too. They have a separate database; in Redis a sale's keys contain its id, which no other
 * sale has, and shoppers who come over HTTP leave no trace in what a shop sends to its sockets. Both are removed with the environment, even if
 * its set-up failed halfway.
 */
export async function openSharedEnvironment(
  nodeCount: number,
  env: NodeJS.ProcessEnv,
): Promise<SharedEnvironment> {
  const { REDIS_URL, REDIS_RECOVERY_URL, MONGODB_URI } = env;
  if (!REDIS_URL || !MONGODB_URI) throw new Error('--shared needs REDIS_URL and MONGODB_URI.');
  await using undo = new AsyncDisposableStack();
  const jwtSecret = randomBytes(32).toString('hex');
  const database = `rehearsal_${randomBytes(6).toString('hex')}`;
  // After the nodes have ended, because they would create it again.
  undo.defer(async () => {
    const mongo = await mongoose.createConnection(MONGODB_URI, { dbName: database }).asPromise();
    try {
      const sales = await mongo.collection<{ _id: string }>('sales').find({}).toArray();
      await removeKeys(
        REDIS_URL,
        sales.map(({ _id }) => _id),
      );
      await mongo.dropDatabase();
    } finally {
      await mongo.close();
    }
  });
  const nodes = await startNodes(undo, nodeCount, {
    REDIS_URL,
    ...(REDIS_RECOVERY_URL ? { REDIS_RECOVERY_URL } : {}),
    MONGODB_URI,
    MONGODB_DATABASE: database,
    JWT_SECRET: jwtSecret,
    RATE_LIMIT_BUY: '1000/1s',
    // So that operators of the shop can see whose connections these are.
    NODE_NAME: 'rehearsal',
  });
  const owned = undo.move();
  return { nodes, jwtSecret, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function removeKeys(redisUrl: string, saleIds: readonly string[]): Promise<void> {
  const urls = redisUrl.split(',').map((url) => url.trim());
  await using redis = await connectRedis(urls, () => undefined);
  const newest = await redis.commands.get(newestGeneration);
  for (const saleId of saleIds) {
    for (let epoch = 1; epoch <= epochsMax; epoch++) {
      await redis.commands.unlink(...Object.values(saleKeys({ saleId, epoch })));
      // The next sale then loads its own scripts instead of using those of the rehearsal.
      if (newest === generationOf({ saleId, epoch })) await redis.commands.del(newestGeneration);
    }
  }
}
