import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { RedisClient } from '../../src/redis/connections.ts';
import { RedisClock } from '../../src/redis/redis-clock.ts';

it('uses the clock of the server that has taken over as soon as there is a connection to it', async () => {
  let serverMs = 1_800_000_000_000;
  // Only its clock matters here, and when it is connected.
  const redis = Object.assign(new EventEmitter(), {
    time: async () => [String(Math.floor(serverMs / 1_000)), String((serverMs % 1_000) * 1_000)],
  });
  using clock = new RedisClock(redis as unknown as RedisClient);
  await clock.start(() => undefined);
  expect(Math.abs(clock.now() - serverMs)).toBeLessThan(1_000);
  serverMs -= 60_000;
  redis.emit('ready');
  await expect.poll(() => Math.abs(clock.now() - serverMs), { timeout: 2_000 }).toBeLessThan(1_000);
});

it('is released with its connection', async () => {
  const redis = Object.assign(new EventEmitter(), { time: async () => ['1800000000', '0'] });
  const clock = new RedisClock(redis as unknown as RedisClient);
  await clock.start(() => undefined);
  clock[Symbol.dispose]();
  expect(redis.listenerCount('ready')).toBe(0);
});
