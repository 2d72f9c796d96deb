import type { SaleTerms } from '../sale/sale.ts';
import type { RevisionEntry } from '../sale/store-ports.ts';
import { offerIn } from './offer-fields.ts';
import type { SaleModels, SaleRevisionDoc } from './sale-models.ts';

export function termsOf(doc: SaleRevisionDoc): SaleTerms {
  return {
    revision: doc.revision,
    quantity: doc.quantity,
    startsAt: doc.startsAt.getTime(),
    endsAt: doc.endsAt?.getTime() ?? null,
    paused: doc.paused,
    reason: doc.reason,
    ...offerIn(doc),
  };
}

export function revisionOf(
  saleId: string,
  { revision, quantity, startsAt, endsAt, paused, reason, ...offered }: SaleTerms,
  { action, by, at }: RevisionEntry,
): SaleRevisionDoc {
  return {
    _id: `${saleId}:${revision}`,
    ...{ saleId, revision, quantity, paused, reason, action, by },
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    ...offerIn(offered),
    at: new Date(at),
  };
}

/** One query for all of them: FerretDB reads the whole collection for each. */
export async function newestRevisions(
  { SaleRevision }: Pick<SaleModels, 'SaleRevision'>,
  saleIds: readonly string[],
): Promise<Map<string, SaleRevisionDoc>> {
  return newestOfEach(await SaleRevision.find({ saleId: { $in: saleIds } }).lean<SaleRevisionDoc[]>());
}

/** By sale. */
export function newestOfEach(docs: readonly SaleRevisionDoc[]): Map<string, SaleRevisionDoc> {
  const newest = new Map<string, SaleRevisionDoc>();
  for (const doc of docs) {
    if (doc.revision > (newest.get(doc.saleId)?.revision ?? 0)) newest.set(doc.saleId, doc);
  }
  return newest;
}
