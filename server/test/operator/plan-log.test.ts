import { expect, test } from 'vitest';
import { edited, planned } from '../../src/operator/plan-log.ts';
import type { SalePlan } from '../../src/sale/sale-plan.ts';
import { usd } from '../_support/usd.ts';

const planOf = (small: number, large: number): SalePlan => ({
  ...{ id: 'p', product: { name: 'x', price: usd(1) }, quantity: small + large, perCustomer: 1 },
  ...{ simulated: false, startsAt: 1, endsAt: null, createdAt: 0, createdBy: 'olga' },
  variants: [
    { sku: 'S', name: 'Small', price: usd(1), ranges: [{ from: 1, to: small }] },
    { sku: 'L', name: 'Large', price: usd(1), ranges: [{ from: small + 1, to: small + large }] },
  ],
});

test('the log says how many units of each variant are planned, and when that changes though their sum does not', () => {
  expect(planned(planOf(2, 3), 'olga').changes.slice(1)).toEqual([
    { field: 'quantity', before: null, after: 5 },
    { field: 'quantity of S', before: null, after: 2 },
    { field: 'quantity of L', before: null, after: 3 },
  ]);
  expect(edited(planOf(2, 3), planOf(4, 1), 'olga', 7).changes).toEqual([
    { field: 'quantity of S', before: 2, after: 4 },
    { field: 'quantity of L', before: 3, after: 1 },
  ]);
});
