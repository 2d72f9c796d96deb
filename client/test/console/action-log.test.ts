import type { OperatorAction, OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import { expect, test } from 'vitest';
import { createActionLog } from '../../src/console/action-log.ts';
import type { Answer, Api } from '../../src/console/api.ts';
import { joinReads } from '../../src/console/history/join-reads.ts';
import { english } from '../../src/console/text/english.ts';
import { spreadOver, summaryOf } from '../../src/console/watch/summary.ts';

/** A shop in which so many things have been done, answered in pages. */
function shopWith(): { api: Api; done: (count: number) => void } {
  let count = 0;
  return {
    done: (more) => {
      count += more;
    },
    api: {
      async ask<Body>(path: string): Promise<Answer<Body>> {
        const query = new URL(path, 'http://shop').searchParams;
        const from = Number(query.get('before') ?? count);
        const limit = Number(query.get('limit'));
        const numbers = Array.from({ length: Math.min(limit, from) }, (_, index) => from - index);
        const actions = numbers.map((number) => ({ id: `a${number}`, outcome: 'done' }) as OperatorAction);
        const next = from > limit ? String(from - limit) : null;
        return { ok: true, body: { actions, next } satisfies OperatorActionsAnswer as Body };
      },
      upload: () => Promise.reject(new Error('nothing is uploaded')),
      download: async () => null,
    },
  };
}

test('the log grows at the top, and keeps the older ones that were asked for', async () => {
  const shop = shopWith();
  shop.done(60);
  const log = createActionLog(shop.api);
  await log.refresh();
  await log.more();
  shop.done(2);
  await log.refresh();
  const { actions, next } = log.value.get();
  expect(actions.map(({ id }) => id)).toEqual(Array.from({ length: 52 }, (_, index) => `a${62 - index}`));
  await log.more();
  expect(next).toBe('10');
  expect(log.value.get().actions).toHaveLength(62);
  expect(log.value.get().next).toBeNull();
});

test('if more actions are new than fit on a page, none is missing in the middle', async () => {
  const shop = shopWith();
  shop.done(30);
  const log = createActionLog(shop.api);
  await log.refresh();
  shop.done(100);
  await log.refresh();
  const numbers = log.value.get().actions.map(({ id }) => Number(id.slice(1)));
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => 130 - index));
  expect(log.value.get().next).toBe('105');
});

test('a log that is looked at for a day keeps its bound', async () => {
  const shop = shopWith();
  const log = createActionLog(shop.api);
  for (let hour = 0; hour < 24; hour++) {
    shop.done(20);
    await log.refresh();
  }
  expect(log.value.get().actions).toHaveLength(200);
});

test('reading again what is known draws nothing again', async () => {
  const shop = shopWith();
  shop.done(3);
  const log = createActionLog(shop.api);
  await log.refresh();
  const before = log.value.get();
  await log.refresh();
  expect(log.value.get()).toBe(before);
});

test('several lines stand over the same seconds, with gaps where one has none', () => {
  const joined = joinReads([
    { seconds: [1, 2], columns: [[10, 20]] },
    { seconds: [2, 3], columns: [[200, 300]] },
  ]);
  expect(joined).toEqual({
    seconds: [1, 2, 3],
    columns: [
      [10, 20, null],
      [null, 200, 300],
    ],
  });
});

test('a chart in words, and thinned for a table', () => {
  const words = english.watch;
  expect(summaryOf('Left', [9, null, 4, 7, null], String, words)).toBe('Left: 7 now, from 4 to 9.');
  expect(summaryOf('Left', [null], String, words)).toBe('Left: No data yet.');
  expect(spreadOver(100, 12)[0]).toBe(99);
  expect(spreadOver(100, 12).length).toBeLessThanOrEqual(12);
  expect(spreadOver(0, 12)).toEqual([]);
});
