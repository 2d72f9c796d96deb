import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findRedisBinary } from '@flipzon/local-services/redis-binary.ts';
import { backlogMax, claimChannel, claimKeys, claimScript } from '../baselines/claim-script.ts';

const run = promisify(execFile);
const connections = 50;
const runMsMax = 300_000;

/** Claims per second; nearly every customer number is new, and there are units for all. */
export async function benchmarkClaims(redisUrl: string, claims: number): Promise<number> {
  const { port, username, password } = new URL(redisUrl);
  const script = [
    'EVALSHA',
    claimScript.sha,
    '5',
    ...claimKeys,
    'c-__rand_int__',
    'r-__rand_int__',
    '0',
    claimChannel,
    String(backlogMax),
  ];
  // Beside the server, which need not be on the PATH.
  const server = await findRedisBinary();
  if (server === undefined) throw new Error('no redis-server here, and so no redis-benchmark');
  const { stdout } = await run(
    join(dirname(server.path), 'redis-benchmark'),
    [
      '-p',
      port,
      '--user',
      username,
      '-a',
      password,
      '-n',
      String(claims),
      '-c',
      String(connections),
      '-r',
      '1000000000',
      '--csv',
      ...script,
    ],
    { timeout: runMsMax, env: { ...process.env, ...server.env } },
  );
  const perSecond = Number(/^"EVALSHA[^"]*","([\d.]+)"/m.exec(stdout)?.[1]);
  if (!Number.isFinite(perSecond)) throw new Error(`redis-benchmark said ${stdout.slice(0, 300)}`);
  return perSecond;
}
