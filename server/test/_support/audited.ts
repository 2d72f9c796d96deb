import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { HoldRecord } from '../../src/sale/hold.ts';
import type { StoredOrder } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { createAudit } from '../../src/seal/audit.ts';
import type { LedgerContent } from '../../src/seal/audit-ledger.ts';
import { usd } from './usd.ts';

export const auditedSale: SaleRecord = {
  ...{
    id: 'a-sale',
    product: { name: 'iPhone', price: usd(1) },
    perCustomer: 1,
    simulated: false,
    createdAt: 0,
  },
  terms: { revision: 1, quantity: 3, startsAt: 0, endsAt: 1, paused: false, reason: null },
};

export const orderOf = (customerId: string, unit: number): StoredOrder => ({
  ...{ saleId: auditedSale.id, customerId, slot: 1, unit, seq: unit, requestId: 'r' },
  ...{ claimedAt: 1, arrivedAt: 1, price: usd(1), status: 'confirmed', confirmedAt: 2 },
});

export const ledgerOf = (
  holders: LedgerContent['holders'],
  more: Partial<LedgerContent> = {},
): LedgerContent => ({
  ...{ live: true, seq: holders.length, remaining: 3 - holders.length, quantity: 3, holders },
  ...{ nextUnit: holders.length + 1, returned: [], waiting: [], deadLetters: 0, ...more },
});

export interface AuditedStores {
  ledger: LedgerContent | null;
  orders: StoredOrder[];
  holds?: HoldRecord[];
  wrong?: { customerId: string; stored: number; counted: number }[];
}

interface Circumstances {
  current?: string;
  recounting?: boolean;
  audited?: SaleRecord;
  now?: number;
}

/** Audits stores that are as `at` says at each look; past the last of them they stay. */
export async function auditOf(
  at: readonly AuditedStores[],
  circumstances: Circumstances = {},
): Promise<AuditReport> {
  const {
    current = auditedSale.id,
    recounting = false,
    audited = auditedSale,
    now: clockNow = 2,
  } = circumstances;
  let looks = 0;
  const now = () => at[Math.min(looks, at.length - 1)] as AuditedStores;
  const stores = {
    sales: {
      byId: async () => audited,
      current: async () => ({ ...audited, id: current }),
      epoch: async () => 1,
      windows: async () => [{ from: 0, startsAt: 0, endsAt: 2, paused: false }],
    },
    orders: {
      async *ofSale() {
        yield* now().orders;
      },
      byId: async (id: string) => now().orders.find((order) => id.includes(order.customerId)) ?? null,
    },
    holds: {
      async *ofSale() {
        yield* now().holds ?? [];
      },
    },
    recounts: { isDue: async () => recounting },
    repairs: {
      countsOf: async () => ({ restored: 0, revoked: 0 }),
    },
    seals: {
      newest: async () => null,
      key: () => Promise.reject(new Error('no seal')),
      chunk: () => Promise.reject(new Error('no seal')),
    },
    clock: { now: () => clockNow },
    ledgerContent: async () => now().ledger,
    wrongTotals: async () => now().wrong ?? [],
  };
  const made = await createAudit(stores, async () => looks++)(auditedSale.id);
  if (made === null) throw new Error('no report');
  return made;
}

export const broken = ({ checks }: AuditReport): string[] =>
  checks.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
