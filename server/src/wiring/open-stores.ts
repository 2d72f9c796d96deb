import { type Mongo, openMongo } from '../mongo/open-mongo.ts';
import { type OpenRedis, openRedis } from '../redis/open-redis.ts';
import type { NodeContext } from './node-context.ts';

export interface Stores extends AsyncDisposable {
  redis: OpenRedis;
  mongo: Mongo;
}

/** Rejects when Redis or MongoDB does not answer. */
export async function openStores({ id, config, metrics, fault }: NodeContext): Promise<Stores> {
  await using undo = new AsyncDisposableStack();
  const redis = undo.use(
    await openRedis({
      urls: config.REDIS_URL,
      recoveryUrls: config.REDIS_RECOVERY_URL ?? config.REDIS_URL,
      nodeId: id,
      rate: config.RATE_LIMIT_BUY,
      onCall: (tookMs) => metrics.claimCalls.note(tookMs),
      onError: fault('redis'),
      onClockError: fault('clock'),
    }),
  );
  const mongo = undo.use(
    await openMongo({
      uri: config.MONGODB_URI,
      database: config.MONGODB_DATABASE,
      clock: redis.clock,
      onError: fault('mongodb'),
    }),
  );
  const opened = undo.move();
  return { redis, mongo, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
