import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../src/shared/hmac.ts';

it('is the HMAC-SHA-256 of RFC 4231, cases 1, 2 and 6', () => {
  const hex = (key: Buffer, text: string) => hmacSha256(createSecretKey(key), text).toString('hex');
  expect(hex(Buffer.alloc(20, 0x0b), 'Hi There')).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  expect(hex(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  expect(hex(Buffer.alloc(131, 0xaa), 'Test Using Larger Than Block-Size Key - Hash Key First')).toBe(
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  );
});

it('is what node makes of any key and text, also the second time', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
      (secret, texts) => {
        const key = createSecretKey(secret);
        for (const text of texts)
          expect(hmacSha256(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
      },
    ),
  );
});
