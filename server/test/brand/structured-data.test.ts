import type { Sale } from '@flipzon/protocol/schemas.ts';
import { describe, expect, it } from 'vitest';
import { drawShapes, mark } from '../../src/brand/draw-shapes.ts';
import { structuredData } from '../../src/brand/structured-data.ts';
import { dataBlock, escaped } from '../../src/shared/escape.ts';

const saleOf = (change: Partial<Sale> = {}) =>
  ({
    product: { name: 'Teapot', price: 1299.9, currency: 'EUR', priceMinor: 129_990 },
    status: 'live',
    remaining: 5,
    startsAt: '2026-12-06T18:30:00.000Z',
    endsAt: null,
    ...change,
  }) as Sale;
const offerOf = (change: Partial<Sale> = {}) =>
  (
    structuredData({ sale: saleOf(change), url: 'https://s.example/', shop: 'Nord', images: [] }) as {
      offers: Record<string, unknown>;
    }
  ).offers;

describe('the offer for search engines', () => {
  it.each([
    ['scheduled', 5, 'PreOrder'],
    ['live', 5, 'InStock'],
    ['live', 0, 'SoldOut'],
    ['sold_out', 0, 'SoldOut'],
    ['paused', 5, 'OutOfStock'],
    ['ended', 5, 'OutOfStock'],
  ] as const)('of a sale that is %s with %d units left is %s', (status, remaining, availability) => {
    expect(offerOf({ status, remaining }).availability).toBe(`https://schema.org/${availability}`);
  });

  it('has the exact price, its currency, and from when to when it is valid', () => {
    expect(offerOf()).toMatchObject({
      price: '1299.90',
      priceCurrency: 'EUR',
      validFrom: '2026-12-06T18:30:00.000Z',
      seller: { name: 'Nord' },
    });
    expect(offerOf()).not.toHaveProperty('priceValidUntil');
    expect(offerOf({ endsAt: '2026-12-07T18:30:00.000Z' }).priceValidUntil).toBe('2026-12-07T18:30:00.000Z');
    // It was called off before it opened.
    expect(offerOf({ endsAt: '2026-12-05T18:30:00.000Z' })).not.toHaveProperty('priceValidUntil');
  });

  it('of a product with variants is one for each, with its own price and availability, and the range of prices', () => {
    const variant = (sku: string, priceMinor: number, remaining: number) => ({
      ...{ sku, name: `Size ${sku}`, quantity: 9, priceMinor, price: priceMinor / 100, currency: 'EUR' },
      remaining,
    });
    const variants = [variant('L', 129_990, 0), variant('S', 99_000, 3)];
    expect(offerOf({ variants })).toMatchObject({
      ...{ '@type': 'AggregateOffer', priceCurrency: 'EUR', offerCount: 2 },
      ...{ lowPrice: '990', highPrice: '1299.90' },
      offers: [
        {
          ...{ '@type': 'Offer', sku: 'L', name: 'Size L', price: '1299.90', priceCurrency: 'EUR' },
          ...{ availability: 'https://schema.org/SoldOut', validFrom: '2026-12-06T18:30:00.000Z' },
        },
        { sku: 'S', name: 'Size S', price: '990', availability: 'https://schema.org/InStock' },
      ],
    });
    const ahead = offerOf({ variants, status: 'scheduled' }).offers as { availability: string }[];
    expect(ahead.map(({ availability }) => availability)).toEqual(
      Array(2).fill('https://schema.org/PreOrder'),
    );
  });

  it('cannot end the element that it stands in, whatever the product is called', () => {
    const name = '</script><script>alert(1)</script><!--';
    const sale = saleOf({ product: { name, price: 1, currency: 'EUR', priceMinor: 100 } });
    const block = dataBlock(structuredData({ sale, url: '', shop: name, images: [] }));
    expect(block).not.toContain('<');
    expect(JSON.parse(block).name).toBe(name);
    expect(escaped(`"${name}'&`)).not.toMatch(/[<>"']|&(?!\w+;|#39;)/);
  });
});

it('draws the built-in mark in its colours', () => {
  const { data, width, height } = drawShapes(mark('#0b5fa5', '#ffffff'), 2);
  expect([width, height, data.length]).toEqual([64, 64, 64 * 64 * 4]);
  const at = (x: number, y: number) => data.readUInt32BE((y * width + x) * 4);
  expect(at(0, 0)).toBe(0x0b5fa5ff);
  expect(at(32, 32)).toBe(0xffffffff);
});
