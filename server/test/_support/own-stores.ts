import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { type PrivateRedis, startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { RedisBinary } from '@flipzon/local-services/redis-binary.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect } from 'vitest';
import { type Killable, startKillable } from './killable.ts';
import { type Address, openShop, type Shop } from './shop.ts';
import { eventually } from './shopper.ts';

export interface Bought {
  order?: Order;
  receipt?: string;
  code?: string;
}

/** A shop whose Redis and MongoDB are its own, to be killed, and to have their files broken. */
export interface OwnStores extends AsyncDisposable {
  dataDir: string;
  redis: Killable<PrivateRedis>;
  mongodb: Killable;
  shop: Shop;
}

export async function makeDataDir(undo: AsyncDisposableStack): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-stores-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

export async function openOwnStores(
  options: { nodes?: number; binaryIn?: (dataDir: string) => Promise<RedisBinary> } = {},
): Promise<OwnStores> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await makeDataDir(undo);
  const binary = await options.binaryIn?.(dataDir);
  const redis = undo.use(
    await startKillable((at) => startPrivateRedis({ ...at, ...(binary && { binary }) }), dataDir),
  );
  const mongodb = undo.use(await startKillable(startPrivateMongodb, dataDir));
  const environment = { REDIS_URL: redis.url, REDIS_RECOVERY_URL: redis.service.recoveryUrl };
  const shop = undo.use(await openShop(mongodb.url, { nodes: options.nodes ?? 2, environment }));
  const done = undo.move();
  return { dataDir, redis, mongodb, shop, [Symbol.asyncDispose]: () => done.disposeAsync() };
}

/** One press, always under the customer's one idempotency key. */
export async function press(shop: Shop, customerId: string, node?: Address) {
  return shop.request<Bought>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': `${customerId}-only` },
    ...(node === undefined ? {} : { node }),
  });
}

/** Presses until there is an answer that stands. */
export async function pressUntilAnswered(shop: Shop, customerId: string, node?: Address): Promise<Bought> {
  return eventually(async () => {
    const { body } = await press(shop, customerId, node);
    expect(body.order ?? body.code).toBeDefined();
    expect(body.code).not.toBe('unavailable');
    return body;
  });
}

/** Waits until each of these customers has received the confirmed order. */
export async function allConfirmed(shop: Shop, customerIds: readonly string[]): Promise<Map<string, Order>> {
  const confirmed = new Map<string, Order>();
  for (const customerId of customerIds) {
    await eventually(async () => {
      const [order] = await shop.ordersOf(customerId);
      expect(order?.status).toBe('confirmed');
      confirmed.set(customerId, order as Order);
    });
  }
  return confirmed;
}
