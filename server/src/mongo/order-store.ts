import { orderId } from '../sale/order.ts';
import type { NumberOrder } from '../sale/order-number.ts';
import type { OrderStore } from '../sale/store-ports.ts';
import { activeOrders } from './active-orders.ts';
import { countPurchases, refreshTotals, wrongTotalsAfter } from './customer-totals.ts';
import { durable } from './durable.ts';
import { createInsertOrders } from './insert-orders.ts';
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
  const { Order, Customer } = models;

  return {
    insert: createInsertOrders(Order, numberOrder),
    async byId(id) {
      const doc = await Order.findOne({ _id: id }).lean<OrderDoc>();
      return doc && read(doc);
    },
    async ofCustomer(customerId) {
      const known = scans ? await byTheirIds(models, customerId) : null;
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

/**
 * Reads them one after the other, so that each caller keeps one connection busy. Null: too many ids to read one by one; a scan of
 * all orders is then faster.
 */
async function byTheirIds(
  { Order, Sale }: Pick<Models, 'Order' | 'Sale'>,
  customerId: string,
): Promise<OrderDoc[] | null> {
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
}
