import type { OperatorAction, OperatorActionName } from '@flipzon/protocol/operator.ts';
import { isoInstant, type SaleTerms } from './sale.ts';

/** One change of a sale's terms, as it was written down with them. */
export interface TermsChange {
  saleId: string;
  action: OperatorActionName;
  by: string;
  at: number;
  /** Null: the sale began with these. */
  before: SaleTerms | null;
  after: SaleTerms;
}

export function actionOfTerms({ saleId, action, by, at, before, after }: TermsChange): OperatorAction {
  return {
    id: `${saleId}:${after.revision}`,
    saleId,
    version: after.revision,
    action,
    by,
    at: isoInstant(at),
    reason: after.reason,
    order: null,
    changes: changesOf(before, after),
    // The new terms are in force by being written; there is nothing that could be missing.
    outcome: 'done',
  };
}

const shownTerms = {
  quantity: (terms: SaleTerms) => terms.quantity,
  startsAt: (terms: SaleTerms) => isoInstant(terms.startsAt),
  endsAt: (terms: SaleTerms) => (terms.endsAt === null ? null : isoInstant(terms.endsAt)),
  paused: (terms: SaleTerms) => terms.paused,
  reason: (terms: SaleTerms) => terms.reason,
};

function changesOf(before: SaleTerms | null, after: SaleTerms): OperatorAction['changes'] {
  return Object.entries(shownTerms).flatMap(([field, of]) => {
    const [was, is] = [before === null ? null : of(before), of(after)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}
