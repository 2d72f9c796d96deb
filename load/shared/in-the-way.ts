import type { Sale } from '@flipzon/protocol/schemas.ts';

/** Why a new sale needs --replace on that shop: it would end a sale that is on or about to open. Null if it does not. */
export function inTheWay(sale: Sale | null, url: string): string | null {
  if (sale === null || sale.status === 'ended' || sale.status === 'sold_out') return null;
  const { id, product, status, startsAt } = sale;
  const what = status === 'scheduled' ? `opens at ${startsAt}` : `is ${status}`;
  return `The shop at ${url} has a sale that ${what}: ${product.name} (${id}). This run would end it for good; add --replace to do so.`;
}
