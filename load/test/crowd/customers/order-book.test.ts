import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { OrderBook } from '../../../crowd/customers/order-book.ts';

const claimed = { id: 's:c:1', saleId: 's', customerId: 'c', unit: 1, status: 'claimed' } as Order;
const confirmed = { ...claimed, status: 'confirmed' } as Order;

test('a claimed that comes after its confirmed changes nothing', () => {
  const book = new OrderBook();
  book.note(confirmed);
  book.note(claimed);
  expect(book.ofSale('s')).toEqual([confirmed]);
});

test('a waiting shopper learns of the confirmation, and of a revocation as well', async () => {
  const book = new OrderBook();
  book.note(claimed);
  const settled = book.settled(claimed.id, 10_000);
  book.note({ ...claimed, status: 'revoked' });
  expect(await settled).toMatchObject({ status: 'revoked' });
});

test('waiting has an end', async () => {
  const book = new OrderBook();
  book.note(claimed);
  expect(await book.settled(claimed.id, 20)).toBeNull();
});
