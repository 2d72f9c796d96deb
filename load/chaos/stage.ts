import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { PrivateService } from '@flipzon/local-services/private-service.ts';
import type { DatabaseProxy } from '@flipzon/server/test-support/database-proxy.ts';
import { NodeProcess } from './node-process.ts';
import { wipeRedis } from './wipe-redis.ts';

export interface Stage extends AsyncDisposable {
  nodes: readonly NodeProcess[];
  redis: Crashable & { wipe(): Promise<void> };
  mongodb: Crashable;
  /** The way of the nodes to the database; null where there is none to be spoilt. */
  databaseProxy: DatabaseProxy | null;
  jwtSecret: string;
}

/** A service that is killed as a crash would, frozen, and started again on its files and its port. */
export interface Crashable {
  kill(): Promise<void>;
  comeBack(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** Real processes on this machine: a Redis, a database, and nodes; everything in a folder of its own that goes in the end. */
export async function openStage(
  nodeCount: number,
  openDatabaseProxy?: (databasePort: number) => Promise<DatabaseProxy>,
): Promise<Stage> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-chaos-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = await crashable((port) => startPrivateRedis({ dataDir, ...(port && { port }) }), undo);
  const mongodb = await crashable((port) => startPrivateMongodb({ dataDir, ...(port && { port }) }), undo);
  const mongodbUrl = new URL(mongodb.urls.url);
  const databaseProxy = openDatabaseProxy ? undo.use(await openDatabaseProxy(Number(mongodbUrl.port))) : null;
  if (databaseProxy !== null) mongodbUrl.port = String(databaseProxy.port);
  const jwtSecret = randomBytes(32).toString('hex');
  const nodes = await startNodes(undo, nodeCount, {
    REDIS_URL: redis.urls.url,
    REDIS_RECOVERY_URL: redis.urls.recoveryUrl,
    MONGODB_URI: mongodbUrl.href,
    JWT_SECRET: jwtSecret,
    RATE_LIMIT_BUY: '1000/1s',
  });
  const owned = undo.move();
  return {
    nodes,
    redis: { ...redis, wipe: () => wipeRedis(redis.urls.adminUrl) },
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
): Promise<NodeProcess[]> {
  const shared = {
    NODE_NAME: 'node',
    DEMO_LOGIN: 'true',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...environment,
  };
  const nodes = Array.from(
    { length: count },
    (_, index) => new NodeProcess({ ...shared, NODE_NAME: `${shared.NODE_NAME}-${index + 1}` }),
  );
  undo.defer(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
  });
  await Promise.all(nodes.map((node) => node.start()));
  return nodes;
}

async function crashable<Service extends PrivateService>(
  start: (port?: number) => Promise<Service>,
  undo: AsyncDisposableStack,
): Promise<Crashable & { urls: Service }> {
  let service = await start();
  undo.defer(async () => {
    process.kill(service.pid, 'SIGCONT');
    await service[Symbol.asyncDispose]();
  });
  const { port } = service;
  return {
    // The addresses are those of every later start too.
    urls: service,
    kill: () =>
      new Promise((resolve) => {
        service.onExit(() => resolve());
        process.kill(service.pid, 'SIGKILL');
      }),
    async comeBack() {
      service = await start(port);
    },
    freeze: () => void process.kill(service.pid, 'SIGSTOP'),
    thaw: () => void process.kill(service.pid, 'SIGCONT'),
  };
}
