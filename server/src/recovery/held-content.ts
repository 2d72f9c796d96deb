import { type HoldRecord, isLastTry, keepsPlace, keepsUnit } from '../sale/hold.ts';
import type { EpochContent } from '../sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder } from '../sale/order.ts';
import type { PaymentTerms } from '../sale/sale.ts';

/** What holds add to the keys of an epoch, in a sale that requires payment. Of a hold whose order is there, the order counts. */
export function heldContent(
  records: readonly HoldRecord[],
  orders: readonly StoredOrder[],
  terms: PaymentTerms,
): { holders: Claim[]; cancelled: Claim[]; holds: NonNullable<EpochContent['holds']> } {
  const ordered = new Set(orders.map(orderId));
  const placed = records.filter((record) => keepsUnit(record) && !ordered.has(orderId(record.hold)));
  const taken = new Set([...ordered, ...placed.map(({ hold }) => orderId(hold))]);
  const ended = records.filter(({ end }) => !keepsPlace(end)).map(({ hold }) => hold);
  return {
    holders: placed.map(({ hold }) => hold),
    cancelled: ended.filter((hold) => isLastTry(hold, terms) && !taken.has(orderId(hold))),
    holds: {
      due: placed.filter(({ end }) => end === null).map(({ hold }) => hold),
      ended: ended.map((hold) => ({
        claim: hold,
        price: hold.price,
        ...(hold.variant !== undefined && { variant: hold.variant }),
      })),
      sold: orders.filter(({ status }) => status === 'confirmed'),
    },
  };
}
