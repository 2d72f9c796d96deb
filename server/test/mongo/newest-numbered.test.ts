import { expect, test } from 'vitest';
import { NewestNumbered } from '../../src/mongo/newest-numbered.ts';

test('the newest is searched once for each sale, and then found from the one that is known', async () => {
  const docs = new Map<string, { saleId: string; number: number }>();
  const add = (saleId: string, number: number) => docs.set(`${saleId}:${number}`, { saleId, number });
  const searched: string[] = [];
  const newest = new NewestNumbered<{ saleId: string; number: number }>(
    async (saleId) => {
      searched.push(saleId);
      return [...docs.values()].filter((doc) => doc.saleId === saleId).at(-1) ?? null;
    },
    async ({ saleId, number }) => docs.get(`${saleId}:${number + 1}`) ?? null,
  );
  expect(await newest.of('a')).toBeNull();
  add('a', 1);
  add('a', 2);
  add('b', 1);
  expect((await newest.of('a'))?.number).toBe(2);
  expect((await newest.of('b'))?.number).toBe(1);
  for (const number of [3, 4, 5]) add('a', number);
  expect((await newest.of('a'))?.number).toBe(5);
  expect((await newest.of('a'))?.number).toBe(5);
  expect((await newest.of('b'))?.number).toBe(1);
  expect(searched).toEqual(['a', 'a', 'b']);
});
