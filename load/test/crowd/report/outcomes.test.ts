import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { outcomeOf } from '../../../crowd/customers/buyer.ts';
import { describeResult } from '../../../crowd/report/report.ts';
import type { Result } from '../../../crowd/report/result.ts';

const orderOf = (unit: number): Order => ({
  id: `s:ann:${unit}`,
  saleId: 's',
  customerId: 'ann',
  unit,
  ...{ price: 999, currency: 'USD', priceMinor: 99_900 },
  status: 'claimed',
  claimedAt: '2026-01-01T00:00:00.000Z',
  confirmedAt: null,
});
const answered = (unit: number) => ({ ok: true, order: orderOf(unit) }) as const;

test('a unit counts once for its buyer, and a repeated answer counts separately', () => {
  const given = new Set<string>();
  const answers = [answered(1), answered(1), answered(2), answered(1)];
  expect(answers.map((answer) => outcomeOf(answer, given))).toEqual([
    'claimed',
    'replayed',
    'claimed',
    'replayed',
  ]);
  const refusal = { ok: false, code: 'already_purchased', message: '' } as const;
  expect(outcomeOf(refusal, given)).toBe('already_purchased');
});

test('the crowd reports how many units it got, the refusals, and the repeated presses', () => {
  const result = {
    saleId: 's',
    options: { seed: 1 },
    buyingMs: 1_000,
    tally: {
      outcomes: { claimed: 100, sold_out: 895, already_purchased: 5 },
      retries: { unavailable: 3 },
      repeats: { claimed: 2, replayed: 5, already_purchased: 7 },
      reloads: {},
      confirmed: 102,
      reconnects: 0,
    },
    latencies: {},
    scalpers: null,
    connectsPerSecond: 1,
    spectators: { reconnects: 0, messagesPerSpectatorPerSecond: 1, messagesPerSecondMax: 1, backwards: 0 },
    verdict: [],
    holds: true,
  } as unknown as Result;
  const lines = describeResult(result)
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toContain('got a unit    102');
  expect(lines).toContain('refused       895 sold_out, 5 already_purchased');
  expect(lines).toContain('asked again   after 3 unavailable');
  expect(lines).toContain('pressed again 7 already_purchased, 5 replayed');
});
