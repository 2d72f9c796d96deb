import { timingSafeEqual } from 'node:crypto';
import type { ReceiptKeys } from '../sale/ports.ts';
import { fromBase64url } from '../shared/base64url.ts';
import { hmacSha256 } from '../shared/hmac.ts';

/**
 * A text that only a node of this shop can have made, for a customer and until a time. It is signed with the receipts' keys, which all nodes share, and
 * begins with a purpose, so that a text for one purpose is not accepted for another.
 */
export function seal(purpose: string, customerId: string, until: number, keys: ReceiptKeys): string {
  return `${until.toString(36)}.${macOf(purpose, customerId, until, keys[0]).toString('base64url')}`;
}

export function isSealed(
  purpose: string,
  customerId: string,
  text: string,
  { keys, now }: { keys: ReceiptKeys; now: number },
): boolean {
  const match = /^([0-9a-z]{1,11})\.([\w-]{43})$/.exec(text);
  if (match === null) return false;
  const [, time = '', mac = ''] = match;
  const until = Number.parseInt(time, 36);
  const given = fromBase64url(mac);
  // Only the exact spelling that was given out passes.
  if (given === null || until.toString(36) !== time || until <= now) return false;
  return keys.some((key) => timingSafeEqual(macOf(purpose, customerId, until, key), given));
}

function macOf(purpose: string, customerId: string, until: number, key: ReceiptKeys[0]): Buffer {
  return hmacSha256(key, `${purpose}\n${until}\n${customerId}`);
}
