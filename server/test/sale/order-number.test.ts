import { createSecretKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { createNumberOrder, readOrderNumber } from '../../src/sale/order-number.ts';

const numberOrder = createNumberOrder(createSecretKey(Buffer.alloc(32, 1)));

it('is the same for the same order under the same key, and another one for any other', () => {
  const number = numberOrder('sale-1:ann:1');
  expect(number).toMatch(/^FZ(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  expect(numberOrder('sale-1:ann:1')).toBe(number);
  const another = createNumberOrder(createSecretKey(Buffer.alloc(32, 2)));
  const others = [numberOrder('sale-1:ann:2'), numberOrder('sale-2:ann:1'), another('sale-1:ann:1')];
  expect(new Set([number, ...others]).size).toBe(4);
});

it('stays what it was, since orders are stored with it', () => {
  expect(numberOrder('sale-1:ann:1')).toBe('FZ-BQPQ-Z1JT-A9TY');
});

it('differs over very many orders', () => {
  const count = 100_000;
  const numbers = new Set(Array.from({ length: count }, (_, index) => numberOrder(`sale-1:c${index}:1`)));
  expect(numbers.size).toBe(count);
});

it.each([
  ['FZ-7K3M-Q2XV-9DTR', 'FZ-7K3M-Q2XV-9DTR'],
  [' fz 7k3m q2xv 9dtr ', 'FZ-7K3M-Q2XV-9DTR'],
  ['7K3MQ2XV9DTR', 'FZ-7K3M-Q2XV-9DTR'],
  ['FZ-OIL0-0000-0000', 'FZ-0110-0000-0000'],
  ['\u2068FZ\u20117K3M\u2013Q2XV-9DTR\u2069', 'FZ-7K3M-Q2XV-9DTR'],
  ['FZ-7K3M-Q2XV-9DT', null],
  ['FZ-7K3M-Q2XV-9DTRX', null],
  ['FZ-7K3M-Q2XV-9DTU', null],
  ['ann', null],
])('reads %j as %j', (text, number) => {
  expect(readOrderNumber(text)).toBe(number);
});
