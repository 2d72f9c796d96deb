import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { DatabaseProxy } from '@flipzon/server/test-support/database-proxy.ts';
import { type Killable, startKillable } from '@flipzon/server/test-support/killable.ts';
import { RestartableNode } from '@flipzon/server/test-support/node-process.ts';
import { wipeRedis } from './wipe-redis.ts';

export interface Environment extends AsyncDisposable {
  nodes: readonly RestartableNode[];
  redis: Crashable & { wipe(): Promise<void> };
  mongodb: Crashable;
  /** The connection from the nodes to the database; null where it cannot be disturbed. */
  databaseProxy: DatabaseProxy | null;
  jwtSecret: string;
}

export type Crashable = Pick<Killable, 'kill' | 'comeBack' | 'freeze' | 'thaw'>;

/** Real processes on this machine: a Redis, a database, and nodes; everything in a folder that is deleted at the end. */
export async function openEnvironment(
  nodeCount: number,
  openDatabaseProxy?: (databasePort: number) => Promise<DatabaseProxy>,
): Promise<Environment> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-chaos-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = undo.use(await startKillable(startPrivateRedis, dataDir));
  const mongodb = undo.use(await startKillable(startPrivateMongodb, dataDir));
  const mongodbUrl = new URL(mongodb.url);
  const databaseProxy = openDatabaseProxy ? undo.use(await openDatabaseProxy(Number(mongodbUrl.port))) : null;
  if (databaseProxy !== null) mongodbUrl.port = String(databaseProxy.port);
  const jwtSecret = randomBytes(32).toString('hex');
  const nodes = await startNodes(undo, nodeCount, {
    REDIS_URL: redis.service.url,
    REDIS_RECOVERY_URL: redis.service.recoveryUrl,
    MONGODB_URI: mongodbUrl.href,
    JWT_SECRET: jwtSecret,
    RATE_LIMIT_BUY: '1000/1s',
  });
  const owned = undo.move();
  return {
    nodes,
    redis: { ...redis, wipe: () => wipeRedis(redis.service.adminUrl) },
    mongodb,
    databaseProxy,
    jwtSecret,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Nodes on these stores; they go with `undo`. */
export async function startNodes(
  undo: AsyncDisposableStack,
  count: number,
  environment: Readonly<Record<string, string>>,
): Promise<RestartableNode[]> {
  const shared = {
    NODE_NAME: 'node',
    DEMO_LOGIN: 'true',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...environment,
  };
  const nodes = Array.from(
    { length: count },
    (_, index) =>
      new RestartableNode(
        { ...shared, NODE_NAME: `${shared.NODE_NAME}-${index + 1}` },
        { output: 'inherit' },
      ),
  );
  undo.defer(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
  });
  await Promise.all(nodes.map((node) => node.start()));
  return nodes;
}
