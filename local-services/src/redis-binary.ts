import { DebianPackage } from './debian-package.ts';
import { findOnPath } from './find-on-path.ts';
import { type Report, ServiceUnavailableError } from './private-service.ts';
import { runCommand } from './run-command.ts';

const MAJOR_MIN = 7;
const HOMEBREW_MS_MAX = 300_000;

const debianRedis = new DebianPackage('redis-server', ['redis-tools']);

export type RedisBinary = {
  path: string;
  version: string;
  /** Whether it was there already, or had to be fetched by this call. */
  source: 'found' | 'installed';
  env?: NodeJS.ProcessEnv | undefined;
};

/** A `redis-server` of version 7 or later that is here already, without installing anything. */
export async function findRedisBinary(): Promise<RedisBinary | undefined> {
  const onPath = findOnPath('redis-server');
  if (onPath !== undefined) {
    const found = await probeRedis(onPath, 'found');
    if (found !== undefined) return found;
  }
  const extracted = debianRedis.extracted();
  return extracted && probeRedis(extracted.path, 'found', extracted.env);
}

/** As `findRedisBinary`, else installs one the way this machine offers. */
export async function ensureRedisBinary(report: Report = () => {}): Promise<RedisBinary> {
  const found = await findRedisBinary();
  if (found !== undefined) return found;
  const reasons: string[] = [];
  if (findOnPath('apt-get') !== undefined) {
    const installed = await debianRedis.install(report);
    if (installed.ok) {
      const binary = await probeRedis(installed.path, 'installed', installed.env);
      if (binary !== undefined) return binary;
      reasons.push(`the package's redis-server is older than ${MAJOR_MIN}`);
    } else reasons.push(installed.reason);
  }
  const brew = findOnPath('brew');
  if (brew !== undefined) {
    report('brew install redis');
    await runCommand(brew, ['install', 'redis'], { timeoutMs: HOMEBREW_MS_MAX });
    const path = findOnPath('redis-server');
    const binary = path === undefined ? undefined : await probeRedis(path, 'installed');
    if (binary !== undefined) return binary;
    reasons.push('brew install redis failed');
  }
  throw new ServiceUnavailableError(
    `No redis-server ${MAJOR_MIN}+ on PATH${reasons.map((reason) => `; ${reason}`).join('')}. ` +
      'Install Redis 7 or later, or set REDIS_URL to one that runs.',
  );
}

async function probeRedis(
  path: string,
  source: RedisBinary['source'],
  env?: NodeJS.ProcessEnv,
): Promise<RedisBinary | undefined> {
  const { ok, output } = await runCommand(path, ['--version'], { timeoutMs: 5_000, ...(env && { env }) });
  const version = ok ? /v=(\d+\.\d+\.\d+)/.exec(output)?.[1] : undefined;
  if (version === undefined || Number.parseInt(version, 10) < MAJOR_MIN) return undefined;
  return { path, version, source, env };
}
