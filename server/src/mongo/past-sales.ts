import type { PastSales } from '../sale/store-ports.ts';
import type { Models } from './models.ts';
import { newestFirst, pageOf } from './page-by-time.ts';

/** Past sales with their state, in two queries per page, however many there are. */
export function createPastSales({
  Sale,
  SaleEpoch,
  Seal,
}: Pick<Models, 'Sale' | 'SaleEpoch' | 'Seal'>): PastSales {
  return {
    async page({ before, limit }) {
      const { filter, order } = newestFirst('createdAt', before, {});
      const found = await Sale.find(filter, { createdAt: 1 })
        .sort(order)
        .limit(limit + 1)
        .lean();
      const { rows, next } = pageOf(found, limit, (doc) => doc.createdAt);
      const saleId = { $in: rows.map((doc) => doc._id) };
      const [epochs, sealed] = await Promise.all([
        SaleEpoch.find({ saleId }, { saleId: 1, epoch: 1 }).lean(),
        Seal.distinct('saleId', { saleId }),
      ]);
      const newest = new Map<string, number>();
      for (const each of epochs) newest.set(each.saleId, Math.max(newest.get(each.saleId) ?? 0, each.epoch));
      return {
        sales: rows.map(({ _id }) => ({
          ...{ saleId: _id, epoch: newest.get(_id) ?? 0, sealed: sealed.includes(_id) },
        })),
        next,
      };
    },
  };
}
