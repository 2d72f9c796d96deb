import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { Successor } from '../sale/store-ports.ts';

export type OperatorRefusal = {
  code:
    | 'not_found'
    | 'conflict'
    | 'invalid_request'
    | 'invalid_price'
    | 'variant_required'
    | 'unknown_variant'
    | 'redis_unsafe'
    | 'database_full'
    | 'no_payment_provider'
    | 'unavailable';
  message: string;
  /** For a conflict: what has changed the sale since the version that the operator knew. */
  changed?: OperatorAction[];
};
export type SaleOutcome = { ok: true } | ({ ok: false } & OperatorRefusal);

/** The operator, and the version of the sale that they have seen; null: any version. */
export interface OperatorRequest {
  by: string;
  expectedVersion: ExpectedVersion | null;
}
export interface ExpectedVersion {
  saleId?: string | undefined;
  version: number;
}

/** Whether the sale still has the version that the operator saw. */
export function hasExpectedVersion(sale: SaleRecord, expected: ExpectedVersion): boolean {
  return sale.terms.revision === expected.version && (expected.saleId ?? sale.id) === sale.id;
}

/** It takes the page as arranged: from then on it can be steered, and replaced. */
export function isAhead(successor: Successor | null, nowMs: number): boolean {
  return successor !== null && successor.takesOverAt > nowMs;
}

export const takesOverSoon = {
  ok: false,
  code: 'conflict',
  message: 'A planned sale is about to be published. Try again in a few seconds.',
} as const;
