import { expect, test } from 'vitest';
import { customerOf, readCustomer, tokenKeyOf } from '../../../src/shop/device/token.ts';
import { memoryStorage } from '../../_support/memory-storage.ts';

function tokenOf(claims: unknown): string {
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
}

test('shows the customer of a token, in any script', () => {
  const token = tokenOf({ sub: 'आशा' });
  expect(customerOf(token)).toEqual({ id: 'आशा', token });
});

test.each([
  null,
  '',
  'abc',
  'a.%%%.c',
  tokenOf(null),
  tokenOf({}),
  tokenOf({ sub: 7 }),
  tokenOf({ sub: '' }),
])('is no customer’s token: %s', (token) => {
  expect(customerOf(token)).toBeNull();
});

test('is read from the place where a test or another page may have put it', () => {
  const storage = memoryStorage();
  storage.write('flipzon.token', tokenOf({ sub: 'asha' }));
  storage.write('flipzon.operator', tokenOf({ sub: 'olga' }));
  expect(readCustomer(storage, tokenKeyOf('customer'))?.id).toBe('asha');
  expect(readCustomer(storage, tokenKeyOf('operator'))?.id).toBe('olga');
  expect(readCustomer(storage, tokenKeyOf('spectator'))).toBeNull();
});
