import type { Stock } from '@flipzon/protocol/schemas.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StockBroadcaster, tickMs } from '../../src/gateway/stock-broadcaster.ts';

/** Time is the test's own here: what is held is arithmetic, not speed. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stock = (remaining: number): Stock => ({ saleId: 's', remaining, seq: 1_000 - remaining });

function open({ tookMs = 0, missed = false } = {}) {
  let nowMs = 0;
  const sent: { remaining: number; to: string }[] = [];
  const broadcaster = new StockBroadcaster(
    ({ remaining }, to) => {
      sent.push({ remaining, to });
      nowMs += tookMs;
      return missed && to === 'all';
    },
    () => nowMs,
  );
  return { broadcaster, sent };
}

it('sends the first of a rush at once, then the newest of each tick', () => {
  const { broadcaster, sent } = open();
  for (let remaining = 100; remaining > 90; remaining--) broadcaster.update(stock(remaining));
  expect(sent).toEqual([{ remaining: 100, to: 'all' }]);
  vi.advanceTimersByTime(tickMs);
  expect(sent.at(-1)).toEqual({ remaining: 91, to: 'all' });
});

it('sends the last count of a rush again, reliably, if a socket missed it, and only then', () => {
  const heard = open();
  heard.broadcaster.update(stock(5));
  vi.advanceTimersByTime(10 * tickMs);
  expect(heard.sent).toEqual([{ remaining: 5, to: 'all' }]);
  const missed = open({ missed: true });
  missed.broadcaster.update(stock(5));
  vi.advanceTimersByTime(10 * tickMs);
  expect(missed.sent).toEqual([
    { remaining: 5, to: 'all' },
    { remaining: 5, to: 'missed' },
  ]);
});

it('sends sold out reliably, at once also to sockets that missed it', () => {
  const { broadcaster, sent } = open({ missed: true });
  broadcaster.update(stock(0));
  expect(sent).toEqual([
    { remaining: 0, to: 'all' },
    { remaining: 0, to: 'missed' },
  ]);
  vi.advanceTimersByTime(10 * tickMs);
  expect(sent).toHaveLength(2);
});

it.each([
  { tookMs: 2, periodMs: 50 },
  { tookMs: 8, periodMs: 80 },
  { tookMs: 20, periodMs: 100 },
  { tookMs: 200, periodMs: 400 },
])('sends to all every $periodMs ms if that takes $tookMs ms', ({ tookMs, periodMs }) => {
  const { broadcaster, sent } = open({ tookMs });
  broadcaster.update(stock(10));
  broadcaster.update(stock(9));
  vi.advanceTimersByTime(periodMs - tookMs - 1);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sent).toHaveLength(2);
});
