import type { Redis } from 'ioredis';

/** How often each command has been called, by every client and script of this Redis. */
export async function commandCounts(redis: Redis): Promise<Map<string, number>> {
  const info = await redis.info('commandstats');
  return new Map(
    [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map((match) => [String(match[1]), Number(match[2])]),
  );
}

/** Commands that were called between two counts. */
export function calledBetween(
  before: Map<string, number>,
  after: Map<string, number>,
): Record<string, number> {
  const differences = [...after].map(([name, calls]): [string, number] => [
    name,
    calls - (before.get(name) ?? 0),
  ]);
  return Object.fromEntries(differences.filter(([, calls]) => calls > 0));
}
