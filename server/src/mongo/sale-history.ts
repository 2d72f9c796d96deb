import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { planResult } from '../operator/plan-result.ts';
import { isCalledOff } from '../operator/steps.ts';
import type { Clock } from '../sale/ports.ts';
import { shownProduct } from '../sale/product.ts';
import { isoInstant, paymentView, presaleView, type SaleTerms, saleStatus } from '../sale/sale.ts';
import type { PlanStore, SaleHistory } from '../sale/store-ports.ts';
import { shownVariant } from '../sale/variant.ts';
import type { Models, OrderDoc } from './models.ts';
import { newestFirst, pageOf } from './page-by-time.ts';
import { productOf } from './priced-doc.ts';
import type { SaleDoc } from './sale-models.ts';
import { newestRevisions, termsOf } from './sale-terms.ts';

type HistoryModels = Pick<Models, 'Sale' | 'SaleRevision' | 'Order' | 'Seal'>;

/** The result of each sale, counted from its orders. */
export function createSaleHistory(
  models: HistoryModels,
  plans: Pick<PlanStore, 'all' | 'drafts'>,
  clock: Clock,
): SaleHistory {
  const { Sale } = models;
  return {
    async page({ before, limit }) {
      const { filter, order } = newestFirst('createdAt', before, {});
      const docs = await Sale.find(filter)
        .sort(order)
        .limit(limit + 1)
        .lean<SaleDoc[]>();
      const { rows, next } = pageOf(docs, limit, (doc) => doc.createdAt);
      const ids = rows.map((doc) => doc._id);
      const [counts, revisions, lastClaims] = await Promise.all([
        countOrders(models, ids),
        newestRevisions(models, ids),
        lastSealedClaims(models, ids),
      ]);
      const planned = before === undefined ? (await plans.all()).map(planResult).reverse() : [];
      const sales: SaleResult[] = [];
      for (const [index, doc] of rows.entries()) {
        const revision = revisions.get(doc._id);
        if (revision === undefined) throw new Error(`sale ${doc._id} has no terms`);
        const terms = termsOf(revision);
        const orders = counts.get(`${doc._id} confirmed`) ?? 0;
        // The current sale may sell again, and is sealed a little later; it is the newest, or the one before it.
        const sealed = before === undefined && index < 2 ? undefined : lastClaims.get(doc._id);
        const soldOutAt = orders < terms.quantity ? null : (sealed ?? (await lastClaimOf(models, doc._id)));
        const cancelled = counts.get(`${doc._id} cancelled`) ?? 0;
        sales.push(resultOf(doc, terms, { orders, cancelled, soldOutAt }, clock.now()));
      }
      return { sales: [...planned, ...sales], next };
    },
    async planned() {
      return { sales: (await plans.all()).map(planResult), next: null };
    },
    async drafts() {
      return { sales: (await plans.drafts()).map(planResult), next: null };
    },
    async names(saleIds) {
      const ids = [...new Set(saleIds)];
      const [docs, revisions] = await Promise.all([
        Sale.find({ _id: { $in: ids } }).lean<SaleDoc[]>(),
        newestRevisions(models, ids),
      ]);
      return docs.map((doc) => {
        const revision = revisions.get(doc._id);
        const details = revision === undefined ? undefined : termsOf(revision).details;
        return { id: doc._id, name: shownProduct(productOf(doc), details).name };
      });
    },
  };
}

/** By sale and status. */
async function countOrders({ Order }: HistoryModels, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await Order.aggregate<{ _id: { saleId: string; status: string }; count: number }>([
    { $match: { saleId: { $in: ids } } },
    { $group: { _id: { saleId: '$saleId', status: '$status' }, count: { $sum: 1 } } },
  ]);
  return new Map(rows.map(({ _id, count }) => [`${_id.saleId} ${_id.status}`, count]));
}

/** The time of the last claim of sold-out sales, from their newest seals. */
async function lastSealedClaims(
  { Seal }: HistoryModels,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const seals = await Seal.find({ saleId: { $in: ids } }, { saleId: 1, version: 1, quantity: 1, figures: 1 })
    .sort({ version: 1 })
    .lean();
  const newest = new Map(seals.map((seal) => [seal.saleId, seal]));
  const soldOut = [...newest.values()].filter(({ quantity, figures }) => figures.confirmed === quantity);
  return new Map(soldOut.map(({ saleId, figures }) => [saleId, figures.lastClaimAt ?? 0]));
}

async function lastClaimOf({ Order }: HistoryModels, saleId: string): Promise<number | null> {
  const last = await Order.findOne({ saleId, status: 'confirmed' }).sort({ claimedAt: -1 }).lean<OrderDoc>();
  return last?.claimedAt.getTime() ?? null;
}

function resultOf(
  doc: SaleDoc,
  terms: SaleTerms,
  { orders, cancelled, soldOutAt }: { orders: number; cancelled: number; soldOutAt: number | null },
  nowMs: number,
): SaleResult {
  return {
    id: doc._id,
    product: shownProduct(productOf(doc), terms.details),
    ...(terms.variants && { variants: terms.variants.map(shownVariant) }),
    ...(terms.presale && { presale: presaleView(terms.presale) }),
    ...paymentView(terms.payment),
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
