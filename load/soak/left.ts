import { readFileSync } from 'node:fs';
import type { Environment } from '../bench/environment/environment.ts';
import type { ProbeTasks } from '../bench/environment/probe.ts';
import type { Program } from '../bench/environment/program.ts';

/** What the shop holds at a moment when it is idle. */
export interface Left {
  /** Memory of each node after garbage collection. */
  nodes: { usedBytes: number; rssBytes: number }[];
  redis: { usedBytes: number; keys: number; scripts: number; kinds: Map<string, number> };
  /** Null if the system does not report it. */
  mongodbRssBytes: number | null;
}

export async function measureLeft(
  { redis, mongodbPid }: Pick<Environment, 'redis' | 'mongodbPid'>,
  nodes: readonly Program<ProbeTasks>[],
): Promise<Left> {
  const memories = await Promise.all(nodes.map((node) => node.call('memory', undefined)));
  const info = await redis.info('memory');
  const number = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
  const kinds = new Map<string, number>();
  let keys = 0;
  for await (const batch of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>) {
    for (const key of batch) {
      keys++;
      const kind = kindOf(key);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  return {
    nodes: memories,
    redis: { usedBytes: number('used_memory'), keys, scripts: number('number_of_cached_scripts'), kinds },
    mongodbRssBytes: residentBytes(mongodbPid),
  };
}

export function leftLine({ nodes, redis, mongodbRssBytes }: Left): string {
  const kinds = [...redis.kinds].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`);
  return [
    ...nodes.map(
      ({ usedBytes, rssBytes }, index) => `node-${index + 1} ${mb(usedBytes)} used, ${mb(rssBytes)} resident`,
    ),
    `Redis ${mb(redis.usedBytes)}, ${redis.keys} keys (${kinds.join(', ')}), ${redis.scripts} scripts`,
    ...(mongodbRssBytes === null ? [] : [`MongoDB ${mb(mongodbRssBytes)} resident`]),
  ].join('; ');
}

/** `sale:{ID}:EPOCH:holders` is one of `holders`, `sale:{ID}:buys:CUSTOMER` one of `buys`; a key that belongs to no sale is a separate kind. */
export function kindOf(key: string): string {
  return /^sale:\{[^}]*\}:(?:\d+:)?([^:]*)/.exec(key)?.[1] ?? key;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function residentBytes(pid: number): number | null {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kb === undefined ? null : Number(kb) * 1_024;
  } catch {
    return null;
  }
}
