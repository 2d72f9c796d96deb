import { expect, test } from 'vitest';
import { createStockReader, isStockFrame } from '../../../crowd/customers/stock-reader.ts';

test('reads each new count, and hands the same one to all who got the same text', () => {
  const read = createStockReader();
  const first = read('42["stock",{"saleId":"s","remaining":9,"seq":1}]');
  expect(first).toEqual({ saleId: 's', remaining: 9, seq: 1 });
  expect(read('42["stock",{"saleId":"s","remaining":9,"seq":1}]')).toBe(first);
  expect(read('42["stock",{"saleId":"s","remaining":8,"seq":2}]')).toEqual({
    saleId: 's',
    remaining: 8,
    seq: 2,
  });
});

test.each([
  '42["stock",{"saleId":"s","remaining":"9","seq":1}]',
  '42["stock",{"saleId":"s"}]',
  '42["stock",nonsense]',
])('a count that is not of the contract is none: %s', (text) => {
  expect(createStockReader()(text)).toBeNull();
});

test('recognizes stock frames without parsing', () => {
  expect(isStockFrame('42["stock",{}]')).toBe(true);
  expect(isStockFrame('42["sale",{}]')).toBe(false);
  expect(isStockFrame('2')).toBe(false);
});
