import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { Role } from '@flipzon/protocol/identity.ts';
import { signToken } from '@flipzon/server/identity/tokens.ts';
import { type Killable, startKillable } from '@flipzon/server/test-support/killable.ts';
import { RestartableNode } from '@flipzon/server/test-support/node-process.ts';

const names = ['node-1', 'node-2'] as const;
const jwtSecret = 'browser tests sign with this, 32 bytes or more';

export interface Shop {
  nodes: readonly [RestartableNode, RestartableNode];
  /** What its nodes are started with. */
  env: Readonly<Record<string, string>>;
  /** One more node, to be started by the test. */
  createNode(name: string, environment: Readonly<Record<string, string>>): RestartableNode;
  /** What each of its nodes has written, by name. */
  logs(): Promise<Record<string, string>>;
  redis: Pick<Killable, 'kill' | 'comeBack'> & { forgetAll(): Promise<void> };
  mongodb: Pick<Killable, 'kill' | 'comeBack'>;
  kill(node: 0 | 1): Promise<void>;
  restart(node: 0 | 1): Promise<void>;
  /** A token as of `issuedAtMs`; the shop's tokens are good for a day. */
  token(customerId: string, role?: Role, issuedAtMs?: number): Promise<string>;
}

/** What the shop limits a customer to; the window is wide enough for a page to be looked at while it lasts. */
export const buysPerWindow = 5;
const windowS = 6;

/** A whole shop: Redis, database and two nodes as separate processes, with fresh data in a temporary folder. */
export async function openShop(): Promise<Shop & AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-e2e-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = undo.use(await startKillable(startPrivateRedis, dataDir));
  const mongodb = undo.use(await startKillable(startPrivateMongodb, dataDir));
  const env = {
    HOST: '127.0.0.1',
    REDIS_URL: redis.service.url,
    REDIS_RECOVERY_URL: redis.service.recoveryUrl,
    MONGODB_URI: mongodb.service.url,
    JWT_SECRET: jwtSecret,
    DEMO_LOGIN: 'true',
    RATE_LIMIT_BUY: `${buysPerWindow}/${windowS}s`,
    // A crowd may be one customer.
    CUSTOMER_SOCKETS: '1000',
    LOG_LEVEL: 'info',
    REHEARSAL_PROGRAM: join(import.meta.dirname, '..', '..', 'load', 'rehearse', 'main.ts'),
  };
  const logOf = (name: string) => join(dataDir, `${name}.log`);
  const createNode: Shop['createNode'] = (name, more) =>
    new RestartableNode({ ...env, ...more, NODE_NAME: name }, { output: { file: logOf(name) } });
  const nodes = [undo.use(createNode(names[0], {})), undo.use(createNode(names[1], {}))] as const;
  await Promise.all(nodes.map((each) => each.start()));
  const owned = undo.move();
  return {
    nodes,
    env,
    createNode,
    logs: async () =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await readFile(logOf(name), 'utf8')])),
      ),
    redis: {
      kill: () => redis.kill(),
      comeBack: () => redis.comeBack(),
      async forgetAll() {
        await redis.kill();
        await rm(join(dataDir, 'redis', 'appendonlydir'), { recursive: true });
        await redis.comeBack();
      },
    },
    mongodb,
    kill: (which) => nodes[which].end('SIGKILL'),
    restart: (which) => nodes[which].start(),
    token: async (customerId, role = 'customer', issuedAtMs = Date.now()) =>
      (await signToken(jwtSecret, { customerId, role }, issuedAtMs)).token,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
