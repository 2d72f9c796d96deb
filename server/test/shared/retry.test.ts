import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { backoffMs, pause, retry } from '../../src/shared/retry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const backoff = { msMin: 100, msMax: 500 };

it('doubles the pause with each failure, up to its maximum', () => {
  expect([0, 1, 2, 3, 4, 2_000].map((failures) => backoffMs(backoff, failures))).toEqual([
    100, 200, 400, 500, 500, 500,
  ]);
});

it('repeats what fails, ever later, until it succeeds', async () => {
  const startedAt = Date.now();
  const at: number[] = [];
  const onError = vi.fn();
  const work = async () => {
    at.push(Date.now() - startedAt);
    if (at.length < 4) throw new Error(`failure ${at.length}`);
    return 'done';
  };
  const outcome = retry(work, { backoff, signal: new AbortController().signal, onError });
  await vi.runAllTimersAsync();
  expect(await outcome).toBe('done');
  expect(at).toEqual([0, 100, 300, 700]);
  expect(onError).toHaveBeenCalledTimes(3);
});

it('ends a pause at once when it is stopped, and gives up at the next failure', async () => {
  const stopping = new AbortController();
  const work = vi.fn().mockRejectedValue(new Error('down'));
  const outcome = retry(work, { backoff, signal: stopping.signal, onError: () => undefined });
  await vi.advanceTimersByTimeAsync(50);
  stopping.abort();
  expect(await outcome).toBeUndefined();
  expect(work).toHaveBeenCalledTimes(2);
  await pause(1_000, stopping.signal);
  expect(vi.getTimerCount()).toBe(0);
});
