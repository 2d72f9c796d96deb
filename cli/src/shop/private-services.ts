import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import {
  type ServiceEvent,
  type SupervisedService,
  superviseService,
} from '@flipzon/local-services/supervise-service.ts';
import { elapsed } from '../elapsed.ts';
import { say } from '../say.ts';
import type { Parts } from '../set-up.ts';
import type { Settings } from '../settings.ts';
import { assertReachable } from './assert-reachable.ts';

export type Services = AsyncDisposable & {
  redisUrl: string;
  /** The user of Redis that may load scripts. */
  redisRecoveryUrl: string;
  mongodbUri: string;
  /** What runs, in words for a person. */
  mongodbName: string;
  kill(): void;
};

/** The Redis and MongoDB that the environment names, or private ones in DATA_DIR that are started again when they die. */
export async function startServices(settings: Settings, parts: Parts): Promise<Services> {
  const { dataDir, redisUrl, redisRecoveryUrl, mongodbUri } = settings;
  const onEvent = (event: ServiceEvent) => say(describe(event));
  await using stack = new AsyncDisposableStack();
  const running: SupervisedService[] = [];
  const supervise = async (start: Parameters<typeof superviseService>[0]) => {
    const service = stack.use(await superviseService(start, { onEvent }));
    running.push(service);
    return service;
  };

  if (redisUrl !== undefined) await assertReachable('REDIS_URL', redisUrl);
  if (mongodbUri !== undefined) await assertReachable('MONGODB_URI', mongodbUri);
  let privateRecoveryUrl = '';
  const startRedis = async (port?: number) => {
    const binary = parts.redis && { binary: parts.redis };
    const service = await startPrivateRedis({ dataDir, report: say, ...binary, ...(port && { port }) });
    privateRecoveryUrl = service.recoveryUrl;
    return service;
  };
  const redis = redisUrl === undefined ? await supervise(startRedis) : undefined;
  const mongodb =
    mongodbUri === undefined
      ? await supervise((port) =>
          startPrivateMongodb({
            dataDir,
            ...(parts.mongodb && { binary: parts.mongodb }),
            ...(port && { port }),
          }),
        )
      : undefined;

  const owned = stack.move();
  return {
    redisUrl: redisUrl ?? (redis?.url as string),
    redisRecoveryUrl: redisUrl === undefined ? privateRecoveryUrl : (redisRecoveryUrl ?? redisUrl),
    mongodbUri: mongodbUri ?? (mongodb?.url as string),
    mongodbName: mongodb ? `${mongodb.kind} ${mongodb.version}, private` : 'yours, from MONGODB_URI',
    kill() {
      // Everything that either has acknowledged is already on disk.
      for (const service of running) process.kill(service.pid, 'SIGKILL');
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function describe(event: ServiceEvent): string {
  switch (event.event) {
    case 'died':
      return `The private ${event.kind} died (${event.why}); starting it again`;
    case 'restarted':
      return `The private ${event.kind} is back after ${elapsed(event.tookMs)}: pid ${event.pid}`;
    case 'not_started':
      return `The private ${event.kind} does not start: ${event.why}; trying again`;
  }
}
