import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicker } from '../../../src/shop/live/ticker.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { epochMs, iso, modelOf, orderOf, saleOf } from '../../_support/fixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(epochMs);
  vi.stubGlobal('document', new EventTarget());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function pageOf(model = modelOf()) {
  const clock = () => Date.now() - epochMs;
  const store = createStore(model);
  const ticker = createTicker(store, clock);
  const shown: number[] = [];
  ticker.subscribe(() => shown.push(ticker.get().remaining));
  shown.length = 0;
  const stock = (remaining: number, seq: number) =>
    store.dispatch({ type: 'stock', stock: { saleId: 'sale-1', remaining, seq }, now: clock() });
  return { store, ticker, shown, stock };
}

test('twenty counts a second are drawn four times, and the last of them is', () => {
  const { ticker, shown, stock } = pageOf();
  for (let seq = 1; seq <= 100; seq += 1) {
    stock(1000 - seq, seq);
    vi.advanceTimersByTime(50);
  }
  vi.advanceTimersByTime(250);
  expect(shown.length).toBeGreaterThanOrEqual(19);
  expect(shown.length).toBeLessThanOrEqual(27);
  expect(ticker.get().remaining).toBe(900);
});

test('the last unit is seen going at once, and so is an order', () => {
  const { store, ticker, stock } = pageOf();
  stock(2, 998);
  stock(1, 999);
  expect(ticker.get().remaining).toBe(1000);
  stock(0, 1000);
  expect(ticker.get()).toMatchObject({ remaining: 0, state: 'sold_out' });
  store.dispatch({ type: 'order', order: orderOf() });
  expect(ticker.get().state).toBe('claimed');
});

test('counts before the opening do not keep it from coming in its millisecond', () => {
  const { ticker, stock } = pageOf(modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(130) }) }));
  vi.advanceTimersByTime(100);
  stock(1001, 1);
  vi.advanceTimersByTime(29);
  expect(ticker.get().state).toBe('countdown');
  vi.advanceTimersByTime(1);
  expect(ticker.get().state).toBe('live');
});
