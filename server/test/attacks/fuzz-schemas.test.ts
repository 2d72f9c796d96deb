import { createSecretKey } from 'node:crypto';
import * as audit from '@flipzon/protocol/audit-schemas.ts';
import * as challenge from '@flipzon/protocol/challenge-schemas.ts';
import * as operator from '@flipzon/protocol/operator.ts';
import * as saleTerms from '@flipzon/protocol/sale-terms.ts';
import * as schemas from '@flipzon/protocol/schemas.ts';
import * as session from '@flipzon/protocol/session-schemas.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readReceipt } from '../../src/buying/receipt.ts';
import { fuzzRuns } from '../_support/fuzz.ts';

const exported: [string, unknown][] = Object.entries({
  ...schemas,
  ...saleTerms,
  ...challenge,
  ...session,
  ...audit,
  ...operator,
});
const all = exported.filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType);
/** Everything that JSON can say, with names that mean something to JavaScript among the keys. */
const oddKeys = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '$ne',
  '$where',
  '',
  'saleId',
  'requestId',
  'ok',
  'code',
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(
      null,
      true,
      false,
      -0,
      1e308,
      -1,
      0.1,
      Number.MAX_SAFE_INTEGER + 2,
      '',
      '\0',
      '\ud800',
      'a'.repeat(2_000),
    ),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(oddKeys, fc.string({ unit: 'binary', maxLength: 10 })), tie('value'), {
      maxKeys: 6,
      noNullPrototype: false,
    }),
  ),
})).value;

describe('every schema', () => {
  it.each(all)('%s: takes or refuses whatever JSON can say, and never throws', (_name, schema) => {
    const check = (given: unknown) => {
      const asJson: unknown = JSON.parse(JSON.stringify(given) ?? 'null');
      const parsed = schema.safeParse(asJson);
      if (!parsed.success) return;
      // What was taken is what is left after taking it again: nothing was smuggled past.
      expect(schema.safeParse(JSON.parse(JSON.stringify(parsed.data) ?? 'null')).success).toBe(true);
      expect(Object.prototype).not.toHaveProperty('polluted');
    };
    fc.assert(fc.property(anything, check), fuzzRuns(200));
  });
});

/** Bodies from outside, each with a good example; with one part replaced by whatever there is. */
const strictBodies = {
  buyRequest: [schemas.buyRequest, { saleId: 'a', requestId: 'r' }],
  buyBody: [schemas.buyBody, { saleId: 'a' }],
  receiptsBody: [schemas.receiptsBody, { receipts: ['x'] }],
  loginBody: [session.loginBody, { customerId: 'ann', role: 'customer' }],
  startBody: [saleTerms.startBody, { name: 'x', price: 1, quantity: 1, startsAt: 'now', perCustomer: 1 }],
  restockBody: [saleTerms.restockBody, { quantity: 1 }],
  reasonBody: [saleTerms.reasonBody, { reason: 'x' }],
} as const satisfies Record<string, readonly [z.ZodType, object]>;

describe('input from outside', () => {
  it.each(Object.entries(strictBodies))(
    '%s: an unknown key is refused, whatever it is called',
    (_name, [schema, good]) => {
      expect(schema.safeParse(good).success).toBe(true);
      const known = new Set([...Object.keys(good), 'endsAt', 'simulated']);
      const unknown = fc.oneof(oddKeys, fc.string({ unit: 'binary' })).filter((key) => !known.has(key));
      fc.assert(
        fc.property(unknown, anything, (key, value) => {
          const text = `${JSON.stringify(good).slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
          const parsed = schema.safeParse(JSON.parse(text));
          // JSON.parse makes an own `__proto__`; a schema may drop it, and never follow it.
          if (key === '__proto__')
            expect(parsed.success && Object.hasOwn(parsed.data, '__proto__')).toBe(false);
          else expect(parsed.success).toBe(false);
        }),
        fuzzRuns(200),
      );
    },
  );

  it('a receipt is nothing but what was signed', () => {
    const keys = [createSecretKey(Buffer.alloc(32, 1))];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.base64String(),
          fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.')),
        ),
        (text) => {
          expect(readReceipt(text, keys)).toBeNull();
        },
      ),
      fuzzRuns(500),
    );
  });
});
