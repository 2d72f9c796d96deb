import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askWithoutSocket } from '../../../src/shop/live/by-requests.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { modelOf } from '../../_support/fixtures.ts';

/** A page whose status requests are answered or not, as the test says; the moments at which it asked. */
function pageWith(answered: () => boolean) {
  const store = createStore(modelOf());
  const asked: number[] = [];
  const orders: boolean[] = [];
  askWithoutSocket({
    store,
    isConnected: () => store.get().disconnectedAt === null,
    askStatus: async () => {
      asked.push(Date.now());
      return answered();
    },
    askOrders: async (first) => orders.push(first),
    onAnswer: () => {},
  });
  const lose = () => store.dispatch({ type: 'disconnected', silent: false, now: 0 });
  const connect = () => store.dispatch({ type: 'connected', now: 0 });
  return { asked, orders, lose, connect };
}

const apart = (moments: readonly number[]) => moments.slice(1).map((at, index) => at - (moments[index] ?? 0));

describe('a page without a socket', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => {} });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('asks every few seconds, and for its orders with every fifth answer, until there is one', async () => {
    const page = pageWith(() => true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.asked).toEqual([]);
    page.lose();
    await vi.advanceTimersByTimeAsync(2_900);
    expect(page.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.asked.length).toBeGreaterThan(12);
    expect(Math.max(...apart(page.asked))).toBeLessThanOrEqual(3750);
    expect(page.orders[0]).toBe(true);
    expect(page.orders.length).toBe(Math.ceil(page.asked.length / 5));
    page.connect();
    const { length } = page.asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.asked.length).toBe(length);
  });

  test('that gets no answer asks at growing intervals, but at least every 45 seconds', async () => {
    const page = pageWith(() => false);
    page.lose();
    await vi.advanceTimersByTimeAsync(600_000);
    const waits = apart(page.asked);
    expect(Math.max(...waits)).toBeLessThanOrEqual(45_000);
    expect(page.asked.length).toBeLessThan(45);
    expect(page.orders).toEqual([]);
  });

  test('that gets one and loses it again asks in one sequence, not in two', async () => {
    const page = pageWith(() => true);
    for (let loss = 0; loss < 5; loss += 1) {
      page.lose();
      await vi.advanceTimersByTimeAsync(10_000);
      page.connect();
    }
    page.lose();
    await vi.advanceTimersByTimeAsync(9_000);
    const { length } = page.asked;
    await vi.advanceTimersByTimeAsync(12_500);
    expect(page.asked.length - length).toBeLessThanOrEqual(10);
  });
});
