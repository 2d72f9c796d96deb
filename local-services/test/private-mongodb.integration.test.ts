import { pingMongodb } from '@flipzon/local-services/ping-mongodb.ts';
import { keptMongodbKind, startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { expect, test } from 'vitest';
import { tempDir } from './_support/temp-dir.ts';

test('it serves, comes back on the same port after kill -9, and stops', async () => {
  using dir = tempDir();
  const first = await startPrivateMongodb({ dataDir: dir.path });
  expect(await pingMongodb(first.port)).toBe(true);
  const ended = new Promise((resolve) => first.onExit(resolve));
  process.kill(first.pid, 'SIGKILL');
  await ended;
  const second = await startPrivateMongodb({ dataDir: dir.path, port: first.port });
  expect(second.url).toBe(first.url);
  expect(await pingMongodb(second.port)).toBe(true);
  await second[Symbol.asyncDispose]();
  expect(await pingMongodb(second.port)).toBe(false);
});

test('a data directory stays with the database that wrote it', async () => {
  using dir = tempDir();
  expect(keptMongodbKind(dir.path)).toBeUndefined();
  await using mongodb = await startPrivateMongodb({ dataDir: dir.path });
  expect(keptMongodbKind(dir.path)).toBe(mongodb.kind);
});
