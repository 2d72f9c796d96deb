import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchProduct } from '../../../src/shop/live/watch-product.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { modelOf, saleOf } from '../../_support/fixtures.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const slim = { name: 'Bottle', price: 5, currency: 'USD', priceMinor: 500, edition: 2 };
const full = { ...slim, description: 'Of glass' };

test('details that an event left out are asked for until they are there, and never again', async () => {
  const store = createStore(modelOf({ sale: saleOf() }));
  let asked = 0;
  watchProduct(store, async () => {
    asked += 1;
    if (asked === 1) return false;
    store.dispatch({ type: 'sale', sale: saleOf({ product: full, version: 2 }), now: 2 });
    return true;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(0);
  store.dispatch({ type: 'sale', sale: saleOf({ product: slim, version: 2 }), now: 1 });
  expect(asked).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(2);
  expect(store.get().sale?.product.description).toBe('Of glass');
});
