import { priced } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { expect, it } from 'vitest';
import { requestOf } from '../../src/console/control/change.ts';
import { planDraftOf, readPlan } from '../../src/console/setup/plan.ts';

const terms = { payment: 'required', holdSeconds: 90, holdsMax: 3 } as const;
const asked = (more: Partial<SaleResult>) => {
  const sale = {
    product: { name: 'Concert', ...priced({ minor: 8990, currency: 'EUR' }) },
    ...{ quantity: 70, perCustomer: 1, simulated: false },
    ...{ startsAt: '2026-12-24T12:00:00.000Z', endsAt: null },
    ...more,
  } as unknown as SaleResult;
  const draft = planDraftOf(sale, { zone: 'UTC', nowMs: 0, keepsTimes: true }, ['de']);
  const { plan } = readPlan(draft, { nowMs: 0, locales: ['de'] });
  if (plan === null) throw new Error('no plan');
  return requestOf({ kind: 'plan', plan }, null).body as object;
};

it('a sale that requires payment is edited and duplicated with its terms', () => {
  expect(asked(terms)).toMatchObject(terms);
});

it('a sale without payment is asked for without any', () => {
  for (const name of Object.keys(terms)) expect(asked({})).not.toHaveProperty(name);
});
