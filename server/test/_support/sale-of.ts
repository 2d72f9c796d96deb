import type { SaleRecord } from '../../src/sale/sale.ts';
import { usd } from './usd.ts';

/** A sale of 5 that is on and has no end. */
export function saleOf(id: string, revision = 1): SaleRecord {
  return {
    id,
    product: { name: 'Phone', price: usd(100) },
    perCustomer: 1,
    simulated: true,
    createdAt: 1,
    terms: { revision, quantity: 5, startsAt: 0, endsAt: null, paused: false, reason: null },
  };
}
