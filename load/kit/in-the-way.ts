import type { Sale } from '@flipzon/protocol/schemas.ts';

/** Why a new sale is not started on that shop without --replace: it would end one that is on, or about to be. Null: nothing is in the way. */
export function inTheWay(sale: Sale | null, url: string): string | null {
  if (sale === null || sale.status === 'ended' || sale.status === 'sold_out') return null;
  const { id, product, status, startsAt } = sale;
  const what = status === 'scheduled' ? `opens at ${startsAt}` : `is ${status}`;
  return `The shop at ${url} has a sale that ${what}: ${product.name} (${id}). This run would end it for good; add --replace to do so.`;
}
