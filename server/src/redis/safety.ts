import type { Redis } from 'ioredis';
import { connectToLoad, masters } from './connections.ts';

/** How every server must be set up so that no claim that was answered is lost, and what happens otherwise. */
export const safeSettings = {
  appendonly: { wanted: 'yes', otherwise: 'claims are gone after a restart' },
  appendfsync: { wanted: 'always', otherwise: 'answered claims can be lost with the machine' },
  'maxmemory-policy': { wanted: 'noeviction', otherwise: 'Redis may throw claims away' },
} as const;

export type SafeSetting = keyof typeof safeSettings;
const names = Object.keys(safeSettings) as SafeSetting[];
const unknown = 'cannot be read by the user of REDIS_RECOVERY_URL';

/** Each server's values of these settings, read as the user of the recovery: the nodes' user may not read them. */
export async function readSafety(recoveryUrls: readonly string[]): Promise<Record<SafeSetting, string[]>> {
  await using connection = await connectToLoad(recoveryUrls);
  const servers = await Promise.all(masters(connection.client).map(settingsOf));
  return Object.fromEntries(
    names.map((name) => [name, [...new Set(servers.map((server) => server[name] ?? unknown))]]),
  ) as Record<SafeSetting, string[]>;
}

/** The reasons why Redis may lose answered claims; empty if it keeps everything. A setting that cannot be read counts as unsafe. */
export async function unsafeSettings(recoveryUrls: readonly string[]): Promise<string[]> {
  const found = await readSafety(recoveryUrls);
  return names.flatMap((name) => {
    const { wanted, otherwise } = safeSettings[name];
    return found[name].filter((value) => value !== wanted).map((value) => describe(name, value, otherwise));
  });
}

export function describe(name: SafeSetting, value: string, otherwise: string): string {
  const means = value === unknown ? `unless it is ${safeSettings[name].wanted}, ${otherwise}` : otherwise;
  return `${name} ${value}: ${means}`;
}

async function settingsOf(server: Redis): Promise<Partial<Record<SafeSetting, string>>> {
  try {
    return inPairs((await server.config('GET', ...names)) as string[]);
  } catch {
    // Managed Redis services often forbid CONFIG. INFO shows two of the three.
    const info = await server.info().catch(() => '');
    const line = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
    const [aof, policy] = [line('aof_enabled'), line('maxmemory_policy')];
    return {
      ...(aof === undefined ? {} : { appendonly: aof === '1' ? 'yes' : 'no' }),
      ...(policy === undefined ? {} : { 'maxmemory-policy': policy }),
    };
  }
}

function inPairs(reply: readonly string[]): Record<string, string> {
  const pairs = reply.flatMap((name, index) => (index % 2 === 0 ? [[name, reply[index + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}
