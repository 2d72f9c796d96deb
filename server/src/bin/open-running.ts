import { connectMongo } from '../mongo/connection.ts';
import { createModels } from '../mongo/models.ts';
import { connectRedis } from '../redis/connections.ts';
import { RedisClock } from '../redis/redis-clock.ts';
import { runningServices } from './running-services.ts';

/** Connects a command to the stores of the running shop, until it disposes them. `clock`: Redis's, which all nodes share. */
export async function openRunning() {
  const { redisUrl, mongodbUri } = runningServices();
  await using opened = new AsyncDisposableStack();
  const redis = opened.use(await connectRedis(redisUrl.split(','), () => undefined));
  const clock = opened.use(new RedisClock(redis.commands));
  await clock.start(() => undefined);
  const mongo = await connectMongo(mongodbUri, process.env.MONGODB_DATABASE || undefined, () => undefined);
  opened.defer(() => mongo.close());
  const models = await createModels(mongo);
  const kept = opened.move();
  return { redis, clock, mongo, models, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
