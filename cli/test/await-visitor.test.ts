import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitVisitor, visitorAwaitedMsMax } from '../src/shop/await-visitor.ts';

// Its timers are the test's as well.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
}));
const opensInMs = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/**
 * When the sale opens in the end, and when the wait for a visitor was over, in ms from now, and how often the opening was put off; `comesAtMs`: when a
 * visitor comes.
 */
async function waitFor(comesAtMs: number): Promise<{ opensAt: number; overAt: number; putOffs: number }> {
  const now = Date.now();
  let opensAt = now + opensInMs;
  let putOffs = 0;
  let overAt = Number.NaN;
  void awaitVisitor({
    opensAt,
    stopping: new AbortController().signal,
    firstVisitor: (isOver) =>
      new Promise((resolve) => {
        if (Number.isFinite(comesAtMs)) setTimeout(resolve, comesAtMs);
        isOver.addEventListener('abort', () => resolve());
      }),
    putOff: async () => {
      expect(Date.now()).toBeLessThan(opensAt);
      putOffs++;
      opensAt = Date.now() + opensInMs;
      return opensAt;
    },
  }).then(() => {
    overAt = Date.now();
  });
  await vi.advanceTimersByTimeAsync(10 * visitorAwaitedMsMax);
  return { opensAt: opensAt - now, overAt: overAt - now, putOffs };
}

test('a demo whose page is open at once opens at its time', async () => {
  expect(await waitFor(1_000)).toEqual({ opensAt: opensInMs, overAt: 1_000, putOffs: 0 });
});

test('a demo without a visitor is put off, and opens soon after the first one has come', async () => {
  const { opensAt, overAt, putOffs } = await waitFor(200_000);
  expect(overAt).toBe(200_000);
  // Each time shortly before the opening, and not all the time.
  expect(putOffs).toBeLessThanOrEqual(200_000 / (opensInMs / 2));
  expect(opensAt - overAt).toBeGreaterThan(10_000);
  expect(opensAt - overAt).toBeLessThanOrEqual(opensInMs);
});

test('a demo that never gets a visitor opens all the same, after ten minutes', async () => {
  const { opensAt, overAt } = await waitFor(Number.POSITIVE_INFINITY);
  expect(overAt).toBe(visitorAwaitedMsMax);
  expect(opensAt).toBeGreaterThan(visitorAwaitedMsMax);
  expect(opensAt).toBeLessThanOrEqual(visitorAwaitedMsMax + opensInMs);
});
