import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Language } from '../text/language.ts';
import { lowestPrice } from './model/variants.ts';

/** What the product costs, or from what on where its variants differ. */
export function salePrice(sale: Sale, { texts, formats }: Pick<Language, 'texts' | 'formats'>): string {
  const { price, isLowest } = lowestPrice(sale);
  return isLowest ? texts.variants.from(formats.price(price)) : formats.price(price);
}
