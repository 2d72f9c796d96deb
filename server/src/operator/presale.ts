import type { StartBody } from '@flipzon/protocol/schemas.ts';
import type { Presale } from '../sale/sale.ts';
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

const endsTooEarly = {
  code: 'invalid_request',
  message: 'The presale ends before the sale opens. Choose a later end.',
} as const;
