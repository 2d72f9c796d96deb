import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exchange } from './exchange.ts';
import { onFreePort } from './free-port.ts';
import { keptPassword } from './kept-password.ts';
import type { PrivateService, Report } from './private-service.ts';
import { ensureRedisBinary, type RedisBinary } from './redis-binary.ts';
import { cutDamage, discard, saysDamaged } from './repair-aof.ts';
import { startServiceProcess } from './service-process.ts';

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;

type PrivateRedisOptions = { dataDir: string; binary?: RedisBinary; port?: number; report?: Report };

/** `url` is the nodes'. */
export type PrivateRedis = PrivateService & {
  /** The user that may load scripts. */
  recoveryUrl: string;
  /** The user that may do everything, for a person and for tests. */
  adminUrl: string;
};

/** Runs a `redis-server` with its files in `dataDir/redis`, on the loopback interface only, and waits for its PONG. */
export async function startPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const start = (port: number) => startOn(port, options);
  return options.port === undefined ? onFreePort(start) : start(options.port);
}

async function startOn(port: number, options: Omit<PrivateRedisOptions, 'port'>): Promise<PrivateRedis> {
  const binary = options.binary ?? (await ensureRedisBinary());
  const dir = join(resolve(options.dataDir), 'redis');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const password = await keptPassword(join(dir, 'password'));
  const configFile = join(dir, 'redis.conf');
  const logFile = join(dir, 'redis.log');
  await writeFile(configFile, redisConfig({ dir, port, password }), { mode: 0o600 });
  const urlOf = (user: string, ofUser: string) => `redis://${user}:${ofUser}@127.0.0.1:${port}`;
  const start = () =>
    startServiceProcess({
      kind: 'redis-server',
      version: binary.version,
      url: urlOf('nodes', passwordOf('nodes', password)),
      port,
      command: binary.path,
      args: [configFile],
      env: binary.env,
      pidFile: join(dir, 'redis.pid'),
      marker: configFile,
      logFile,
      isReady: () => pingRedis(port, password),
      readyMsMax: READY_MS_MAX,
      stopMsMax: STOP_MS_MAX,
    });
  const service = await start().catch((error: unknown) => {
    if (!saysDamaged(error)) throw error;
    return startOnWhatIsGood(start, dir, binary, options.report);
  });
  return {
    ...service,
    recoveryUrl: urlOf('recovery', passwordOf('recovery', password)),
    adminUrl: urlOf('default', password),
  };
}

/** Nothing that was confirmed depends on these files, so the shop need not wait for a person. */
async function startOnWhatIsGood(
  start: () => Promise<PrivateService>,
  dir: string,
  binary: RedisBinary,
  report: Report = () => undefined,
): Promise<PrivateService> {
  const copy = await cutDamage(dir, binary);
  const kept = `The damaged files are kept in ${copy}. Confirmed orders are in MongoDB; claims that are lost come back by their receipts.`;
  try {
    const service = await start();
    report(`The append-only file of the private Redis was damaged and has been cut there. ${kept}`);
    return service;
  } catch (error) {
    if (!saysDamaged(error)) throw error;
  }
  await discard(dir);
  const service = await start();
  report(`The append-only file of the private Redis can't be read; it starts without one. ${kept}`);
  return service;
}

/** Made from the kept one, so that an older data directory needs nothing new; the kept one cannot be computed from it. */
function passwordOf(user: 'nodes' | 'recovery', password: string): string {
  return createHmac('sha256', password).update(user).digest('hex').slice(0, password.length);
}

function users(password: string): string {
  return readFileSync(new URL('../../server/src/redis/users.acl', import.meta.url), 'utf8')
    .replace('>NODES_PASSWORD', `>${passwordOf('nodes', password)}`)
    .replace('>RECOVERY_PASSWORD', `>${passwordOf('recovery', password)}`);
}

function redisConfig({ dir, port, password }: { dir: string; port: number; password: string }): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    users(password),
    `dir ${JSON.stringify(dir)}`,
    // Every answered claim is on disk, so it survives a kill -9 of Redis.
    'appendonly yes',
    'appendfsync always',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    // The command line keeps the path of this file, by which a stale process is known as ours.
    'set-proc-title no',
    'loglevel notice',
    '',
  ].join('\n');
}

/** Whether the Redis there answers PING now: false while it loads its append-only file, or is not there. */
async function pingRedis(port: number, password: string, timeoutMs = 1_000): Promise<boolean> {
  const request = Buffer.from(`AUTH ${password}\r\nPING\r\n`);
  const complete = (answer: Buffer) => answer.toString().split('\r\n').length > 2;
  const answer = await exchange(port, request, complete, timeoutMs);
  return answer?.toString() === '+OK\r\n+PONG\r\n';
}
