import { expect, test } from 'vitest';
import { applySale } from '../../../src/shop/model/apply-sale.ts';
import { lacksDetails } from '../../../src/shop/model/product-details.ts';
import { modelOf, saleOf } from '../../_support/fixtures.ts';

const image = { id: 'a'.repeat(32), width: 400, height: 300, widths: [320, 400], alt: 'A bottle' };
const slim = { name: 'Bottle', price: 5, currency: 'USD', priceMinor: 500, edition: 2 };
const full = { ...slim, description: 'Of glass', images: [image] };

test('an event without the details keeps those of the same edition, the very same ones', () => {
  const before = modelOf({ sale: saleOf({ product: full }) });
  const after = applySale(before, saleOf({ product: { ...slim, name: 'Bottles' }, version: 2 }), 1);
  expect(after.sale?.product).toEqual({ ...full, name: 'Bottles' });
  expect(after.sale?.product.images).toBe(full.images);
});

test('a poll with the details keeps those that are drawn', () => {
  const before = modelOf({ sale: saleOf({ product: full }) });
  const polled = { ...full, images: [{ ...image }] };
  expect(applySale(before, saleOf({ product: polled, version: 2 }), 1).sale?.product.images).toBe(
    full.images,
  );
});

test('details of another edition, another sale or of none are not kept', () => {
  const before = modelOf({ sale: saleOf({ product: full }) });
  const lackingAfter = (change: Parameters<typeof saleOf>[0]) => {
    const { sale } = applySale(before, saleOf({ version: 2, ...change }), 1);
    return sale !== null && lacksDetails(sale.product);
  };
  expect(lackingAfter({ product: { ...slim, edition: 3 } })).toBe(true);
  expect(lackingAfter({ id: 'sale-2', number: 2, product: slim })).toBe(true);
  expect(lackingAfter({ product: { name: 'Bottle', price: 5, currency: 'USD', priceMinor: 500 } })).toBe(
    false,
  );
  expect(lackingAfter({ product: slim })).toBe(false);
});
