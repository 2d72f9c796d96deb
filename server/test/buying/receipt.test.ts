import { createHmac, createSecretKey } from 'node:crypto';
import { priceMax } from '@flipzon/protocol/money.ts';
import { perCustomerMax, receiptsBody } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
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
const price = { minor: 129_999, currency: 'EUR' };

it('reads back what was signed, also with an older key', () => {
  expect(readReceipt(signReceipt(claim, price, key), [key])).toEqual(claim);
  expect(readReceipt(signReceipt(claim, price, key), [otherKey, key])).toEqual(claim);
});

it('is the same for the same claim', () => {
  expect(signReceipt(claim, price, key)).toBe(signReceipt({ ...claim, arrivedAt: 5 }, price, key));
});

it('states the price in minor units and the currency', () => {
  const [content = ''] = signReceipt(claim, price, key).split('.');
  expect(JSON.parse(Buffer.from(content, 'base64url').toString()).slice(-2)).toEqual([129_999, 'EUR']);
});

it('of a version before sales had a currency is believed as before', () => {
  const { saleId, customerId, slot, unit, seq, claimedAt, requestId } = claim;
  const signed = (content: unknown[]) => {
    const text = JSON.stringify(content);
    const mac = createHmac('sha256', key).update(text).digest('base64url');
    return `${Buffer.from(text).toString('base64url')}.${mac}`;
  };
  const content = [saleId, customerId, slot, unit, seq, claimedAt, requestId];
  expect(readReceipt(signed([1, ...content]), [key])).toEqual(claim);
  expect(readReceipt(signed([3, ...content]), [key])).toBeNull();
  expect(readReceipt(signed([1, ...content, 129_999, 'EUR']), [key])).toBeNull();
});

it('believes no other key', () => {
  expect(readReceipt(signReceipt(claim, price, key), [otherKey])).toBeNull();
});

it('believes nothing that was changed anywhere', () => {
  const receipt = signReceipt(claim, price, key);
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

it('of the longest ids and the largest numbers is read and accepted by POST /receipts', () => {
  const longest: Claim = {
    saleId: 's'.repeat(48),
    customerId: '語'.repeat(128),
    slot: perCustomerMax,
    unit: quantityMax,
    seq: Number.MAX_SAFE_INTEGER,
    claimedAt: Date.UTC(2099, 0),
    requestId: '"'.repeat(128),
    arrivedAt: 0,
  };
  const dearest = { minor: priceMax * 10_000, currency: 'UYW' };
  const receipt = signReceipt(longest, dearest, key);
  expect(readReceipt(receipt, [key])).toEqual(longest);
  expect(receiptsBody.safeParse({ receipts: [receipt] }).success).toBe(true);
});
