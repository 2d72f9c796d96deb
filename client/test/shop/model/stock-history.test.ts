import { describe, expect, test, vi } from 'vitest';
import { watchStock } from '../../../src/shop/live/stock-watch.ts';
import { changesMax, claimsASecond, StockChanges } from '../../../src/shop/model/stock-changes.ts';
import { pointsMax, StockHistory } from '../../../src/shop/model/stock-history.ts';
import { createStore } from '../../../src/shop/model/store.ts';
import { curvePath } from '../../../src/ui/curve-path.ts';
import { epochMs, iso, modelOf, saleOf } from '../../_support/fixtures.ts';

const dayMs = 86_400_000;

describe('the count over time', () => {
  test('stays bounded over a day of twenty counts a second, and keeps its beginning, its end and its shape', () => {
    const history = new StockHistory();
    const stepMs = 50;
    const total = dayMs / stepMs;
    for (let step = 0; step <= total; step += 1) {
      history.add({ serverMs: step * stepMs, remaining: total - step });
      if (history.points.length > pointsMax) {
        expect.fail(`${history.points.length} points after ${step} counts`);
      }
    }
    const { points } = history;
    expect(points[0]).toEqual({ serverMs: 0, remaining: total });
    expect(points.at(-1)).toEqual({ serverMs: dayMs, remaining: 0 });
    expect(points.length).toBeGreaterThan(pointsMax / 3);
    for (const [index, point] of points.slice(1).entries()) {
      // What is kept was really seen, and in order.
      expect(point.remaining).toBe(total - point.serverMs / stepMs);
      expect(point.serverMs).toBeGreaterThan(points[index]?.serverMs ?? 0);
    }
  });
});

describe('units gone', () => {
  test('are counted by the second, and what comes back is not taken from them', () => {
    const changes = new StockChanges();
    changes.add(1000, -3);
    changes.add(1999, -2);
    changes.add(2000, 4);
    changes.add(2500, 0);
    changes.add(2999, -1);
    expect(changes.all).toEqual([
      { secondMs: 1000, gone: 5 },
      { secondMs: 2000, gone: 1 },
    ]);
  });

  test('are kept for the last seconds only, however long the page is open', () => {
    const changes = new StockChanges();
    for (let second = 0; second < 86_400; second += 1) {
      changes.add(second * 1000, -1);
    }
    expect(changes.all).toHaveLength(changesMax);
    expect(changes.all.at(-1)?.secondMs).toBe(86_399_000);
  });

  test('give a pace over whole seconds, which falls to nothing when nothing goes', () => {
    const changes = new StockChanges();
    for (let second = 0; second < 10; second += 1) {
      changes.add(second * 1000, -20);
    }
    expect(claimsASecond(changes.all, 10_000)).toBe(20);
    expect(claimsASecond(changes.all, 10_999)).toBe(20);
    expect(claimsASecond(changes.all, 12_500)).toBe(12);
    expect(claimsASecond(changes.all, 15_000)).toBe(0);
  });
});

describe('what a page has seen of the stock', () => {
  function pageAt(sale = saleOf()) {
    let now = 0;
    const store = createStore(modelOf({ sale: null, freshAt: null }));
    const watch = watchStock(store, () => now);
    store.dispatch({ type: 'sale', sale, now });
    return {
      store,
      /** Once the watch has told of the newest count. */
      async seen() {
        await vi.waitFor(
          () => expect(watch.get().points.at(-1)?.remaining).toBe(store.get().sale?.remaining),
          { timeout: 20_000 },
        );
        return watch.get();
      },
      stock(remaining: number, seq: number, at: number) {
        now = at;
        store.dispatch({ type: 'stock', stock: { saleId: 'sale-1', remaining, seq }, now });
      },
      sale(change: Parameters<typeof saleOf>[0], at: number) {
        now = at;
        store.dispatch({ type: 'sale', sale: saleOf({ serverTime: iso(at), ...change }), now });
      },
    };
  }

  test('consists of the received counts, from the first on', async () => {
    const page = pageAt(saleOf({ remaining: 900, seq: 100 }));
    page.stock(897, 103, 1000);
    page.stock(890, 110, 2000);
    const { points, changes } = await page.seen();
    expect(points).toEqual([
      { serverMs: epochMs, remaining: 900 },
      { serverMs: epochMs + 1000, remaining: 897 },
      { serverMs: epochMs + 2000, remaining: 890 },
    ]);
    expect(changes.map(({ gone }) => gone)).toEqual([3, 7]);
  });

  test('counts units that were sold during a break, but no pace, since it does not know when', async () => {
    const page = pageAt();
    page.stock(990, 10, 1000);
    page.store.dispatch({ type: 'disconnected', silent: false, now: 2000 });
    page.store.dispatch({ type: 'connected', now: 30_000 });
    page.sale({ remaining: 500, seq: 500 }, 30_001);
    page.stock(498, 502, 31_000);
    const { points, changes } = await page.seen();
    expect(points.map(({ remaining }) => remaining)).toEqual([1000, 990, 500, 498]);
    expect(changes.map(({ gone }) => gone)).toEqual([10, 2]);
  });

  test('begins with the opening if the page waited for it, and again with another sale', async () => {
    const page = pageAt(saleOf({ status: 'scheduled', startsAt: iso(5000) }));
    page.stock(993, 7, 5400);
    const { points } = await page.seen();
    expect(points).toEqual([
      { serverMs: epochMs + 5000, remaining: 1000 },
      { serverMs: epochMs + 5400, remaining: 993 },
    ]);
  });
});

describe('the curve', () => {
  const frame = { fromMs: 0, toMs: 100, most: 10, width: 100, height: 10 };

  test('is made of steps, and goes on level up to now', () => {
    const points = [
      { serverMs: 0, remaining: 10 },
      { serverMs: 50, remaining: 4 },
    ];
    expect(curvePath(points, frame)).toEqual({ line: 'M0 0H50V6H100', area: 'M0 0H50V6H100V10H0Z', endY: 6 });
  });

  test('is nothing where nothing was seen', () => {
    expect(curvePath([], frame).line).toBe('');
    expect(curvePath([{ serverMs: 0, remaining: 1 }], { ...frame, toMs: 0 }).line).toBe('');
  });
});
