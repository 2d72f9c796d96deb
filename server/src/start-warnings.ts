import { isLoopback } from './address.ts';
import type { Config } from './config.ts';

type Settings = Pick<Config, 'HOST' | 'DEMO_LOGIN' | 'ALLOW_UNSAFE_REDIS' | 'CRASH_AT'>;

/** What somebody must read who starts a node for a real sale. */
export function startWarnings(settings: Settings, unsafeRedis: readonly string[]): string[] {
  const { ALLOW_UNSAFE_REDIS, CRASH_AT } = settings;
  const consequence = ALLOW_UNSAFE_REDIS
    ? 'Real sales are allowed on it all the same (ALLOW_UNSAFE_REDIS).'
    : 'No real sale can be started on it; set it right, or set ALLOW_UNSAFE_REDIS=true.';
  return [
    ...openLoginWarning(settings),
    ...(unsafeRedis.length === 0 ? [] : [`${unsafeRedisMessage(unsafeRedis)} ${consequence}`]),
    ...(CRASH_AT === undefined
      ? []
      : [`CRASH_AT is set, for tests: the node ends itself at ${CRASH_AT.point}.`]),
  ];
}

export function openLoginWarning({ HOST, DEMO_LOGIN }: Pick<Settings, 'HOST' | 'DEMO_LOGIN'>): string[] {
  if (!DEMO_LOGIN || isLoopback(HOST)) return [];
  return [
    `POST /login is on, and HOST ${HOST} is open to the network: everybody who reaches it can sign in as anybody, operators too. ` +
      'Set DEMO_LOGIN=false, or HOST=127.0.0.1.',
  ];
}

export function unsafeRedisMessage(reasons: readonly string[]): string {
  return `Redis may lose what it has answered (${reasons.join('; ')}).`;
}
