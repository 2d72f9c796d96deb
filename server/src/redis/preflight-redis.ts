import type { Probe } from '../operator/preflight.ts';
import { connectToLoad, masters, type RedisClient } from './connections.ts';
import { describe, readSafety, type SafeSetting, safeSettings } from './safety.ts';

const versionMin = 7;
/** No decision depends on a node's clock, but one that is further off than this makes logs hard to read. */
const offsetMsMax = 2_000;

interface Dependencies {
  commands: RedisClient;
  recoveryUrls: readonly string[];
}

/** Requirements on Redis so that no answered claim is ever lost. */
export function redisProbes({ commands, recoveryUrls }: Dependencies): Probe[] {
  const settingProbe = (name: string, setting: SafeSetting): Probe => ({
    name,
    look: async () => {
      const found = (await readSafety(recoveryUrls))[setting];
      const { wanted, otherwise } = safeSettings[setting];
      const wrong = found.filter((value) => value !== wanted);
      return wrong.length === 0
        ? { ok: true, detail: `${setting} ${wanted}` }
        : { ok: false, detail: wrong.map((value) => describe(setting, value, otherwise)).join('; ') };
    },
  });
  return [
    {
      name: 'Redis',
      look: async () => {
        const servers = await Promise.all(
          masters(commands).map(async (server) => {
            const startedAt = performance.now();
            const info = await server.info('server');
            const tookMs = performance.now() - startedAt;
            return { version: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown', tookMs };
          }),
        );
        const versions = [...new Set(servers.map(({ version }) => version))].join(', ');
        const tookMs = Math.max(...servers.map((server) => server.tookMs));
        return {
          ok:
            servers.length > 0 && servers.every(({ version }) => Number.parseInt(version, 10) >= versionMin),
          detail: `${servers.length} server${servers.length === 1 ? '' : 's'}, version ${versions}, answers in ${tookMs.toFixed(1)} ms`,
        };
      },
    },
    settingProbe('Redis append-only file', 'appendonly'),
    settingProbe('Redis writes through', 'appendfsync'),
    settingProbe('Redis keeps everything', 'maxmemory-policy'),
    {
      name: 'Recovery user',
      look: async () => {
        await using connection = await connectToLoad(recoveryUrls);
        for (const server of masters(connection.client)) await server.script('LOAD', '#!lua\nreturn 1');
        return { ok: true, detail: 'can load the scripts of a recovery' };
      },
    },
    {
      name: 'Clock of this node',
      look: async () => {
        const startedAt = Date.now();
        const [seconds, micros] = await commands.time();
        const offsetMs = Math.round(
          (startedAt + Date.now()) / 2 - (Number(seconds) * 1000 + Number(micros) / 1000),
        );
        return {
          ok: Math.abs(offsetMs) <= offsetMsMax,
          detail: `${offsetMs} ms ahead of Redis's, which is the one that decides`,
        };
      },
    },
  ];
}
