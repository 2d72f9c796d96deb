import { randomBytes } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createSessionStore } from '../../src/mongo/session-store.ts';

it('of more ended sessions than a node keeps, those whose tokens are good for longest are refused', async () => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const connection = await connectMongo(inject('mongodbUri'), name, () => undefined);
  onTestFinished(() => connection.close());
  const store = createSessionStore(await createModels(connection), { endedMax: 2 });
  const until = { soon: 20, first: 30, over: 5, last: 40 };
  for (const [id, at] of Object.entries(until)) await store.end(id, at);
  expect((await store.ended(10)).sort()).toEqual(['first', 'last']);
});
