import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAccess } from '../../src/presale/access.ts';
import { codeId, newCode, readCode } from '../../src/presale/codes.ts';

it('makes codes of 16 characters that no one confuses, and reads them as people type them', () => {
  const codes = Array.from({ length: 1_000 }, newCode);
  expect(new Set(codes).size).toBe(1_000);
  for (const code of codes) {
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code.replaceAll('-', ''));
  }
});

it.each([
  ['abcd-efgh', 'ABCDEFGH'],
  ['O0IL1il-oo', '0011111' + '00'],
  ['１２３４５６７８', '12345678'],
  ['7K3M\u2013Q2XV', '7K3MQ2XV'],
  ['\u2068ABCD\u00ad-EFGH\u2069\u200b', 'ABCDEFGH'],
  ['short', null],
  ['', null],
  ['=1+1+1+1+1', null],
  ['A'.repeat(65), null],
  ['grüßgott', null],
])('reads %j as %j', (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

it('stores a hash that differs from sale to sale', () => {
  expect(codeId('sale-1', 'ABCDEFGH')).toMatch(/^sale-1:[\w-]{43}$/);
  expect(codeId('sale-1', 'ABCDEFGH').slice(7)).not.toBe(codeId('sale-2', 'ABCDEFGH').slice(7));
});

it('gives a pass that is valid for one customer, one sale and, if it says so, one variant', () => {
  const keys = [createSecretKey(randomBytes(32))] as const;
  const access = createAccess(keys as never);
  const ann = { saleId: 's', customerId: 'ann' };
  const pass = access.pass(ann, 1_000);
  expect(access.isPass(pass, ann, 2_000)).toBe(true);
  expect(access.isPass(pass, { ...ann, variant: 'red' }, 2_000)).toBe(true);
  expect(access.isPass(pass, { ...ann, customerId: 'bob' }, 2_000)).toBe(false);
  expect(access.isPass(pass, { ...ann, saleId: 't' }, 2_000)).toBe(false);
  expect(access.isPass(undefined, ann, 2_000)).toBe(false);
  expect(createAccess([createSecretKey(randomBytes(32))] as never).isPass(pass, ann, 2_000)).toBe(false);
  const red = access.pass({ ...ann, variant: 'red' }, 1_000);
  expect(access.isPass(red, { ...ann, variant: 'red' }, 2_000)).toBe(true);
  expect(access.isPass(red, { ...ann, variant: 'blue' }, 2_000)).toBe(false);
  expect(access.isPass(red, ann, 2_000)).toBe(false);
});
