import type { SaleTerms } from '../sale/sale.ts';
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
  };
}
