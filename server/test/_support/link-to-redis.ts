import type { BuyAnswer, Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { type NetworkLink, openNetworkLink, through } from './network-link.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';
import { type Address, openShop, type Shop } from './shop.ts';
import { eventually } from './shopper.ts';

/** One press of a customer over HTTP, always under the same idempotency key, and its answer. */
export interface Press {
  customerId: string;
  status: number;
  order?: Order;
  code?: Extract<BuyAnswer, { ok: false }>['code'];
}

/** Two nodes on one Redis and one MongoDB; the ways of the one to them can be broken. */
export interface LinkToRedis extends AsyncDisposable {
  shop: Shop;
  link: NetworkLink;
  linkToMongodb: NetworkLink;
  /** The node whose ways are the links. */
  far: NodeProcess;
  /** The node that nothing happens to. */
  near: NodeProcess;
  /** For the test itself, not by the link. */
  redis: Redis;
  press(customerId: string, node: Address): Promise<Press>;
  pressAll(customerIds: readonly string[], node: Address): Promise<Press[]>;
  ready(node: Address): Promise<void>;
}

export async function openLinkToRedis(mongodbUri: string): Promise<LinkToRedis> {
  await using undo = new AsyncDisposableStack();
  const shop = undo.use(await openShop(mongodbUri, { nodes: 0 }));
  const link = undo.use(await openNetworkLink(Number(new URL(shop.redisUrl).port)));
  const linkToMongodb = undo.use(await openNetworkLink(Number(new URL(mongodbUri).port)));
  const redis = new Redis(shop.redisUrl, { protocol: 2 });
  undo.defer(async () => redis.disconnect());
  const byLink = Object.entries(shop.environment)
    .filter(([name]) => /^REDIS_.*URL$/.test(name))
    .map(([name, url]) => [name, through(link, url)]);
  const near = undo.use(await startNodeProcess({ ...shop.environment, NODE_NAME: 'near' }));
  const far = undo.use(
    await startNodeProcess({
      ...shop.environment,
      ...Object.fromEntries(byLink),
      MONGODB_URI: through(linkToMongodb, mongodbUri),
      NODE_NAME: 'far',
    }),
  );
  const press = async (customerId: string, node: Address): Promise<Press> => {
    const token = await shop.token(customerId);
    const headers = { 'idempotency-key': `${customerId}-only` };
    const { status, body } = await shop.request<Omit<Press, 'customerId' | 'status'>>('POST', '/buy', {
      token,
      headers,
      node,
    });
    return { ...body, customerId, status };
  };
  const done = undo.move();
  return {
    shop,
    link,
    linkToMongodb,
    far,
    near,
    redis,
    press,
    pressAll: (customerIds, node) => Promise.all(customerIds.map((customerId) => press(customerId, node))),
    async ready(node) {
      await eventually(async () => {
        expect((await shop.request('GET', '/readyz', { node })).status).toBe(200);
      });
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}

/** Names that are unique in the file. */
export function createCustomers(): (count: number) => string[] {
  let made = 0;
  return (count) => Array.from({ length: count }, () => `customer-${++made}`);
}
