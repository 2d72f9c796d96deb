import { moneyOf, priced } from '@flipzon/protocol/money.ts';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import { firstTerms, type SaleRecord, type SaleTerms } from '../sale/sale.ts';
import type { RevisionEntry, SaleStore } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { offerIn } from './offer-fields.ts';
import { productOf } from './priced-doc.ts';
import type { SaleDoc, SaleRevisionDoc, SaleSuccessionDoc } from './sale-models.ts';
import { revisionOf, termsOf } from './sale-terms.ts';

export function createSaleStore(
  { Product, Sale, SaleRevision, SaleEpoch, SaleSuccession }: Models,
  clock: Clock = { now: Date.now },
): SaleStore {
  const newestTwo = () => Sale.find({}).sort({ createdAt: -1, _id: -1 }).limit(2).lean<SaleDoc[]>();

  const withTerms = async (doc: SaleDoc | null): Promise<SaleRecord | null> => {
    if (doc === null) return null;
    const newest = await SaleRevision.findOne({ saleId: doc._id })
      .sort({ revision: -1 })
      .lean<SaleRevisionDoc>();
    // A sale is inserted after its first revision, so one without is not a sale yet.
    return newest && toRecord(doc, newest);
  };

  const insertRevision = (saleId: string, terms: SaleTerms, entry: RevisionEntry) =>
    new SaleRevision(revisionOf(saleId, terms, entry)).save(durable);

  /** Safe to repeat: a successor is made by the node that starts it, or by one that finds it unfinished. */
  const insertSale = async (from: SaleSuccessionDoc): Promise<void> => {
    const { name } = from;
    // A node of the version before may have made the successor, so its fields are not copied as they are.
    const price = priced(moneyOf(from));
    const productId = name.toLowerCase();
    await Product.updateOne({ _id: productId }, { $set: { name, ...price } }, { upsert: true });
    const { saleId, quantity, perCustomer, simulated, createdAt, createdBy } = from;
    const first = firstTerms({
      ...{ quantity, ...offerIn(from) },
      startsAt: from.startsAt.getTime(),
      endsAt: from.endsAt?.getTime() ?? null,
    });
    const entry: RevisionEntry = { action: 'start', by: createdBy, at: createdAt.getTime() };
    await unlessThere(insertRevision(saleId, first, entry));
    const { takesOverAt = null } = from;
    const doc = {
      ...{ _id: saleId, productId, name, ...price, perCustomer, simulated },
      ...{ createdAt, createdBy, takesOverAt },
    };
    await unlessThere(new Sale(doc).save(durable));
  };

  return {
    async current() {
      const [newest, before] = await newestTwo();
      const waits = (newest?.takesOverAt?.getTime() ?? 0) > clock.now();
      return withTerms((waits ? before : newest) ?? null);
    },
    async successor() {
      const [newest, before] = await newestTwo();
      if (newest?.takesOverAt == null) return null;
      const sale = await withTerms(newest);
      return sale && { sale, takesOverAt: newest.takesOverAt.getTime(), replacedId: before?._id ?? null };
    },
    async tookOver(saleId) {
      await Sale.updateOne({ _id: saleId }, { $set: { takesOverAt: null } }, { writeConcern: durable });
    },
    async byId(id) {
      return withTerms(await Sale.findOne({ _id: id }).lean<SaleDoc>());
    },
    async before({ id, createdAt }, since) {
      const found: SaleRecord[] = [];
      const notLater = Sale.find({ createdAt: { $lte: new Date(createdAt) } }).sort({
        createdAt: -1,
        _id: -1,
      });
      for await (const doc of notLater.lean<SaleDoc>().cursor()) {
        const { _id, createdAt: made } = doc as SaleDoc;
        if (_id === id || (made.getTime() === createdAt && _id > id)) continue;
        const sale = await withTerms(doc as SaleDoc);
        if (sale !== null) found.push(sale);
        // It was on the page then, and earlier sales no longer were.
        if (made.getTime() <= since) break;
      }
      return found;
    },
    async create(sale, by, replacedId) {
      const succession = successionOf(sale, by, replacedId);
      const won = await unlessThere(new SaleSuccession(succession).save(durable));
      // Where the place is free, the id is what is taken.
      const taken = won
        ? succession
        : ((await SaleSuccession.findOne({ _id: succession._id }).lean<SaleSuccessionDoc>()) ??
          (await SaleSuccession.findOne({ saleId: sale.id }).lean<SaleSuccessionDoc>()));
      if (taken === null) throw new Error(`the successor of ${succession._id} is gone`);
      if (taken._id === droppedPlace(sale.id)) return 'dropped';
      await insertSale(taken);
      return won ? 'created' : 'exists';
    },
    async revise(saleId, terms, entry) {
      return (await unlessThere(insertRevision(saleId, terms, entry))) ? 'revised' : 'conflict';
    },
    async windows(saleId) {
      const docs = await SaleRevision.find({ saleId }).sort({ revision: 1 }).lean<SaleRevisionDoc[]>();
      return docs.map((doc) => {
        const { startsAt, endsAt, paused } = termsOf(doc);
        return { from: doc.at.getTime(), startsAt, endsAt, paused };
      });
    },
    async epoch(saleId) {
      const newest = await SaleEpoch.findOne({ saleId }).sort({ epoch: -1 }).lean();
      return newest?.epoch ?? 0;
    },
    async takeEpoch({ saleId, epoch }: SaleEpoch) {
      const doc = { _id: `${saleId}:${epoch}`, saleId, epoch, at: new Date() };
      return unlessThere(new SaleEpoch(doc).save(durable));
    },
  };
}

/** A dropped plan takes its sale's id here, as a sale does that replaces another one. */
export function droppedPlace(planId: string): string {
  return `dropped:${planId}`;
}

export function successionOf(sale: SaleRecord, by: string, replacedId: string | null): SaleSuccessionDoc {
  const { product, terms, perCustomer, simulated } = sale;
  const { name, price } = product;
  return {
    _id: replacedId ?? 'first',
    saleId: sale.id,
    ...{ name, ...priced(price), perCustomer, simulated, quantity: terms.quantity },
    startsAt: new Date(terms.startsAt),
    endsAt: terms.endsAt === null ? null : new Date(terms.endsAt),
    createdAt: new Date(sale.createdAt),
    createdBy: by,
    takesOverAt: sale.takesOverAt == null ? null : new Date(sale.takesOverAt),
    ...offerIn(terms),
  };
}

function toRecord(doc: SaleDoc, newest: SaleRevisionDoc): SaleRecord {
  return {
    id: doc._id,
    product: { ...productOf(doc), name: newest.details?.name ?? doc.name },
    perCustomer: doc.perCustomer,
    // Sales from before this field existed do not have it.
    simulated: doc.simulated ?? false,
    createdAt: doc.createdAt.getTime(),
    takesOverAt: doc.takesOverAt?.getTime() ?? null,
    terms: termsOf(newest),
  };
}
