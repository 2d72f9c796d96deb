import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import { needsCode, type Presale } from '../sale/sale.ts';
import type { OperatorRefusal } from './outcome.ts';

/** Undefined: no one needs a code. */
export function parsePresale(
  wanted: StartBody['presale'],
  startsAt: number,
): Presale | OperatorRefusal | undefined {
  if (wanted == null) return undefined;
  const codesUntil = wanted.codesUntil === null ? null : Date.parse(wanted.codesUntil);
  if (codesUntil !== null && codesUntil < startsAt) return endsTooEarly;
  return { codesUntil };
}

/** Later ones have a year of five digits, which no answer can have. */
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Of a sale whose opening has moved from `startsAt`: a presale that is not over lasts as long as it was to last. */
export function movedPresale(
  { presale, startsAt }: { presale?: Presale | undefined; startsAt: number },
  to: number,
  nowMs: number,
): Presale | undefined {
  if (presale === undefined || presale.codesUntil === null || !needsCode({ presale }, nowMs)) return presale;
  return { codesUntil: Math.min(presale.codesUntil + (to - startsAt), lastInstant) };
}

const endsTooEarly = {
  code: 'invalid_request',
  message: 'The presale ends before the sale opens. Choose a later end.',
} as const;
