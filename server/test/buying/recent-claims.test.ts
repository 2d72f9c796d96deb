import { expect, test } from 'vitest';
import { RecentClaims } from '../../src/buying/recent-claims.ts';
import type { Claim } from '../../src/sale/order.ts';

const keptMs = 60_000;
const claimOf = (customerId: string, more: Partial<Claim> = {}): Claim => ({
  ...{ saleId: 'a-sale', customerId, slot: 1, unit: 1, seq: 1, requestId: 'r', claimedAt: 5, arrivedAt: 4 },
  ...more,
});

function recentAt() {
  let nowMs = 0;
  const recent = new RecentClaims(() => nowMs);
  return {
    recent,
    passMs: (ms: number) => {
      nowMs += ms;
    },
    customers: () => recent.ofSale('a-sale').map(({ customerId }) => customerId),
  };
}

test('a receipt that is presented again and again, and a request that is repeated, drive out no other claim', () => {
  const { recent, customers } = recentAt();
  for (const customerId of ['ann', 'bob', 'cem']) recent.answered(claimOf(customerId));
  recent.redeemed(claimOf('dan'));
  for (let i = 0; i < 100_000; i++) {
    recent.redeemed(claimOf('eve', { arrivedAt: 0 }));
    recent.answered(claimOf('ann', { arrivedAt: 0 }));
  }
  expect(customers().toSorted()).toEqual(['ann', 'bob', 'cem', 'dan', 'eve']);
});

test('a crowd that presents its receipts drives out nothing that this node has answered', () => {
  const { recent, customers } = recentAt();
  recent.answered(claimOf('ann'));
  for (let i = 0; i < 100_000; i++) recent.redeemed(claimOf(`crowd-${i}`, { arrivedAt: 0 }));
  const kept = customers();
  expect(kept).toContain('ann');
  expect(kept).toContain('crowd-99999');
  expect(kept.length).toBeLessThanOrEqual(40_001);
});

test('a claim that is seen again keeps its time of arrival', () => {
  const { recent } = recentAt();
  recent.answered(claimOf('ann'));
  recent.answered(claimOf('ann', { arrivedAt: 0 }));
  expect(recent.redeemed(claimOf('ann', { arrivedAt: 0 }))).toEqual(claimOf('ann'));
  expect(recent.ofSale('a-sale')).toEqual([claimOf('ann')]);
  // Another claim of the same customer is not the same claim.
  const moved = claimOf('ann', { unit: 2, seq: 2, arrivedAt: 0 });
  recent.answered(moved);
  expect(recent.ofSale('a-sale')).toEqual([moved]);
});

test('a claim is kept for a minute, and not for ever', () => {
  const { recent, passMs, customers } = recentAt();
  recent.answered(claimOf('ann'));
  passMs(keptMs - 1);
  recent.answered(claimOf('bob'));
  expect(customers()).toEqual(['ann', 'bob']);
  passMs(1);
  recent.answered(claimOf('cem'));
  expect(customers()).toEqual(['ann', 'bob', 'cem']);
  passMs(keptMs);
  recent.answered(claimOf('dan'));
  expect(customers()).toEqual(['cem', 'dan']);
});
