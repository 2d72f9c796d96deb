import { type ParsedPrice, parsePrice } from '@flipzon/protocol/money.ts';
import { decimalSign, ungrouped, withLatinDigits } from './whole-number.ts';

/**
 * Reads a price as the operator's language writes it: 1.299,99 in German, 1,299.99 in English. What cannot be read that way may still have the
 * signs of another language, as long as only one reading is possible.
 */
export function typedPrice(text: string, currency: string, locales: readonly string[]): ParsedPrice {
  const typed = withLatinDigits(text.trim());
  const decimal = asWritten(typed, decimalSign(locales)) ?? asWrittenElsewhere(typed);
  return decimal === null ? { ok: false, code: 'not_a_number' } : parsePrice(decimal, currency);
}

function asWritten(typed: string, sign: string): string | null {
  const [whole = '', fraction, ...more] = typed.split(sign);
  const digits = ungrouped(whole);
  const isRead = more.length === 0 && /^\d+$/.test(digits) && /^\d*$/.test(fraction ?? '');
  if (!isRead) return null;
  return fraction === undefined || fraction === '' ? digits : `${digits}.${fraction}`;
}

/** The last sign is the decimal one, and differs from those between groups. */
function asWrittenElsewhere(typed: string): string | null {
  const [, whole = '', sign = '', fraction = ''] = /^(\d.*?)?([.,٫])(\d+)$/.exec(typed) ?? [];
  const digits = ungrouped(whole);
  return whole.includes(sign) || !/^\d+$/.test(digits) ? null : `${digits}.${fraction}`;
}
