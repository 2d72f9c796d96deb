import { expect, test } from 'vitest';
import { moved } from '../../src/console/parts/moved.ts';
import { productDraftOf, productFaults, wantedOf } from '../../src/console/product/product-draft.ts';

const image = (id: string, alt = 'A bottle') => ({ id, width: 4, height: 3, widths: [4], alt });
const ids = (images: readonly { id: string }[]) => images.map(({ id }) => id).join('');

test('an image moves to its new place, and nowhere beyond the ends', () => {
  const images = ['a', 'b', 'c'].map((id) => image(id));
  expect([moved(images, 0, 1), moved(images, 2, 1), moved(images, 0, 2)].map(ids)).toEqual([
    'bac',
    'acb',
    'bca',
  ]);
  expect([moved(images, 0, -1), moved(images, 2, 3), moved(images, 9, 0)].map(ids)).toEqual([
    'abc',
    'abc',
    'abc',
  ]);
});

test('every image has words, and the description its length', () => {
  expect(productFaults({ description: 'x'.repeat(2_000), images: [image('a')] })).toEqual([]);
  expect(productFaults({ description: 'x'.repeat(2_001), images: [image('a', ' ')] })).toEqual([
    'description',
    'alt',
  ]);
  expect(productFaults({ description: '', images: [image('a', 'x'.repeat(201))] })).toEqual(['alt']);
});

test('what a sale has fills the form, and the shop is given what it needs of it', () => {
  const draft = productDraftOf({
    name: 'Bottle',
    price: 5,
    currency: 'USD',
    priceMinor: 500,
    description: 'Of glass',
    images: [image('a', ' A bottle ')],
  });
  expect(wantedOf(draft)).toEqual({ description: 'Of glass', images: [{ id: 'a', alt: 'A bottle' }] });
  expect(productDraftOf({ name: 'Bottle', price: 5, currency: 'USD', priceMinor: 500 })).toEqual({
    description: '',
    images: [],
  });
});
