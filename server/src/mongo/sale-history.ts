import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { planResult } from '../sale/plan-result.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant, saleStatus } from '../sale/sale.ts';
import { isCalledOff } from '../sale/steps.ts';
import type { PlanStore, SaleHistory } from '../sale/store-ports.ts';
import type { Models, OrderDoc, SaleDoc, SaleRevisionDoc } from './models.ts';
import { newestFirst, pageOf } from './page-by-time.ts';
import { termsOf } from './sale-terms.ts';

type HistoryModels = Pick<Models, 'Sale' | 'SaleRevision' | 'Order'>;

/** What came of each sale, counted from its orders. */
export function createSaleHistory(
  models: HistoryModels,
  plans: Pick<PlanStore, 'all'>,
  clock: Clock,
): SaleHistory {
  const { Sale, Order } = models;

  const countByStatus = async (ids: readonly string[], status: OrderDoc['status']) => {
    const rows = await Order.aggregate<{ _id: string; count: number }>([
      { $match: { saleId: { $in: ids }, status } },
      { $group: { _id: '$saleId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map((row) => [row._id, row.count]));
  };

  return {
    async page({ before, limit }) {
      const { filter, order } = newestFirst('createdAt', before, {});
      const docs = await Sale.find(filter)
        .sort(order)
        .limit(limit + 1)
        .lean<SaleDoc[]>();
      const { rows, next } = pageOf(docs, limit, (doc) => doc.createdAt);
      const ids = rows.map((doc) => doc._id);
      const [standing, cancelled] = await Promise.all([
        countByStatus(ids, 'confirmed'),
        countByStatus(ids, 'cancelled'),
      ]);
      const planned = before === undefined ? (await plans.all()).map(planResult).reverse() : [];
      const sales: SaleResult[] = [];
      // One after the other: a page of results is in no hurry, and the orders of a sale that is on may be.
      for (const doc of rows) {
        sales.push(
          await resultOf(models, doc, standing.get(doc._id) ?? 0, cancelled.get(doc._id) ?? 0, clock.now()),
        );
      }
      return { sales: [...planned, ...sales], next };
    },
    async planned() {
      return { sales: (await plans.all()).map(planResult), next: null };
    },
  };
}

async function resultOf(
  { SaleRevision, Order }: HistoryModels,
  doc: SaleDoc,
  orders: number,
  cancelled: number,
  nowMs: number,
): Promise<SaleResult> {
  const newest = await SaleRevision.findOne({ saleId: doc._id })
    .sort({ revision: -1 })
    .lean<SaleRevisionDoc>();
  if (newest === null) throw new Error(`sale ${doc._id} has no terms`);
  const terms = termsOf(newest);
  const soldOut = orders >= terms.quantity;
  const last = soldOut
    ? await Order.findOne({ saleId: doc._id, status: 'confirmed' }).sort({ claimedAt: -1 }).lean<OrderDoc>()
    : null;
  const soldOutAt = last?.claimedAt.getTime() ?? null;
  return {
    id: doc._id,
    product: { name: doc.name, price: doc.price },
    quantity: terms.quantity,
    perCustomer: doc.perCustomer,
    simulated: doc.simulated ?? false,
    status: isCalledOff(terms, nowMs) ? 'called_off' : saleStatus(terms, terms.quantity - orders, nowMs),
    version: terms.revision,
    startsAt: isoInstant(terms.startsAt),
    endsAt: terms.endsAt === null ? null : isoInstant(terms.endsAt),
    reason: terms.reason,
    createdAt: isoInstant(doc.createdAt.getTime()),
    createdBy: doc.createdBy,
    orders,
    cancelled,
    soldOutAt: soldOutAt === null ? null : isoInstant(soldOutAt),
    soldOutAfterMs: soldOutAt === null ? null : Math.max(0, soldOutAt - terms.startsAt),
  };
}
