import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { ServiceExit } from '@flipzon/local-services/private-service.ts';
import { type ServiceEvent, superviseService } from '@flipzon/local-services/supervise-service.ts';
import { expect, test } from 'vitest';
import { redisCommand } from './_support/redis-command.ts';
import { tempDir } from './_support/temp-dir.ts';

test('acknowledged data is there after kill -9 and a restart on the same URL', async () => {
  using dir = tempDir();
  const first = await startPrivateRedis({ dataDir: dir.path });
  expect(await redisCommand(first.adminUrl, 'SET unit 1000')).toBe('+OK\r\n');
  const exit = new Promise<ServiceExit>((resolve) => first.onExit(resolve));
  process.kill(first.pid, 'SIGKILL');
  expect(await exit).toEqual({ code: null, signal: 'SIGKILL', said: null, expected: false });
  await using second = await startPrivateRedis({ dataDir: dir.path, port: first.port });
  expect(second.url).toBe(first.url);
  expect(await redisCommand(second.adminUrl, 'GET unit')).toBe('$4\r\n1000\r\n');
});

test('it answers only with the password, which other users of the machine cannot read', async () => {
  using dir = tempDir();
  await using redis = await startPrivateRedis({ dataDir: dir.path });
  const wrong = redis.adminUrl.replace(/:[0-9a-f]{48}@/, ':wrong@');
  expect(await redisCommand(wrong, 'GET unit')).toMatch(/WRONGPASS[\s\S]*NOAUTH/);
  for (const file of ['redis.conf', 'password']) {
    expect(statSync(join(dir.path, 'redis', file)).mode & 0o077).toBe(0);
  }
});

test('every write is on disk before it is answered, and nothing is evicted', async () => {
  using dir = tempDir();
  await using redis = await startPrivateRedis({ dataDir: dir.path });
  const settings = await redisCommand(redis.adminUrl, 'CONFIG GET append*\r\nCONFIG GET maxmemory-policy');
  expect(settings).toMatch(/appendfsync\r\n\$6\r\nalways/);
  expect(settings).toMatch(/appendonly\r\n\$3\r\nyes/);
  expect(settings).toContain('noeviction');
});

test('a process that an earlier start left behind is stopped by the next', async () => {
  using dir = tempDir();
  const stale = await startPrivateRedis({ dataDir: dir.path });
  await redisCommand(stale.adminUrl, 'SET unit 7');
  const ended = new Promise<ServiceExit>((resolve) => stale.onExit(resolve));
  await using next = await startPrivateRedis({ dataDir: dir.path });
  expect(await ended).toMatchObject({ code: 0 });
  expect(await redisCommand(next.adminUrl, 'GET unit')).toBe('$1\r\n7\r\n');
});

test('supervised, it is started again on the same port and files when it dies', async () => {
  using dir = tempDir();
  const events: ServiceEvent[] = [];
  await using service = await superviseService(
    (port) => startPrivateRedis({ dataDir: dir.path, ...(port !== undefined && { port }) }),
    { onEvent: (event) => events.push(event) },
  );
  const { url, pid } = service;
  await redisCommand(url, 'SET sale:{x}:unit 3');
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => events.map(({ event }) => event), { timeout: 20_000 })
    .toEqual(['died', 'restarted']);
  expect(service.url).toBe(url);
  expect(service.pid).not.toBe(pid);
  expect(await redisCommand(url, 'GET sale:{x}:unit')).toBe('$1\r\n3\r\n');
});

test('supervised, it is retried until it starts, and each failure is reported', async () => {
  using dir = tempDir();
  const events: ServiceEvent[] = [];
  let starts = 0;
  await using service = await superviseService(
    (port) => {
      starts += 1;
      if (starts > 1 && starts < 16) throw new Error('the disk is full');
      return startPrivateRedis({ dataDir: dir.path, ...(port !== undefined && { port }) });
    },
    { onEvent: (event) => events.push(event), backoffMsMax: 50 },
  );
  process.kill(service.pid, 'SIGKILL');
  await expect.poll(() => events.at(-1), { timeout: 20_000 }).toMatchObject({ event: 'restarted' });
  expect(starts).toBe(16);
  // The same message is not logged again and again.
  expect(events.map((event) => ('why' in event ? event.why : event.event))).toEqual([
    'SIGKILL',
    ...Array(3).fill('the disk is full'),
    'restarted',
  ]);
});
