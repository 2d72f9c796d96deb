import { randomBytes } from 'node:crypto';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createEmailCodeStore } from '../../src/mongo/email-code-store.ts';
import { createModels } from '../../src/mongo/models.ts';

it('gives slots that were freed to others, as often as that happens, and no more than there are', async () => {
  const connection = await connectMongo(
    inject('mongodbUri'),
    `test_${randomBytes(6).toString('hex')}`,
    () => undefined,
  );
  onTestFinished(() => connection.close());
  const store = createEmailCodeStore(await createModels(connection));
  const take = (count: number) =>
    Promise.all(Array.from({ length: count }, () => store.takeSlot('shop:1', 20, 1_800_000_000_000)));
  const [kept] = await take(1);
  for (let round = 0; round < 5; round++) {
    const taken = await take(10);
    expect(new Set([kept, ...taken]).size).toBe(11);
    expect(taken).not.toContain(null);
    await Promise.all(taken.map((slot) => store.freeSlot(slot ?? '')));
  }
  const all = await take(25);
  expect(all.filter((slot) => slot !== null)).toHaveLength(19);
  expect(new Set(all.filter((slot) => slot !== null)).size).toBe(19);
});
