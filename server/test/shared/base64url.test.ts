import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64url, isBase64url } from '../../src/shared/base64url.ts';

const characters = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  '=',
  '+',
  '/',
  ' ',
  'é',
];

it('takes a text exactly when decoding and encoding it again gives the same text', () => {
  const text = fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 });
  fc.assert(
    fc.property(text, (given) => {
      const again = Buffer.from(given, 'base64url').toString('base64url');
      expect([given, isBase64url(given)]).toEqual([given, again === given]);
    }),
    { numRuns: 5_000 },
  );
});

it('reads any bytes back, and refuses every other last character', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(fromBase64url(text)).toEqual(Buffer.from(bytes));
      for (const last of characters) {
        const other = `${text.slice(0, -1)}${last}`;
        const read = fromBase64url(other);
        if (other !== text && read !== null) expect(read).not.toEqual(Buffer.from(bytes));
      }
    }),
  );
});
