import { expect, test } from 'vitest';
import type { Asked } from '../../../crowd/customers/channel.ts';
import { retryDelayMs } from '../../../crowd/customers/retry-delay.ts';

const nowMs = Date.parse('2026-01-01T00:00:00.000Z');
const middling = () => 0.5;

function refused(code: Extract<Asked, { ok: false }>['code'], more: object = {}): Asked {
  return { ok: false, code, message: '', ...more } as Asked;
}

test.each(['sold_out', 'already_purchased', 'unauthenticated', 'no_sale'] as const)('%s is final', (code) => {
  expect(retryDelayMs(refused(code), 1, nowMs, middling)).toBeNull();
});

test('silence and trouble are asked again, later each time, never later than 7.5 s', () => {
  for (const code of ['no_answer', 'unavailable', 'internal_error'] as const) {
    expect(retryDelayMs(refused(code), 1, nowMs, middling)).toBe(400);
    expect(retryDelayMs(refused(code), 2, nowMs, middling)).toBe(800);
    expect(retryDelayMs(refused(code), 12, nowMs, () => 0.999)).toBeLessThanOrEqual(7_500);
  }
});

test('too_many_requests waits as long as the answer says', () => {
  expect(retryDelayMs(refused('too_many_requests', { retryAfterMs: 700 }), 1, nowMs, () => 0)).toBe(700);
  expect(retryDelayMs(refused('too_many_requests', { retryAfterMs: 9e9 }), 1, nowMs, () => 0)).toBe(10_000);
});

test('an early press waits for the opening, but not for one that is far or long past', () => {
  const at = (startsAt: string) => retryDelayMs(refused('sale_not_active', { startsAt }), 1, nowMs, () => 0);
  expect(at('2026-01-01T00:00:00.030Z')).toBe(50);
  expect(at('2025-12-31T23:59:59.990Z')).toBe(20);
  expect(at('2026-01-01T01:00:00.000Z')).toBeNull();
  expect(at('2025-12-31T00:00:00.000Z')).toBeNull();
  expect(retryDelayMs(refused('sale_not_active'), 1, nowMs, middling)).toBeNull();
});
