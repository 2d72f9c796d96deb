import { expect, test } from 'vitest';
import { createGuardedBuy } from '../../src/buying/guard-buy.ts';
import { unlimitedNetwork } from '../../src/limits/network-limits.ts';

test('a refusal of the guard is counted with the time that it took', () => {
  const refused: [string, number][] = [];
  let now = 0;
  const buy = createGuardedBuy({
    buy: () => {
      throw new Error('nothing is bought');
    },
    blocked: { has: () => true } as never,
    challenge: { isRequired: () => false, hasPassed: () => true },
    current: { snapshot: null } as never,
    now: () => {
      now += 7;
      return now;
    },
    access: { isPass: () => false },
    clock: { now: () => 0 },
    onPress: () => undefined,
    onRefused: (...refusal) => void refused.push(refusal),
  });
  const identity = { customerId: 'ann', accountCreatedAt: null } as never;
  expect(buy({ identity, network: unlimitedNetwork }, { requestId: 'r' })).toMatchObject({
    code: 'forbidden',
  });
  expect(refused).toEqual([['forbidden', 7]]);
});
