import { priced } from '@flipzon/protocol/money.ts';
import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import type { mongo } from 'mongoose';
import { type Claim, orderId, sameClaim } from '../sale/order.ts';
import type { NumberOrder } from '../sale/order-number.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { InsertOutcome, OrderStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';
import { activeOrders } from './active-orders.ts';
import { countPurchases, refreshTotals, wrongTotalsAfter } from './customer-totals.ts';
import { durable } from './durable.ts';
import { insertUnordered } from './insert-unordered.ts';
import type { Models, OrderDoc } from './models.ts';
import { fromDoc } from './order-doc.ts';
import { ordersPage } from './orders-page.ts';
import { searchOrders } from './orders-search.ts';
import { newestFirst, pageOf } from './page-by-time.ts';

const lookUpsMax = 20;

export function createOrderStore(
  models: Pick<Models, 'Order' | 'Customer' | 'Sale'>,
  { scans = false, numberOrder = null }: { scans?: boolean; numberOrder?: NumberOrder | null } = {},
): OrderStore {
  const read = (doc: OrderDoc) => fromDoc(doc, numberOrder);
  const { Order, Customer, Sale } = models;
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

  /**
   * Reads them one after the other, so that each caller keeps one connection busy. Null: too many ids to read one by one; a scan of
   * all orders is then faster.
   */
  const byTheirIds = async (customerId: string): Promise<OrderDoc[] | null> => {
    const sales = await Sale.find({}, { perCustomer: 1 })
      .limit(lookUpsMax + 1)
      .lean();
    const ids = sales.flatMap(({ _id: saleId, perCustomer }) =>
      Array.from({ length: perCustomer }, (_, index) => orderId({ saleId, customerId, slot: index + 1 })),
    );
    if (ids.length > lookUpsMax) return null;
    const found: OrderDoc[] = [];
    for (const id of ids) {
      const doc = await Order.findOne({ _id: id }).lean<OrderDoc>();
      if (doc !== null) found.push(doc);
    }
    return found;
  };

  return {
    async insert(claims, sale, confirmedAt) {
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
    },
    async byId(id) {
      const doc = await Order.findOne({ _id: id }).lean<OrderDoc>();
      return doc && read(doc);
    },
    async ofCustomer(customerId) {
      const known = scans ? await byTheirIds(customerId) : null;
      const docs = known ?? (await Order.find({ customerId }).lean<OrderDoc[]>());
      return docs.map(read).sort((a, b) => b.claimedAt - a.claimedAt);
    },
    async pageOfCustomer(customerId, { before, limit }) {
      const { filter, order } = newestFirst('claimedAt', before, { customerId });
      const docs = await Order.find(filter)
        .sort(order)
        .limit(limit + 1)
        .lean<OrderDoc[]>();
      const { rows, next } = pageOf(docs, limit, (doc) => doc.claimedAt);
      return { orders: rows.map(read), next };
    },
    search: (wanted) => searchOrders(models, wanted, numberOrder),
    // Each customer's first unit has the number 1.
    customersIn: (saleId) => Order.countDocuments({ saleId, n: 1 }),
    async *ofSale(saleId) {
      for await (const doc of Order.find({ saleId }).lean<OrderDoc>().cursor({ batchSize: 1000 })) {
        yield read(doc as OrderDoc);
      }
    },
    async *claimedSince(saleIds, since) {
      const lately = { saleId: { $in: [...saleIds] }, claimedAt: { $gte: new Date(since) } };
      for await (const doc of Order.find(lately).lean<OrderDoc>().cursor({ batchSize: 1000 })) {
        yield read(doc as OrderDoc);
      }
    },
    page: (wanted) => ordersPage(models, wanted, numberOrder),
    active: (saleId, perCustomer) => activeOrders(models, saleId, perCustomer),
    async cancel(id, at) {
      const doc = await Order.findOne({ _id: id }).lean<OrderDoc>();
      if (doc === null) return null;
      // Written again where it is cancelled already: the answer to an earlier attempt may have been lost before a majority had the change, and
      // before the customer's total was set.
      const cancelledAt = doc.cancelledAt ?? new Date(at);
      const change = { status: 'cancelled', cancelledAt, released: doc.seq } as const;
      await Order.updateOne({ _id: id }, { $set: change }, { writeConcern: durable });
      await refreshTotals(models, [doc.customerId]);
      return read({ ...doc, ...change });
    },
    countPurchases: (written) => countPurchases(models, written),
    async recount(saleId, after) {
      const { rows, next } = await wrongTotalsAfter(models, saleId, after, { scans });
      await refreshTotals(
        models,
        rows.map((row) => row.customerId),
      );
      return next;
    },
    async totalPurchases(customerId) {
      const customer = await Customer.findOne({ _id: customerId }).lean();
      return customer?.totalPurchases ?? 0;
    },
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
