import { expect, test } from 'vitest';
import { hasRangeFor, offerOf, parseStock, rangesMax, restocked, unitsOf } from '../../src/sale/variant.ts';
import { usd } from '../_support/usd.ts';

const wanted = [
  { sku: 'S', name: 'Small', quantity: 3 },
  { sku: 'L', name: 'Large', quantity: 2, price: 1099.5 },
];

function stockOf(given: Parameters<typeof parseStock>[0]) {
  const stock = parseStock(given, usd(999));
  if (!stock.ok) throw new Error(stock.message);
  return { ...stock, variants: stock.variants ?? [] };
}

test('each variant has the next units, and the price of the sale unless it has its own', () => {
  const { quantity, variants } = stockOf({ variants: wanted });
  expect(quantity).toBe(5);
  expect(variants).toEqual([
    { sku: 'S', name: 'Small', price: usd(999), ranges: [{ from: 1, to: 3 }] },
    { sku: 'L', name: 'Large', price: { minor: 109_950, currency: 'USD' }, ranges: [{ from: 4, to: 5 }] },
  ]);
});

test('a restock gives a variant the units after the last one, and never moves another unit', () => {
  let { variants } = stockOf({ variants: wanted });
  variants = restocked(variants, 'S', 2);
  variants = restocked(variants, 'S', 1);
  variants = restocked(variants, 'L', 4);
  expect(variants.map(({ ranges }) => ranges)).toEqual([
    [
      { from: 1, to: 3 },
      { from: 6, to: 8 },
    ],
    [
      { from: 4, to: 5 },
      { from: 9, to: 12 },
    ],
  ]);
  expect(variants.map(unitsOf)).toEqual([6, 6]);
  const sale = { product: { price: usd(999) }, terms: { quantity: 12, variants } };
  const skus = Array.from({ length: 13 }, (_, index) => offerOf(sale, index + 1)?.variant);
  expect(skus).toEqual([...'SSSLLSSSLLLL', undefined]);
  expect(offerOf(sale, 4)?.price.minor).toBe(109_950);
});

test('restocks in turn add only so many ranges; then only the variant with the last units gets more', () => {
  let { variants } = stockOf({ variants: wanted });
  let restocks = 0;
  for (let sku = 'S'; hasRangeFor(variants, sku); sku = sku === 'S' ? 'L' : 'S') {
    variants = restocked(variants, sku, 1);
    restocks++;
  }
  expect(restocks).toBe(rangesMax - wanted.length);
  expect(variants.flatMap(({ ranges }) => ranges)).toHaveLength(rangesMax);
  const newest = variants.toSorted((a, b) => (b.ranges.at(-1)?.to ?? 0) - (a.ranges.at(-1)?.to ?? 0));
  expect(newest.map(({ sku }) => hasRangeFor(variants, sku))).toEqual([true, false]);
  expect(restocked(variants, newest[0]?.sku ?? '', 5).flatMap(({ ranges }) => ranges)).toHaveLength(
    rangesMax,
  );
});

test('without variants every unit costs the same, and a unit beyond the quantity is none', () => {
  const sale = { product: { price: usd(999) }, terms: { quantity: 2 } };
  expect([1, 2, 3].map((unit) => offerOf(sale, unit))).toEqual([
    { price: usd(999) },
    { price: usd(999) },
    null,
  ]);
});

test.each([
  ['a quantity that contradicts the variants', { quantity: 6, variants: wanted }, 'invalid_request'],
  [
    'more units than a sale may have',
    { variants: wanted.map((each) => ({ ...each, quantity: 9_999_999 })) },
    'invalid_request',
  ],
  [
    'a price with too many decimals',
    { variants: wanted.map((each) => ({ ...each, price: 1.005 })) },
    'invalid_price',
  ],
] as const)('%s is refused', (_what, given, code) => {
  expect(parseStock(given, usd(999))).toMatchObject({ ok: false, code });
});
