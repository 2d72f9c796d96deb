import type { Sale } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { type Announcement, announcementFor, hearableOf } from '../../../src/shop/model/announcements.ts';
import type { Model } from '../../../src/shop/model/model.ts';
import { reduce } from '../../../src/shop/model/reduce.ts';
import { iso, modelOf, orderOf, saleOf } from '../../_support/fixtures.ts';

function listen(moments: { model: Model; now: number }[]): Announcement[] {
  const heard = moments.map(({ model, now }) => hearableOf(model, now));
  return heard.slice(1).flatMap((after, index) => {
    const before = heard[index];
    return (before && announcementFor(before, after)) ?? [];
  });
}

test('a countdown of twenty minutes is spoken four times and at the opening', () => {
  const model = modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(1_200_000) }) });
  const moments = Array.from({ length: 1205 }, (_, second) => ({ model, now: second * 1000 }));
  expect(listen(moments)).toEqual([
    { assertive: false, say: 'opens_in', mark: 600 },
    { assertive: false, say: 'opens_in', mark: 300 },
    { assertive: false, say: 'opens_in', mark: 60 },
    { assertive: false, say: 'opens_in', mark: 10 },
    { assertive: true, say: 'open' },
  ]);
});

test('the end of a sale is spoken five minutes and one minute before it, and when it comes', () => {
  const model = modelOf({ sale: saleOf({ endsAt: iso(700_000) }) });
  const moments = Array.from({ length: 705 }, (_, second) => ({ model, now: second * 1000 }));
  expect(listen(moments)).toEqual([
    { assertive: false, say: 'ends_in', mark: 300 },
    { assertive: false, say: 'ends_in', mark: 60 },
    { assertive: true, say: 'state' },
  ]);
});

test('a countdown that is moved over a mark, or slept through one, is not spoken of by that mark', () => {
  const opensIn = (seconds: number) => ({
    model: modelOf({ sale: saleOf({ status: 'scheduled', startsAt: iso(seconds * 1000) }) }),
    now: 0,
  });
  expect(listen([opensIn(900), opensIn(30)])).toEqual([]);
  expect(listen([opensIn(601), opensIn(597)])).toMatchObject([{ mark: 600 }]);
});

test('a thousand units are spoken at 50, 25 and 10 percent, and when they are gone', () => {
  let model = modelOf();
  const moments = [{ model, now: 0 }];
  for (let seq = 1; seq <= 1000; seq += 1) {
    const stock = { saleId: 'sale-1', remaining: 1000 - seq, seq };
    model = reduce(model, { type: 'stock', stock, now: seq });
    moments.push({ model, now: seq });
  }
  expect(listen(moments)).toEqual([
    { assertive: false, say: 'stock', mark: 50 },
    { assertive: false, say: 'stock', mark: 25 },
    { assertive: false, say: 'stock', mark: 10 },
    { assertive: false, say: 'state' },
  ]);
});

test('a break is spoken once, and its end', () => {
  const broken = modelOf({ disconnectedAt: 0 });
  const moments = [
    { model: modelOf(), now: 0 },
    ...[1000, 2000, 3000].map((now) => ({ model: broken, now })),
    { model: modelOf(), now: 4000 },
  ];
  expect(listen(moments)).toEqual([
    { assertive: false, say: 'state' },
    { assertive: false, say: 'connected_again' },
  ]);
});

test('the state at the opening of the page is on the page, not announced', () => {
  expect(
    listen([
      { model: modelOf({ sale: null }), now: 0 },
      { model: modelOf(), now: 1 },
    ]),
  ).toEqual([]);
});

test('an outage is spoken once, in any phase, and that buying goes on, where it does', () => {
  const waiting = saleOf({ status: 'scheduled', startsAt: iso(60_500) });
  const till = { assertive: false, say: 'till_checked' } as const;
  const out = (sale: Sale) => modelOf({ sale: { ...sale, available: false } });
  expect(
    listen([
      { model: modelOf({ sale: waiting }), now: 0 },
      { model: out(waiting), now: 100 },
      { model: out(waiting), now: 200 },
    ]),
  ).toEqual([till]);
  expect(
    listen([
      { model: modelOf(), now: 0 },
      { model: out(saleOf()), now: 1000 },
      { model: out(saleOf()), now: 2000 },
      { model: modelOf(), now: 3000 },
    ]),
  ).toEqual([
    { assertive: false, say: 'state' },
    { assertive: false, say: 'buy_again' },
  ]);
});

test('an order that the operator cancels is said at once', () => {
  expect(
    listen([
      { model: modelOf({ orders: [orderOf({ status: 'confirmed' })] }), now: 0 },
      { model: modelOf({ orders: [orderOf({ status: 'cancelled' })] }), now: 1000 },
    ]),
  ).toEqual([{ assertive: true, say: 'state' }]);
});
