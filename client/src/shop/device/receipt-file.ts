import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Texts } from '../../text/english.ts';

/** The file that a customer can save: the order, and the shop's signature over the claim. */
export function receiptFile(
  order: Order,
  receipt: string | null,
  shop: string,
  texts: Texts,
): { name: string; text: string } {
  const content = {
    shop,
    order,
    receipt,
    note: receipt === null ? texts.receipt.elsewhere : texts.receipt.explained,
  };
  const safe = order.id.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 80);
  return { name: `flipzon-receipt-${safe}.json`, text: `${JSON.stringify(content, null, 2)}\n` };
}
