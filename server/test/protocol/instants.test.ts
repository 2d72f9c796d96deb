import { planBody, startBody } from '@flipzon/protocol/sale-terms.ts';
import { instant } from '@flipzon/protocol/schemas.ts';
import { expect, it } from 'vitest';

it.each([
  ['9999-12-31T23:59:59.999Z', true],
  ['9999-12-31T23:59:59+14:00', true],
  ['9999-12-31T23:59:59-14:00', false],
  ['2026-12-31T23:59:59-14:00', true],
  ['0000-01-01T00:00:00+14:00', false],
])('takes %s as an instant only if answers can have it: %s', (text, taken) => {
  expect(startBody.safeParse({ endsAt: text }).success).toBe(taken);
  expect(startBody.safeParse({ presale: { codesUntil: text } }).success).toBe(taken);
  expect(planBody.safeParse({ startsAt: text }).success).toBe(taken);
  expect(instant.safeParse(new Date(text).toISOString()).success).toBe(taken);
});

it.each(['', 'tomorrow', '2026-13-01T00:00:00Z', '2026-12-01T00:00:00', 'now '])(
  'takes %j as none',
  (text) => {
    expect(startBody.safeParse({ endsAt: text }).success).toBe(false);
  },
);
