import type { KeyObject } from 'node:crypto';
import { hmacSha256 } from '../shared/hmac.ts';

/** Crockford's base32: no I, L, O and U, so that a number can be read aloud and written down. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'FZ';
/** 60 bits. Two of a million orders share a number with a chance of 1 in 2.3 million; of ten million, 1 in 23,000. */
const digits = 12;
const group = /.{4}(?=.)/g;
/** As people type it: in any case, with other separators or none, with letters that look like digits. */
const typed = /^(?:FZ)?([0-9A-TV-Z]{12})$/;

/** Gives an order's number by the order's id. */
export type NumberOrder = (orderId: string) => string;

/**
 * The number that people use for an order: `FZ-7K3M-Q2XV-9DTR`. It is a MAC of the order's id, so every node gives the same one without asking,
 * and no one can guess another order's or read anything from it.
 */
export function createNumberOrder(key: KeyObject): NumberOrder {
  return (orderId) => {
    const mac = hmacSha256(key, `order number\0${orderId}`).subarray(0, digits);
    const text = Array.from(mac, (byte) => alphabet[byte % alphabet.length]).join('');
    return `${prefix}-${text.replace(group, '$&-')}`;
  };
}

/** The number that a text is meant to be; null for anything else. */
export function readOrderNumber(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  const found = typed.exec(plain)?.[1];
  if (found === undefined) return null;
  const read = found.replace(/[IL]/g, '1').replaceAll('O', '0');
  return `${prefix}-${read.replace(group, '$&-')}`;
}
