import { expect, it } from 'vitest';
import { countHolds } from '../../src/metrics/count-holds.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { FakeHolds, fakeHoldStore } from '../_support/fake-holds.ts';

it('counts each hold and each end once, on the node that has made or decided it', async () => {
  const counted: string[] = [];
  const store = fakeHoldStore(new FakeHolds(), async (_call, act) => act());
  const holds = countHolds(store, (what) => counted.push(what));
  const claim = (customerId: string, unit: number): Claim => ({
    ...{ saleId: 'a-sale', customerId, slot: 1, unit, seq: unit, requestId: 'r', claimedAt: 1, arrivedAt: 1 },
  });
  const terms = { holdSeconds: 60, holdsMax: 2 };
  const batch = [claim('ann', 1), claim('bob', 2)];
  for (let time = 0; time < 2; time++) await holds.insert(batch, {} as SaleRecord, terms, 1);
  const end = (customerId: string, outcome: 'paid' | 'released', at: number) =>
    holds.end({ id: `a-sale:${customerId}:1:1`, saleId: 'a-sale' }, { outcome, at, by: 'x' });
  await end('ann', 'paid', 5);
  // Asked again, and too late.
  await end('ann', 'paid', 6);
  await end('ann', 'released', 6);
  await end('bob', 'released', 7);
  expect(counted).toEqual(['made', 'made', 'paid', 'released']);
});
