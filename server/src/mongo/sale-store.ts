import type { SaleEpoch } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { SaleStore, Successor } from '../sale/store-ports.ts';
import { createSale } from './create-sale.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { NewestNumbered } from './newest-numbered.ts';
import { productOf } from './priced-doc.ts';
import type { SaleDoc, SaleEpochDoc, SaleRevisionDoc } from './sale-models.ts';
import { newestRevisions, revisionOf, termsOf } from './sale-terms.ts';

export function createSaleStore(models: Models, clock: Clock = { now: Date.now }): SaleStore {
  const { Sale, SaleRevision, SaleEpoch } = models;
  const revisions = new NewestNumbered<SaleRevisionDoc>(
    (saleId) => SaleRevision.findOne({ saleId }).sort({ revision: -1 }).lean<SaleRevisionDoc>(),
    ({ saleId, revision }) =>
      SaleRevision.findOne({ _id: `${saleId}:${revision + 1}` }).lean<SaleRevisionDoc>(),
  );
  const epochs = new NewestNumbered<SaleEpochDoc>(
    (saleId) => SaleEpoch.findOne({ saleId }).sort({ epoch: -1 }).lean<SaleEpochDoc>(),
    ({ saleId, epoch }) => SaleEpoch.findOne({ _id: `${saleId}:${epoch + 1}` }).lean<SaleEpochDoc>(),
  );
  const newestTwo = () => Sale.find({}).sort({ createdAt: -1, _id: -1 }).limit(2).lean<SaleDoc[]>();

  const withTerms = async (doc: SaleDoc | null): Promise<SaleRecord | null> => {
    if (doc === null) return null;
    const newest = await revisions.of(doc._id);
    // A sale is inserted after its first revision, so one without is not a sale yet.
    return newest && toRecord(doc, newest);
  };

  const currentOf = async ([newest, before]: readonly SaleDoc[]): Promise<SaleRecord | null> => {
    const waits = (newest?.takesOverAt?.getTime() ?? 0) > clock.now();
    return withTerms((waits ? before : newest) ?? null);
  };
  const successorOf = async ([newest, before]: readonly SaleDoc[]): Promise<Successor | null> => {
    if (newest?.takesOverAt == null) return null;
    const sale = await withTerms(newest);
    return sale && { sale, takesOverAt: newest.takesOverAt.getTime(), replacedId: before?._id ?? null };
  };

  return {
    current: async () => currentOf(await newestTwo()),
    successor: async () => successorOf(await newestTwo()),
    async onShow() {
      const newest = await newestTwo();
      return { current: await currentOf(newest), successor: await successorOf(newest) };
    },
    async tookOver(saleId) {
      await Sale.updateOne({ _id: saleId }, { $set: { takesOverAt: null } }, { writeConcern: durable });
    },
    async byId(id) {
      return withTerms(await Sale.findOne({ _id: id }).lean<SaleDoc>());
    },
    async before({ id, createdAt }, since) {
      const earlier: SaleDoc[] = [];
      const notLater = Sale.find({ createdAt: { $lte: new Date(createdAt) } }).sort({
        createdAt: -1,
        _id: -1,
      });
      for await (const doc of notLater.lean<SaleDoc>().cursor()) {
        const { _id, createdAt: made } = doc as SaleDoc;
        if (_id === id || (made.getTime() === createdAt && _id > id)) continue;
        earlier.push(doc as SaleDoc);
        // It was on the page then, and earlier sales no longer were.
        if (made.getTime() <= since) break;
      }
      const newest = await newestRevisions(
        models,
        earlier.map(({ _id }) => _id),
      );
      return earlier.flatMap((doc) => {
        const revision = newest.get(doc._id);
        return revision === undefined ? [] : toRecord(doc, revision);
      });
    },
    create: (sale, by, replacedId) => createSale(models, sale, by, replacedId),
    async revise(saleId, terms, entry) {
      const revision = new SaleRevision(revisionOf(saleId, terms, entry));
      return (await unlessThere(revision.save(durable))) ? 'revised' : 'conflict';
    },
    async windows(saleId) {
      const docs = await SaleRevision.find({ saleId }).sort({ revision: 1 }).lean<SaleRevisionDoc[]>();
      return docs.map((doc) => {
        const { startsAt, endsAt, paused } = termsOf(doc);
        return { from: doc.at.getTime(), startsAt, endsAt, paused };
      });
    },
    async epoch(saleId) {
      return (await epochs.of(saleId))?.epoch ?? 0;
    },
    async takeEpoch({ saleId, epoch }: SaleEpoch) {
      const doc = { _id: `${saleId}:${epoch}`, saleId, epoch, at: new Date() };
      return unlessThere(new SaleEpoch(doc).save(durable));
    },
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
