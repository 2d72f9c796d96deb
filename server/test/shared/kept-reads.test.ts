import { expect, it } from 'vitest';
import { createKeptReads } from '../../src/shared/kept-reads.ts';
import { NoAnswerInTime } from '../../src/shared/with-timeout.ts';

/** Reads that wait until they are let through. */
function slowStore() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const read = (key: string) => async () => {
    asked.push(key);
    await new Promise<void>((done) => waiting.push(done));
    return { key };
  };
  const letThrough = () => {
    for (const done of waiting.splice(0)) done();
  };
  return { asked, read, letThrough };
}

it('reads once for all concurrent requests, and later ones while the answer is kept', async () => {
  const { asked, read, letThrough } = slowStore();
  const kept = createKeptReads({ keptMs: Number.POSITIVE_INFINITY, keptMax: 2, atOnceMax: 1 });
  const answers = Array.from({ length: 100 }, () => kept('a', read('a')));
  letThrough();
  const [first, ...others] = await Promise.all(answers);
  for (const other of others) expect(other).toBe(first);
  expect(await kept('a', read('a'))).toBe(first);
  expect(asked).toEqual(['a']);
});

it('bounds the concurrent reads of the store; a read under way serves later callers', async () => {
  const { asked, read, letThrough } = slowStore();
  const kept = createKeptReads({ keptMs: 1_000_000, keptMax: 10, atOnceMax: 2 });
  const answers = [kept('a', read('a')), kept('b', read('b')), kept('a', read('a'))];
  for (let i = 0; i < 1_000; i++)
    await expect(kept(`x-${i}`, read('x'))).rejects.toBeInstanceOf(NoAnswerInTime);
  letThrough();
  expect(await Promise.all(answers)).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'a' }]);
  expect(asked).toEqual(['a', 'b']);
});

it('keeps a bounded number of answers, and no failure', async () => {
  const asked: string[] = [];
  const kept = createKeptReads<string>({ keptMs: 1_000_000, keptMax: 2, atOnceMax: 1 });
  const ask = (key: string) =>
    kept(key, async () => {
      asked.push(key);
      return key;
    });
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await ask(key);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
  await expect(kept('d', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await ask('d')).toBe('d');
});
