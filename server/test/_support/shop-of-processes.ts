import { Redis } from 'ioredis';
import { type NodeProcess, startNodeProcess } from './node-process.ts';
import { openShop, type Shop } from './shop.ts';

/** A shop of a test's own that has no nodes to begin with; those that it gets are processes, and end with it. */
export interface ShopOfProcesses extends AsyncDisposable {
  shop: Shop;
  /** For the test itself. */
  redis: Redis;
  start(environment?: Record<string, string>): Promise<NodeProcess>;
}

export async function openShopOfProcesses(mongodbUri: string): Promise<ShopOfProcesses> {
  await using undo = new AsyncDisposableStack();
  const shop = undo.use(await openShop(mongodbUri, { nodes: 0 }));
  const redis = new Redis(shop.redisUrl, { protocol: 2 });
  undo.defer(() => redis.disconnect());
  const done = undo.move();
  return {
    shop,
    redis,
    start: async (environment = {}) =>
      done.use(await startNodeProcess({ ...shop.environment, ...environment })),
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}
