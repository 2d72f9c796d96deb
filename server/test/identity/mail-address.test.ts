import { expect, it } from 'vitest';
import { readMailAddress } from '../../src/identity/mail-address.ts';

it.each([
  ['ann@example.com', 'ann@example.com', 'ann@example.com'],
  [' Ann@Example.COM ', 'Ann@example.com', 'ann@example.com'],
  ['ann+shop@example.com', 'ann+shop@example.com', 'ann@example.com'],
  ['ann+a+b@example.com', 'ann+a+b@example.com', 'ann@example.com'],
  ['+ann@example.com', '+ann@example.com', '+ann@example.com'],
  ['a.n.n@example.com', 'a.n.n@example.com', 'a.n.n@example.com'],
  ['A.n.n+x@gmail.com', 'A.n.n+x@gmail.com', 'ann@gmail.com'],
  ['ann@googlemail.com', 'ann@googlemail.com', 'ann@gmail.com'],
  ['ann@müller.example', 'ann@xn--mller-kva.example', 'ann@xn--mller-kva.example'],
])('%j is sent to %j, and counts as %j', (typed, address, mailbox) => {
  expect(readMailAddress(typed)).toEqual({ address, mailbox });
});

it.each([
  '',
  'ann',
  'ann@',
  '@example.com',
  'ann@localhost',
  'ann@example.com, bob@example.com',
  'ann@example.com\r\nBcc: bob@example.com',
  'Ann <ann@example.com>',
  '"a b"@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ann@${'a.'.repeat(130)}com`,
])('%j is not an address', (typed) => {
  expect(readMailAddress(typed)).toBeNull();
});
