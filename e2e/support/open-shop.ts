import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import { signToken } from '@flipzon/server/identity/tokens.ts';
import { KillableService } from './killable-service.ts';
import { ShopNode } from './shop-node.ts';

const jwtSecret = 'browser tests sign with this, 32 bytes or more';

export interface Shop {
  nodes: readonly [ShopNode, ShopNode];
  /** What a node is started with, and where its log goes: for one more of them. */
  env: Readonly<Record<string, string>>;
  dataDir: string;
  redis: Pick<KillableService, 'kill' | 'comeBack'> & { forgetAll(): Promise<void> };
  mongodb: Pick<KillableService, 'kill' | 'comeBack'>;
  kill(node: 0 | 1): Promise<void>;
  restart(node: 0 | 1): Promise<void>;
  /** A token as of `issuedAtMs`; the shop's tokens are good for a day. */
  token(customerId: string, role?: 'customer' | 'operator', issuedAtMs?: number): Promise<string>;
}

/** What the shop limits a customer to; the window is wide enough for a page to be looked at while it lasts. */
export const buysPerWindow = 5;
const windowS = 6;

/** A whole shop: Redis, database and two nodes as processes of their own, with fresh data in a temporary folder. */
export async function openShop(): Promise<Shop & AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-e2e-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = undo.use(await KillableService.start(startPrivateRedis, dataDir));
  const mongodb = undo.use(await KillableService.start(startPrivateMongodb, dataDir));
  const env = {
    HOST: '127.0.0.1',
    REDIS_URL: redis.first.url,
    REDIS_RECOVERY_URL: redis.first.recoveryUrl,
    MONGODB_URI: mongodb.first.url,
    JWT_SECRET: jwtSecret,
    DEMO_LOGIN: 'true',
    RATE_LIMIT_BUY: `${buysPerWindow}/${windowS}s`,
    // A crowd may be one customer.
    CUSTOMER_SOCKETS: '1000',
    LOG_LEVEL: 'info',
    REHEARSAL_PROGRAM: join(import.meta.dirname, '..', '..', 'load', 'rehearse', 'main.ts'),
  };
  const node = (name: string) => undo.use(new ShopNode(name, join(dataDir, `${name}.log`), env));
  const nodes = [node('node-1'), node('node-2')] as const;
  await Promise.all(nodes.map((each) => each.start()));
  const owned = undo.move();
  return {
    nodes,
    env,
    dataDir,
    redis: {
      kill: () => redis.kill(),
      comeBack: () => redis.comeBack(),
      forgetAll: () => redis.forget('redis/appendonlydir'),
    },
    mongodb,
    kill: (which) => nodes[which].kill(),
    restart: (which) => nodes[which].start(),
    token: async (customerId, role = 'customer', issuedAtMs = Date.now()) =>
      (await signToken(jwtSecret, { customerId, role }, issuedAtMs)).token,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
