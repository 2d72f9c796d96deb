import type { OrderedProduct } from '@flipzon/protocol/schemas.ts';
import { shownProduct } from './product.ts';
import type { SaleRecord } from './sale.ts';

/** What a customer who has an order sees of its product. */
export function orderedProduct(sale: SaleRecord | null): OrderedProduct | null {
  if (sale === null) return null;
  const { name, images } = shownProduct(sale.product, sale.terms.details);
  const [image] = images ?? [];
  return { saleId: sale.id, name, ...(image !== undefined && { image }) };
}
