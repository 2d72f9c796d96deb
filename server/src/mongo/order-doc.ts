import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Claim, StoredOrder } from '../sale/order.ts';
import type { NumberOrder } from '../sale/order-number.ts';
import type { UnitOffer } from '../sale/variant.ts';
import type { HoldDoc } from './hold-models.ts';
import type { OrderDoc } from './models.ts';

/** Orders of earlier versions have no number yet. */
export function fromDoc(doc: OrderDoc, numberOrder: NumberOrder | null): StoredOrder {
  const number = doc.number ?? numberOrder?.(doc._id);
  return {
    ...claimIn(doc),
    status: doc.status,
    confirmedAt: doc.confirmedAt.getTime(),
    ...(number !== undefined && { number }),
  };
}

/** The claim that an order or a hold was made of, and what its unit costs. */
export function claimIn(doc: OrderDoc | HoldDoc): Claim & UnitOffer {
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
  };
}
