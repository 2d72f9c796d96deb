import { receiptsMax } from '@flipzon/protocol/schemas.ts';
import type { Claim } from '../sale/order.ts';
import type { ReceiptKeys } from '../sale/ports.ts';
import { readReceipt } from '../sale/receipt.ts';

/** The customer's own claims among the receipts of a handshake; whatever else was sent there is passed over. */
export function readReceipts(given: unknown, customerId: string, keys: ReceiptKeys): Claim[] {
  if (!Array.isArray(given)) return [];
  return given
    .slice(0, receiptsMax)
    .map((receipt: unknown) => (typeof receipt === 'string' ? readReceipt(receipt, keys) : null))
    .filter((claim) => claim !== null)
    .filter((claim) => claim.customerId === customerId);
}
