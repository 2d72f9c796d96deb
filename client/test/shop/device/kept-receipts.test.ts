import { expect, it } from 'vitest';
import { keepReceipt, receiptsOf } from '../../../src/shop/device/kept-receipts.ts';
import { memoryStorage } from '../../_support/memory-storage.ts';

it('keeps each receipt once, newest first, for its customer alone', () => {
  const storage = memoryStorage();
  for (const receipt of ['a', 'b', 'a']) keepReceipt(storage, { saleId: 's', customerId: 'ann', receipt });
  keepReceipt(storage, { saleId: 's', customerId: 'bob', receipt: 'c' });
  expect(receiptsOf(storage, 'ann')).toEqual(['a', 'b']);
  expect(receiptsOf(storage, 'bob')).toEqual(['c']);
});

it('keeps ten at most', () => {
  const storage = memoryStorage();
  for (let i = 0; i < 15; i++) keepReceipt(storage, { saleId: 's', customerId: 'ann', receipt: `r${i}` });
  expect(receiptsOf(storage, 'ann')).toEqual([
    'r14',
    'r13',
    'r12',
    'r11',
    'r10',
    'r9',
    'r8',
    'r7',
    'r6',
    'r5',
  ]);
});

it('takes nonsense in the storage for nothing', () => {
  const storage = memoryStorage();
  for (const text of ['{', '{}', '[null, 1, {"receipt":"x"}]']) {
    storage.write('flipzon.receipts', text);
    expect(receiptsOf(storage, 'ann')).toEqual([]);
  }
});
