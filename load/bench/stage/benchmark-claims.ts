import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { backlogMax, claimChannel, claimKeys, claimScript } from '../peers/claim-script.ts';

const run = promisify(execFile);
const connections = 50;
const runMsMax = 300_000;

/** Winners per second; nearly every customer number is new, and there are units for all. */
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
  const { stdout } = await run(
    'redis-benchmark',
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
    { timeout: runMsMax },
  );
  const perSecond = Number(/^"EVALSHA[^"]*","([\d.]+)"/m.exec(stdout)?.[1]);
  if (!Number.isFinite(perSecond)) throw new Error(`redis-benchmark said ${stdout.slice(0, 300)}`);
  return perSecond;
}
