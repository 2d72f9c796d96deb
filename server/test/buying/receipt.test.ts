import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readReceipt, signReceipt } from '../../src/buying/receipt.ts';
import type { Claim } from '../../src/sale/order.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const otherKey = createSecretKey(Buffer.alloc(32, 2));
const claim: Claim = {
  saleId: '20261129-0a1b2c3d4e',
  customerId: 'auth0|ann',
  slot: 1,
  unit: 317,
  seq: 317,
  requestId: 'r-1',
  claimedAt: 1_795_612_036_723,
  arrivedAt: 0,
};

it('reads back what was signed, also with an older key', () => {
  expect(readReceipt(signReceipt(claim, key), [key])).toEqual(claim);
  expect(readReceipt(signReceipt(claim, key), [otherKey, key])).toEqual(claim);
});

it('is the same for the same claim', () => {
  expect(signReceipt(claim, key)).toBe(signReceipt({ ...claim, arrivedAt: 5 }, key));
});

it('believes no other key', () => {
  expect(readReceipt(signReceipt(claim, key), [otherKey])).toBeNull();
});

it('believes nothing that was changed anywhere', () => {
  const receipt = signReceipt(claim, key);
  fc.assert(
    fc.property(fc.nat(receipt.length - 1), fc.constantFrom(...'abXY01-_.'), (index, character) => {
      const changed = receipt.slice(0, index) + character + receipt.slice(index + 1);
      expect([changed, readReceipt(changed, [key])]).toEqual([changed, changed === receipt ? claim : null]);
    }),
  );
});

it('believes nothing that it did not sign, of whatever shape', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => readReceipt(text, [key]) === null));
});
