import { expect, it } from 'vitest';
import { openEnvironment } from '../../bench/environment/environment.ts';
import { kindOf, leftLine, measureLeft } from '../../soak/left.ts';

it('a key of Redis is counted by its kind', () => {
  expect(
    [
      'sale:{20261129-a}:1:holders',
      'sale:{20261129-a}:12:state',
      'sale:{20261129-a}:buys:ann:2',
      'other',
    ].map(kindOf),
  ).toEqual(['holders', 'state', 'buys', 'other']);
});

it('on the environment of the benchmark the server is the user that it has in production, and what it leaves is counted', async () => {
  await using environment = await openEnvironment();
  expect(new URL(environment.redisUrl).username).toBe('nodes');
  expect(new URL(environment.redisRecoveryUrl).username).toBe('recovery');
  await environment.redis.set('sale:{a}:1:state', 'x');
  await environment.redis.script('LOAD', '#!lua\nreturn 1');
  const left = await measureLeft(environment, []);
  expect(left.redis).toMatchObject({ keys: 1, scripts: 1, kinds: new Map([['state', 1]]) });
  expect(leftLine(left)).toMatch(/^Redis \d+\.\d MB, 1 keys \(1 state\), 1 scripts/);
});
