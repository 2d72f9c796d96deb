import { moneyOf } from '@flipzon/protocol/money.ts';
import type { StoredOrder } from '../sale/order.ts';
import type { NumberOrder } from '../sale/order-number.ts';
import type { OrderDoc } from './models.ts';

/** Orders of earlier versions have no number yet. */
export function fromDoc(doc: OrderDoc, numberOrder: NumberOrder | null): StoredOrder {
  const number = doc.number ?? numberOrder?.(doc._id);
  return {
    saleId: doc.saleId,
    customerId: doc.customerId,
    slot: doc.n,
    unit: doc.unit,
    seq: doc.seq,
    requestId: doc.requestId,
    claimedAt: doc.claimedAt.getTime(),
    arrivedAt: doc.arrivedAt?.getTime() ?? 0,
    price: moneyOf(doc),
    ...(doc.variant !== undefined && { variant: doc.variant }),
    status: doc.status,
    confirmedAt: doc.confirmedAt.getTime(),
    ...(number !== undefined && { number }),
  };
}
