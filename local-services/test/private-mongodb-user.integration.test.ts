import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { expect, it } from 'vitest';
import { startPrivateMongodb } from '../src/private-mongodb.ts';
import { tempDir } from './_support/temp-dir.ts';

type Command = Record<string, unknown>;

/** Opens a connection for one command. */
async function ask(url: string, command: Command): Promise<Command> {
  const client = new mongo.MongoClient(url, { serverSelectionTimeoutMS: 5_000, directConnection: true });
  try {
    return await client.db('flipzon').command(command);
  } finally {
    await client.close();
  }
}

const signedInAs = (url: string, username: string, password: string) =>
  Object.assign(new URL(url), { username, password }).href;

it('the private database refuses every command without its password', async () => {
  using dir = tempDir();
  await using undo = new AsyncDisposableStack();
  const dataDir = dir.path;
  const { url } = undo.use(await startPrivateMongodb({ dataDir }));
  const { username, password } = new URL(url);
  expect(await ask(url, { insert: 'orders', documents: [{ _id: 'a' }] })).toMatchObject({ n: 1 });

  const commands: Command[] = [
    { find: 'orders' },
    { insert: 'orders', documents: [{ _id: 'b' }] },
    { update: 'orders', updates: [{ q: { _id: 'a' }, u: { $set: { stolen: true } } }] },
    { delete: 'orders', deletes: [{ q: {}, limit: 0 }] },
    { aggregate: 'orders', pipeline: [], cursor: {} },
    { drop: 'orders' },
    { dropDatabase: 1 },
    { listCollections: 1 },
    { createUser: 'mallory', pwd: 'a password of hers', roles: [] },
    { usersInfo: 1 },
  ];
  const withoutUser = `mongodb://${new URL(url).host}/flipzon`;
  for (const command of commands) {
    // Unauthorized.
    await expect(ask(withoutUser, command), JSON.stringify(command)).rejects.toMatchObject({ code: 13 });
  }
  const wrong = [
    signedInAs(url, username, `${password.slice(0, -1)}${password.endsWith('0') ? '1' : '0'}`),
    signedInAs(url, username, 'x'),
    signedInAs(url, 'mallory', password),
    signedInAs(url, 'admin', password),
  ];
  // AuthenticationFailed.
  for (const each of wrong) await expect(ask(each, { find: 'orders' })).rejects.toMatchObject({ code: 18 });
  expect(await ask(url, { find: 'orders' })).toMatchObject({ cursor: { firstBatch: [{ _id: 'a' }] } });
});

it('its password is a file that its owner alone may read, and stays the same', async () => {
  using dir = tempDir();
  await using undo = new AsyncDisposableStack();
  const dataDir = dir.path;
  const file = join(dataDir, 'mongodb', 'password');
  const first = await startPrivateMongodb({ dataDir });
  await first[Symbol.asyncDispose]();
  const { password } = new URL(first.url);
  expect(await readFile(file, 'utf8')).toBe(password);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const second = undo.use(await startPrivateMongodb({ dataDir, port: first.port }));
  expect(second.url).toBe(first.url);
  // Other users of this machine see command lines.
  expect(await readFile(`/proc/${second.pid}/cmdline`, 'utf8')).not.toContain(password);
});

it('a data directory of a version without passwords is found again, and has one from then on', async ({
  skip,
}) => {
  using dir = tempDir();
  await using undo = new AsyncDisposableStack();
  const dataDir = dir.path;
  const first = await startPrivateMongodb({ dataDir });
  await ask(first.url, { insert: 'orders', documents: [{ _id: 'old' }] });
  await first[Symbol.asyncDispose]();
  // mongod keeps its users among its other files.
  if (first.kind !== 'FerretDB') return skip();
  await rm(join(dataDir, 'mongodb', 'password'));
  await rm(join(dataDir, 'mongodb', 'ferretdb', 'admin.sqlite'));

  const { url } = undo.use(await startPrivateMongodb({ dataDir }));
  expect(await ask(url, { find: 'orders' })).toMatchObject({ cursor: { firstBatch: [{ _id: 'old' }] } });
  await expect(ask(`mongodb://${new URL(url).host}`, { find: 'orders' })).rejects.toMatchObject({ code: 13 });
});
