import type { SaleTerms } from '../sale/sale.ts';
import type { RevisionEntry } from '../sale/store-ports.ts';
import type { SaleRevisionDoc } from './models.ts';

export function termsOf(doc: SaleRevisionDoc): SaleTerms {
  return {
    revision: doc.revision,
    quantity: doc.quantity,
    startsAt: doc.startsAt.getTime(),
    endsAt: doc.endsAt?.getTime() ?? null,
    paused: doc.paused,
    reason: doc.reason,
    ...(doc.details === undefined ? {} : { details: doc.details }),
    ...(doc.variants && { variants: doc.variants }),
    ...(doc.presale && { presale: doc.presale }),
  };
}

export function revisionOf(
  saleId: string,
  { revision, quantity, startsAt, endsAt, paused, reason, details, variants, presale }: SaleTerms,
  { action, by, at }: RevisionEntry,
): SaleRevisionDoc {
  return {
    _id: `${saleId}:${revision}`,
    ...{ saleId, revision, quantity, paused, reason, action, by },
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    ...(details && { details }),
    ...(variants && { variants }),
    ...(presale && { presale }),
    at: new Date(at),
  };
}
