import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Language } from '../text/language.ts';
import { lowestPrice } from './model/variants.ts';

type Words = Pick<Language, 'texts' | 'formats'>;

/** What the product costs, or from what on where its variants differ. */
export function salePrice(sale: Sale, { texts, formats }: Words): string {
  const { price, isLowest } = lowestPrice(sale);
  return isLowest ? texts.variants.from(formats.price(price)) : formats.price(price);
}

/** How many units there are in all, and at which price: variants may have prices of their own. */
export function saleOffer({ quantity, product, variants }: Sale, { texts, formats }: Words): string {
  const count = formats.number(quantity);
  return variants === undefined
    ? texts.unitsForSale(quantity, count, formats.price(moneyOf(product)))
    : texts.unitsInAll(quantity, count);
}
