import { expect, it } from 'vitest';
import { openStage } from '../../bench/stage/stage.ts';
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

it('on the stage of the benchmark the server is the user that it has in production, and what it leaves is counted', async () => {
  await using stage = await openStage();
  expect(new URL(stage.redisUrl).username).toBe('nodes');
  expect(new URL(stage.redisRecoveryUrl).username).toBe('recovery');
  await stage.redis.set('sale:{a}:1:state', 'x');
  await stage.redis.script('LOAD', '#!lua\nreturn 1');
  const left = await measureLeft(stage, []);
  expect(left.redis).toMatchObject({ keys: 1, scripts: 1, kinds: new Map([['state', 1]]) });
  expect(leftLine(left)).toMatch(/^Redis \d+\.\d MB, 1 keys \(1 state\), 1 scripts/);
});
