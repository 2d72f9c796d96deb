import { moneyOf } from '@flipzon/protocol/money.ts';
import type { StoredOrder } from '../sale/order.ts';
import type { OrderDoc } from './models.ts';

export function fromDoc(doc: OrderDoc): StoredOrder {
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
    status: doc.status,
    confirmedAt: doc.confirmedAt.getTime(),
  };
}
