import type { KeyObject } from 'node:crypto';
import { base32, inGroups, readBase32 } from '../shared/base32.ts';
import { hmacSha256 } from '../shared/hmac.ts';

const prefix = 'FZ';
/** 60 bits. Two of a million orders share a number with a chance of 1 in 2.3 million; of ten million, 1 in 23,000. */
const digits = 12;
const typed = /^(?:FZ)?([0-9A-HJKMNP-TV-Z]{12})$/;

/** Gives an order's number by the order's id. */
export type NumberOrder = (orderId: string) => string;

/**
 * The number that people use for an order: `FZ-7K3M-Q2XV-9DTR`. It is a MAC of the order's id, so every node gives the same one without asking,
 * and no one can guess another order's or read anything from it.
 */
export function createNumberOrder(key: KeyObject): NumberOrder {
  return (orderId) => {
    const mac = hmacSha256(key, `order number\0${orderId}`).subarray(0, digits);
    return `${prefix}-${inGroups(base32(mac))}`;
  };
}

/** The number that a text is meant to be; null for anything else. */
export function readOrderNumber(text: string): string | null {
  const found = typed.exec(readBase32(text))?.[1];
  return found === undefined ? null : `${prefix}-${inGroups(found)}`;
}
