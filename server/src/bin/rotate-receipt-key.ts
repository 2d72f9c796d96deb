import { connectMongo } from '../mongo/connection.ts';
import { createModels } from '../mongo/models.ts';
import { addReceiptKey } from '../mongo/receipt-keys.ts';
import { connectRedis } from '../redis/connections.ts';
import { RedisClock } from '../redis/redis-clock.ts';
import { runningServices } from './running-services.ts';

/** `npm run rotate-receipt-key`: three minutes later, receipts are signed with a new key. Receipts with earlier keys stay valid. */

const { redisUrl, mongodbUri } = runningServices();
await using undo = new AsyncDisposableStack();
const redis = undo.use(await connectRedis(redisUrl.split(','), () => undefined));
// The age of a key is measured by the clock that all nodes share.
const clock = undo.use(new RedisClock(redis.commands));
await clock.start(() => undefined);
const mongo = await connectMongo(mongodbUri, process.env.MONGODB_DATABASE || undefined, () => undefined);
undo.defer(() => mongo.close());
await addReceiptKey(await createModels(mongo), clock.now());
console.log('There is a new receipt key. The nodes sign with it in about three minutes.');
