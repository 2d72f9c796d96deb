import type { SaleEpoch } from '../sale/ledger-ports.ts';
import type { SaleRecord, SaleTerms } from '../sale/sale.ts';
import type { RevisionEntry, SaleStore } from '../sale/store-ports.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models, SaleDoc, SaleRevisionDoc } from './models.ts';
import { termsOf } from './sale-terms.ts';

export function createSaleStore({ Product, Sale, SaleRevision, SaleEpoch }: Models): SaleStore {
  const withTerms = async (doc: SaleDoc | null): Promise<SaleRecord | null> => {
    if (doc === null) return null;
    const newest = await SaleRevision.findOne({ saleId: doc._id })
      .sort({ revision: -1 })
      .lean<SaleRevisionDoc>();
    // A sale is inserted after its first revision, so one without is not a sale yet.
    return newest && toRecord(doc, newest);
  };

  const insertRevision = async (
    saleId: string,
    terms: SaleTerms,
    { action, by, at }: RevisionEntry,
  ): Promise<void> => {
    await new SaleRevision({
      _id: `${saleId}:${terms.revision}`,
      saleId,
      revision: terms.revision,
      quantity: terms.quantity,
      startsAt: new Date(terms.startsAt),
      endsAt: terms.endsAt === null ? null : new Date(terms.endsAt),
      paused: terms.paused,
      reason: terms.reason,
      action,
      by,
      at: new Date(at),
    }).save(durable);
  };

  return {
    async current() {
      return withTerms(await Sale.findOne({}).sort({ createdAt: -1, _id: -1 }).lean<SaleDoc>());
    },
    async byId(id) {
      return withTerms(await Sale.findOne({ _id: id }).lean<SaleDoc>());
    },
    async create(sale, by) {
      const productId = sale.product.name.toLowerCase();
      await Product.updateOne(
        { _id: productId },
        { $set: { name: sale.product.name, price: sale.product.price } },
        { upsert: true },
      );
      try {
        await insertRevision(sale.id, sale.terms, { action: 'start', by, at: sale.createdAt });
      } catch (error) {
        // Of somebody who is making the same sale, or who died at it; the sale itself decides.
        if (!isDuplicateKey(error)) throw error;
      }
      try {
        await new Sale({
          _id: sale.id,
          productId,
          name: sale.product.name,
          price: sale.product.price,
          perCustomer: sale.perCustomer,
          simulated: sale.simulated,
          createdAt: new Date(sale.createdAt),
          createdBy: by,
        }).save(durable);
        return 'created';
      } catch (error) {
        if (isDuplicateKey(error)) return 'exists';
        throw error;
      }
    },
    async revise(saleId, terms, entry) {
      try {
        await insertRevision(saleId, terms, entry);
        return 'revised';
      } catch (error) {
        if (isDuplicateKey(error)) return 'conflict';
        throw error;
      }
    },
    async epoch(saleId) {
      const newest = await SaleEpoch.findOne({ saleId }).sort({ epoch: -1 }).lean();
      return newest?.epoch ?? 0;
    },
    async takeEpoch({ saleId, epoch }: SaleEpoch) {
      try {
        await new SaleEpoch({ _id: `${saleId}:${epoch}`, saleId, epoch, at: new Date() }).save(durable);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}

function toRecord(doc: SaleDoc, newest: SaleRevisionDoc): SaleRecord {
  return {
    id: doc._id,
    product: { name: doc.name, price: doc.price },
    perCustomer: doc.perCustomer,
    // Sales of before there were simulated ones do not say.
    simulated: doc.simulated ?? false,
    createdAt: doc.createdAt.getTime(),
    terms: termsOf(newest),
  };
}
