import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchClaim } from '../../../src/shop/live/watch-claim.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { modelOf, orderOf } from '../../_support/fixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a claim whose confirmation got lost is asked about until it is known, and then no more', async () => {
  const store = createStore(modelOf());
  const fetchOrders = vi.fn(async () => {
    if (fetchOrders.mock.calls.length === 3) {
      store.dispatch({ type: 'order', order: orderOf({ status: 'confirmed' }) });
    }
  });
  watchClaim(store, fetchOrders);
  store.dispatch({ type: 'order', order: orderOf() });
  await vi.advanceTimersByTimeAsync(1999);
  expect(fetchOrders).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(fetchOrders).toHaveBeenCalledTimes(3);
});

test('a claim that is confirmed in time is not asked about', async () => {
  const store = createStore(modelOf());
  const fetchOrders = vi.fn(async () => {});
  watchClaim(store, fetchOrders);
  store.dispatch({ type: 'order', order: orderOf() });
  store.dispatch({ type: 'order', order: orderOf({ status: 'confirmed' }) });
  await vi.runAllTimersAsync();
  expect(fetchOrders).not.toHaveBeenCalled();
});
