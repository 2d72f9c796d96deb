import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBuyRate } from '../../src/limits/buy-rate.ts';
import { RecentMap } from '../../src/shared/recent-map.ts';

test('the newest half is always there, and never more than the whole', () => {
  const max = 10;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }), (keys) => {
      const map = new RecentMap<number, number>(max);
      for (const [at, key] of keys.entries()) {
        map.set(key, at);
        const kept = Array.from({ length: 41 }, (_, key) => key).filter((key) => map.get(key) !== undefined);
        expect(kept.length).toBeLessThanOrEqual(max);
        for (const recent of keys.slice(Math.max(0, at + 1 - max / 2), at + 1))
          expect(map.get(recent)).toBe(keys.lastIndexOf(recent, at));
        expect([...map.values()].toSorted()).toEqual(kept.map((key) => map.get(key)).toSorted());
      }
    }),
  );
});

test('setting what is known drives nothing out', () => {
  const map = new RecentMap<string, number>(4);
  for (const key of ['a', 'b', 'c', 'd']) map.set(key, 0);
  for (let i = 0; i < 10; i++) map.set('d', i);
  expect([...map.values()]).toEqual([0, 0, 0, 9]);
});

test('a node counts the buys of its customers in windows, as a list of all windows would', () => {
  const rate = { points: 2, perMs: 100 };
  const step = fc.record({
    customer: fc.constantFrom('a', 'b', 'c'),
    passedMs: fc.integer({ min: 0, max: 120 }),
    refusedForMs: fc.option(fc.integer({ min: 1, max: rate.perMs })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = 0;
      const buyRate = createBuyRate(rate, () => now);
      const windows = new Map<string, { endsAt: number; buys: number }>();
      for (const { customer, passedMs, refusedForMs } of steps) {
        now += passedMs;
        const known = windows.get(customer);
        const open = known !== undefined && known.endsAt > now ? known : null;
        expect(buyRate.waitMs(customer)).toBe(
          open !== null && open.buys > rate.points ? open.endsAt - now : 0,
        );
        if (refusedForMs !== null) {
          buyRate.refuse(customer, refusedForMs);
          windows.set(customer, { endsAt: now + refusedForMs, buys: rate.points + 1 });
          continue;
        }
        const window = open ?? { endsAt: now + rate.perMs, buys: 0 };
        window.buys++;
        windows.set(customer, window);
        expect(buyRate.takeLocally(customer)).toBe(window.buys > rate.points ? window.endsAt - now : 0);
      }
    }),
  );
});
