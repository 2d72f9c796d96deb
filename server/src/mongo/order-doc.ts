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
    price: doc.price,
    status: doc.status,
    confirmedAt: doc.confirmedAt.getTime(),
  };
}
