import { describe, expect, it } from 'vitest';
import { createSuccession } from '../../src/operator/succession.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import type { SalePlan } from '../../src/sale/sale-plan.ts';
import type { SaleStore } from '../../src/sale/store-ports.ts';
import { saleOf } from '../_support/sale-of.ts';
import { usd } from '../_support/usd.ts';

const now = 1_000_000;
const at = now + 10_000;
const plan: SalePlan = {
  id: 'planned',
  product: { name: 'Phone', price: usd(100) },
  ...{ quantity: 5, perCustomer: 1, simulated: true },
  ...{ startsAt: at, endsAt: null, createdAt: now, createdBy: 'operator' },
};

describe('a planned sale that is made ready', () => {
  it('leaves the sale on the page alone when it was changed after the turn was worked out', async () => {
    const seen = saleOf('on-page', 3);
    const restocked = { ...seen, terms: { ...seen.terms, revision: 4, quantity: 500 } };
    const { succession, done } = successionOn(restocked, 'planned');
    await succession.prepare(plan, at, seen);
    expect(done).toEqual([]);
  });

  it('ends the sale that was seen at the instant, and opens its own keys before it', async () => {
    const { succession, done } = successionOn(saleOf('on-page', 3), 'planned');
    await succession.prepare(plan, at, saleOf('on-page', 3));
    expect(done).toEqual([
      `end on-page at ${at}`,
      'create planned after on-page',
      'open planned',
      'forget plan planned',
    ]);
  });

  it('builds nothing and stays a plan when an operator has started another sale in its place', async () => {
    const { succession, done } = successionOn(saleOf('on-page', 3), 'of the operator');
    await succession.prepare(plan, at, saleOf('on-page', 3));
    expect(done.slice(1)).toEqual(['create planned after on-page']);
  });
});

/** `winner`: the one sale that becomes the successor. */
function successionOn(onPage: SaleRecord, winner: string) {
  const done: string[] = [];
  const sales: Pick<SaleStore, 'current' | 'revise' | 'epoch' | 'create' | 'byId'> = {
    current: async () => onPage,
    async revise(saleId, terms) {
      done.push(`end ${saleId} at ${terms.endsAt}`);
      return 'revised';
    },
    epoch: async () => 0,
    async create(sale, _by, replacedId) {
      done.push(`create ${sale.id} after ${replacedId}`);
      return sale.id === winner ? 'created' : 'exists';
    },
    byId: async (id) => (id === winner ? saleOf(id, 1) : null),
  };
  const succession = createSuccession({
    sales: sales as SaleStore,
    plans: { remove: async (id) => void done.push(`forget plan ${id}`) },
    ledger: { configure: async () => 'configured' },
    clock: { now: () => now },
    announcer: { announce: async () => undefined },
    whyNoRealSale: async () => null,
    takesPayments: true,
    refresh: async () => undefined,
    establish: async ({ id }) => void done.push(`open ${id}`),
    drain: async () => true,
    carryRequests: async () => undefined,
  });
  return { succession, done };
}
