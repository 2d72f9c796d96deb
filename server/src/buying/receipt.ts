import type { KeyObject } from 'node:crypto';
import type { Money } from '@flipzon/protocol/money.ts';
import { receiptLengthMax, receiptsMax } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { Claim } from '../sale/order.ts';
import type { ReceiptKeys } from '../sale/ports.ts';
import { fromBase64url } from '../shared/base64url.ts';
import { hmacSha256, isMacOf } from '../shared/hmac.ts';

const claimed = [
  z.string().min(1).max(48),
  z.string().min(1).max(128),
  z.int().min(1),
  z.int().min(1),
  z.int().min(1),
  z.int().min(0),
  z.string().min(1).max(128),
] as const;
const content = z.union([
  // Of versions before sales had a currency.
  z.tuple([z.literal(1), ...claimed]),
  z.tuple([z.literal(2), ...claimed, z.int().min(0), z.string().length(3)]),
]);

/**
 * Proof that a claim was made: sale, customer, which of their units, unit, claim number (which names the epoch), time, request and price, under
 * an HMAC. It is the same for the same claim, so a request that is answered again gets the same receipt.
 */
export function signReceipt(claim: Claim, price: Money, key: KeyObject): string {
  const { saleId, customerId, slot, unit, seq, claimedAt, requestId } = claim;
  const { minor, currency } = price;
  const text = JSON.stringify([
    2,
    saleId,
    customerId,
    slot,
    unit,
    seq,
    claimedAt,
    requestId,
    minor,
    currency,
  ]);
  return `${Buffer.from(text).toString('base64url')}.${hmacSha256(key, text).toString('base64url')}`;
}

/** Null for anything but a receipt that was signed with one of `keys`. */
export function readReceipt(receipt: string, keys: readonly KeyObject[]): Claim | null {
  if (receipt.length > receiptLengthMax) return null;
  const [encoded = '', signature = '', ...more] = receipt.split('.');
  if (more.length > 0) return null;
  const text = fromBase64url(encoded)?.toString();
  if (text === undefined || !isMacOf(text, signature, keys)) return null;
  const parsed = content.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const [, saleId, customerId, slot, unit, seq, claimedAt, requestId] = parsed.data;
  return { saleId, customerId, slot, unit, seq, claimedAt, requestId, arrivedAt: 0 };
}

/** The customer's own claims among the receipts that were presented; others are ignored. */
export function ownReceipts(given: unknown, customerId: string, keys: ReceiptKeys): Claim[] {
  if (!Array.isArray(given)) return [];
  return given
    .slice(0, receiptsMax)
    .map((receipt: unknown) => (typeof receipt === 'string' ? readReceipt(receipt, keys) : null))
    .filter((claim) => claim !== null)
    .filter((claim) => claim.customerId === customerId);
}
