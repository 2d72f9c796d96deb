import { readFileSync } from 'node:fs';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';

type Keys = Record<
  string,
  | { type: 'hash'; value: Record<string, string> }
  | { type: 'zset'; value: string[] }
  | { type: 'string'; value: string }
  | { type: 'stream'; value: [id: string, fields: string[]][]; groups: string[] }
>;

interface EarlierData {
  /** What the shop answered then. */
  recorded: {
    sold: string;
    sale: string;
    planned: string;
    seal: { root: string; size: number; sealedAt: string };
    proof: object;
    receipts: Record<string, string>;
    /** Of a claim of fay's that is in neither store. */
    lostReceipt: string;
    orders: Record<string, Order[]>;
  };
  mongodb: Record<string, object[]>;
  redis: Keys;
}

/**
 * What a shop of version 0.2 left behind in MongoDB and Redis. Version 0.2 made it by running: one node; a sale of 2 × Lamp at 12, bought by ann and
 * bob and sealed; a sale of 5 × iPhone at 999, bought by cem and dee, whose order was cancelled; a planned sale at 25. The node was stopped, then
 * eve's claim was made, which is in the outbox, and then the stores were read. MongoDB's documents are in Extended JSON.
 */
export function readEarlierData(): EarlierData {
  return JSON.parse(readFileSync(new URL('data/version-0.2.json', import.meta.url), 'utf8'));
}

export async function restoreEarlierData(
  { mongodb, redis }: EarlierData,
  { mongodbUri, redisUrl }: { mongodbUri: string; redisUrl: string },
): Promise<void> {
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  const { EJSON } = mongoose.mongo.BSON;
  for (const [name, documents] of Object.entries(mongodb)) {
    await connection.collection(name).insertMany(EJSON.deserialize(documents as never) as never);
  }
  await connection.close();
  const commands = new Redis(redisUrl);
  for (const [key, content] of Object.entries(redis)) await restoreKey(commands, key, content);
  await commands.quit();
}

async function restoreKey(redis: Redis, key: string, content: Keys[string]): Promise<void> {
  switch (content.type) {
    case 'hash':
      await redis.hset(key, content.value);
      break;
    case 'string':
      await redis.set(key, content.value);
      break;
    case 'zset':
      for (let i = 0; i < content.value.length; i += 2) {
        await redis.zadd(key, content.value[i + 1] as string, content.value[i] as string);
      }
      break;
    case 'stream':
      for (const group of content.groups) await redis.xgroup('CREATE', key, group, '0', 'MKSTREAM');
      for (const [id, fields] of content.value) await redis.xadd(key, id, ...fields);
  }
}
