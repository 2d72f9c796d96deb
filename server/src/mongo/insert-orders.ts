import { priced } from '@flipzon/protocol/money.ts';
import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import type { mongo } from 'mongoose';
import { type Claim, orderId, sameClaim } from '../sale/order.ts';
import type { NumberOrder } from '../sale/order-number.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { InsertOutcome, OrderStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';
import { insertUnordered } from './insert-unordered.ts';
import type { Models, OrderDoc } from './models.ts';
import { fromDoc } from './order-doc.ts';

/** Writes claims as orders: all in one call, each with an outcome of its own. */
export function createInsertOrders(
  Order: Models['Order'],
  numberOrder: NumberOrder | null,
): OrderStore['insert'] {
  const read = (doc: OrderDoc) => fromDoc(doc, numberOrder);
  const collection = Order.collection as unknown as mongo.Collection<OrderDoc>;

  /** A duplicate key is a success only if the stored order is of this claim, so this reads it. */
  const whyDuplicate = async (docs: readonly OrderDoc[]): Promise<Map<string, InsertOutcome>> => {
    const saleId = docs[0]?.saleId ?? '';
    const byId = await Order.find({ _id: { $in: docs.map((doc) => doc._id) } }).lean<OrderDoc[]>();
    const byUnit = await Order.find({ saleId, unit: { $in: docs.map((doc) => doc.unit) }, released: 0 }).lean<
      OrderDoc[]
    >();
    const sameId = new Map(byId.map((doc) => [doc._id, doc]));
    const sameUnit = new Map(byUnit.map((doc) => [doc.unit, doc]));
    return new Map(
      docs.map((doc): [string, InsertOutcome] => {
        const own = sameId.get(doc._id);
        const other = own ?? sameUnit.get(doc.unit);
        // Gone between refusal and look-up: an order was cancelled just then. The batch is simply tried again.
        if (other === undefined) throw new Error(`the order that kept ${doc._id} out is gone`);
        const order = read(other);
        if (own === undefined) return [doc._id, { code: 'unit_taken', order }];
        if (!sameClaim(order, doc)) return [doc._id, { code: 'customer_has_another', order }];
        return [doc._id, { code: own.status === 'cancelled' ? 'cancelled_before' : 'stored_before', order }];
      }),
    );
  };

  return async (claims, sale, confirmedAt) => {
    const docs = claims.map((claim) => toDoc(claim, sale, confirmedAt, numberOrder));
    const invalid = new Map<string, string>();
    for (const doc of docs) {
      const reason = whyNoOrder(doc);
      if (reason !== null) invalid.set(doc._id, reason);
    }
    const valid = docs.filter((doc) => !invalid.has(doc._id));
    const refused = valid.length === 0 ? new Set<string>() : await insertUnordered(collection, valid);
    const reasons =
      refused.size === 0
        ? new Map<string, InsertOutcome>()
        : await whyDuplicate(valid.filter((doc) => refused.has(doc._id)));
    return docs.map((doc): InsertOutcome => {
      const reason = invalid.get(doc._id);
      if (reason !== undefined) return { code: 'invalid', reason };
      return reasons.get(doc._id) ?? { code: 'stored', order: read(doc) };
    });
  };
}

function toDoc(
  claim: Claim,
  sale: SaleRecord,
  confirmedAt: number,
  numberOrder: NumberOrder | null,
): OrderDoc {
  const _id = orderId(claim);
  const { price, variant } = offerFor(sale, claim.unit);
  return {
    _id,
    ...(numberOrder && { number: numberOrder(_id) }),
    saleId: claim.saleId,
    customerId: claim.customerId,
    n: claim.slot,
    unit: claim.unit,
    quantity: sale.terms.quantity,
    ...(variant !== undefined && { variant }),
    ...priced(price),
    status: 'confirmed',
    seq: claim.seq,
    released: 0,
    requestId: claim.requestId,
    claimedAt: new Date(claim.claimedAt),
    arrivedAt: claim.arrivedAt === 0 ? null : new Date(claim.arrivedAt),
    // A node's reading of Redis's clock may be a millisecond behind it.
    confirmedAt: new Date(Math.max(confirmedAt, claim.claimedAt)),
    cancelledAt: null,
  };
}

/** Checks what the schema in models.ts requires of outside input; mongoose's own check costs more than the rest of the writing. */
function whyNoOrder(doc: OrderDoc): string | null {
  const { n, unit, seq, quantity, customerId, requestId, claimedAt } = doc;
  if (!Number.isSafeInteger(unit) || unit < 1) return `unit ${unit} is no unit`;
  if (unit > quantity) return `unit ${unit} is beyond the quantity of the sale`;
  if (!Number.isSafeInteger(n) || n < 1 || n > perCustomerMax) return `n ${n} is none of a customer's`;
  if (!Number.isSafeInteger(seq) || seq < 1) return `seq ${seq} is none`;
  if (customerId === '' || requestId === '') return 'customer or request is missing';
  return Number.isNaN(claimedAt.getTime()) ? 'claimedAt is no time' : null;
}
