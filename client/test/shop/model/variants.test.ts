import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';
import { describe, expect, test } from 'vitest';
import { keptChoice } from '../../../src/shop/device/kept-choice.ts';
import { announcementFor, hearableOf } from '../../../src/shop/model/announcements.ts';
import { buyButtonFor } from '../../../src/shop/model/buy-button.ts';
import { deriveState } from '../../../src/shop/model/derive-state.ts';
import { isStockOnlyChange } from '../../../src/shop/model/is-stock-only-change.ts';
import { messageFor } from '../../../src/shop/model/message.ts';
import type { Model } from '../../../src/shop/model/model.ts';
import { reduce } from '../../../src/shop/model/reduce.ts';
import { chosenVariant, lowestPrice } from '../../../src/shop/model/variants.ts';
import { viewOf } from '../../../src/shop/model/view.ts';
import { saleOffer, salePrice } from '../../../src/shop/sale-price.ts';
import { englishFor } from '../../../src/text/language.ts';
import { modelOf, pendingAs, refusedWith, saleOf, withVariants } from '../../_support/fixtures.ts';
import { memoryStorage } from '../../_support/memory-storage.ts';

const english = englishFor(['en']);

function varied(counts?: readonly number[], change: Partial<Model> = {}): Model {
  const remaining = counts === undefined ? 642 : counts.reduce((sum, left) => sum + left);
  return modelOf({ sale: withVariants(saleOf({ remaining, seq: 10 }), counts), ...change });
}

function counted(model: Model, [hall, balcony]: readonly [number, number], seq: number, now = 0): Model {
  const variants = [
    { sku: 'balcony', remaining: balcony },
    { sku: 'hall', remaining: hall },
  ];
  const stock: Stock = { saleId: 'sale-1', remaining: hall + balcony, variants, seq };
  return reduce(model, { type: 'stock', stock, now });
}

const leftOf = (sale: Sale | null) => sale?.variants?.map(({ remaining }) => remaining);
const choose = (model: Model, sku: string) =>
  reduce(model, { type: 'chosen', choice: { saleId: 'sale-1', sku } });
const messageOf = (model: Model, now = 0) => messageFor(viewOf(model, now), english);

describe('counts of variants', () => {
  test('come with the total, by sku, and an older seq is dropped', () => {
    const model = counted(varied(), [400, 230], 11);
    expect(leftOf(model.sale)).toEqual([400, 230]);
    expect(counted(model, [412, 230], 10)).toBe(model);
    expect(leftOf(counted(model, [399, 229], 12).sale)).toEqual([399, 229]);
  });

  test('of a snapshot that a stock event has overtaken stay as they are; its new units count', () => {
    const model = counted(varied(), [300, 200], 20);
    const late = withVariants(saleOf({ remaining: 642, seq: 10, version: 2, quantity: 1100 }));
    const next = reduce(model, { type: 'sale', sale: late, now: 0 });
    expect(next.sale).toMatchObject({ remaining: 500, quantity: 1100 });
    expect(leftOf(next.sale)).toEqual([300, 200]);
  });

  test('freeze with the total', () => {
    const frozen = reduce(varied(), { type: 'updates_frozen', frozen: true, now: 0 });
    const view = viewOf(counted(frozen, [1, 1], 11), 0);
    expect(view.variants?.map(({ remaining }) => remaining)).toEqual([412, 230]);
  });

  test('may be drawn a moment later, unless a variant sells out or comes back', () => {
    const before = varied();
    expect(isStockOnlyChange(before, counted(before, [411, 230], 11))).toBe(true);
    const gone = counted(before, [0, 230], 11);
    expect(isStockOnlyChange(before, gone)).toBe(false);
    expect(isStockOnlyChange(gone, counted(gone, [1, 230], 12))).toBe(false);
  });
});

describe('the choice', () => {
  test('is the shopper’s: with several left, nothing is chosen and nothing can be bought', () => {
    expect(chosenVariant(varied())).toBeUndefined();
    expect(buyButtonFor(varied(), 0)).toEqual({ label: 'choose', enabled: false });
    const chosen = choose(varied(), 'balcony');
    expect(chosenVariant(chosen)?.name).toBe('Balcony');
    expect(buyButtonFor(chosen, 0)).toEqual({ label: 'buy', enabled: true });
  });

  test('is made by itself where one is left, and never instead of one that sold out', () => {
    expect(chosenVariant(varied([0, 5]))?.sku).toBe('balcony');
    const gone = counted(choose(varied(), 'hall'), [0, 5], 11);
    expect(chosenVariant(gone)?.sku).toBe('hall');
    expect(buyButtonFor(gone, 0)).toEqual({ label: 'variant_sold_out', enabled: false });
    expect(deriveState(gone, 0)).toBe('live');
    expect(messageOf(gone)?.title).toBe('Hall is sold out.');
    expect(buyButtonFor(counted(gone, [3, 5], 12), 0)).toEqual({ label: 'buy', enabled: true });
  });

  test('belongs to its sale', () => {
    const other = varied(undefined, { choice: { saleId: 'sale-0', sku: 'hall' } });
    expect(chosenVariant(other)).toBeUndefined();
  });

  test('is read from the device, which may have kept anything', () => {
    const storage = memoryStorage();
    for (const text of ['{', 'null', '{"saleId":1,"sku":"hall"}']) {
      storage.write('flipzon.choice', text);
      expect(keptChoice(storage)).toBeNull();
    }
  });

  test('of a visitor who has not signed in does not hide the sign-in', () => {
    expect(buyButtonFor(varied(undefined, { customer: null }), 0)?.label).toBe('sign_in');
  });
});

describe('a press for a variant that has just sold out', () => {
  const lost = { ...refusedWith('sold_out', { refusedAt: 100 }), variant: 'hall' };
  const choice = { saleId: 'sale-1', sku: 'hall' };

  test('is lost, while the sale goes on', () => {
    const model = varied([0, 5], { attempt: lost, choice });
    expect(deriveState(model, 60_000)).toBe('lost');
    expect(viewOf(model, 60_000).phase).toBe('live');
    expect(buyButtonFor(model, 60_000)?.label).toBe('variant_sold_out');
    expect(messageOf(model, 60_000)?.title).toBe('Hall sold out before your click reached us.');
  });

  test('is over once another one is chosen', () => {
    const model = choose(varied([0, 5], { attempt: lost, choice }), 'balcony');
    expect(deriveState(model, 60_000)).toBe('live');
    expect(buyButtonFor(model, 60_000)).toEqual({ label: 'buy', enabled: true });
  });

  test('is over once units of it are there again', () => {
    const model = counted(varied([0, 5], { attempt: lost, choice }), [2, 5], 11, 60_000);
    expect(model.attempt).toBeNull();
    expect(buyButtonFor(model, 60_000)).toEqual({ label: 'buy', enabled: true });
  });

  test('stays lost when everything is sold', () => {
    expect(deriveState(varied([0, 0], { attempt: lost, choice }), 60_000)).toBe('lost');
    expect(buyButtonFor(varied([0, 0], { attempt: lost, choice }), 60_000)?.label).toBe('sold_out');
  });

  test('a pending press goes on when another one is chosen', () => {
    const pending = { ...pendingAs('claiming'), variant: 'hall' };
    expect(choose(varied(undefined, { attempt: pending, choice }), 'balcony').attempt).toBe(pending);
  });
});

test('the sell-out and the return of the chosen variant are spoken, those of others are not', () => {
  const chosen = choose(varied(), 'hall');
  const gone = counted(chosen, [0, 230], 11);
  const spoken = (before: Model, after: Model) =>
    announcementFor(hearableOf(before, 0), hearableOf(after, 0))?.say;
  expect(spoken(chosen, gone)).toBe('variant_gone');
  expect(spoken(gone, counted(gone, [600, 230], 12))).toBe('buy_again');
  expect(spoken(chosen, counted(chosen, [600, 0], 11))).toBeUndefined();
});

test('the price of a product is its lowest, and says so where prices differ', () => {
  const sale = withVariants(saleOf());
  expect(lowestPrice(sale)).toEqual({ price: { minor: 8990, currency: 'EUR' }, isLowest: true });
  const [first] = sale.variants ?? [];
  expect(lowestPrice({ ...sale, variants: first === undefined ? [] : [first, first] }).isLowest).toBe(false);
  expect(lowestPrice(saleOf())).toEqual({ price: { minor: 99_900, currency: 'USD' }, isLowest: false });
});

test('what a sale offers names a price only where all units have the same', () => {
  const sale = withVariants(saleOf());
  expect([saleOffer(sale, english), salePrice(sale, english)]).toEqual([
    '1,000 units in total',
    'from €89.90',
  ]);
  expect(saleOffer(saleOf(), english)).toBe('1,000 units at $999');
});
