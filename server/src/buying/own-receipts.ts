import { receiptsMax } from '@flipzon/protocol/schemas.ts';
import type { Claim } from '../sale/order.ts';
import type { ReceiptKeys } from '../sale/ports.ts';
import { readReceipt } from './receipt.ts';

/** The customer's own claims among the receipts that were presented; whatever else is among them is passed over. */
export function ownReceipts(given: unknown, customerId: string, keys: ReceiptKeys): Claim[] {
  if (!Array.isArray(given)) return [];
  return given
    .slice(0, receiptsMax)
    .map((receipt: unknown) => (typeof receipt === 'string' ? readReceipt(receipt, keys) : null))
    .filter((claim) => claim !== null)
    .filter((claim) => claim.customerId === customerId);
}
