import { currencyDecimals, type Money, parsePrice, priced } from '@flipzon/protocol/money.ts';
import type { ProductImage } from '@flipzon/protocol/product.ts';
import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import type { Product as WireProduct } from '@flipzon/protocol/schemas.ts';

/** What a sale sells. */
export interface Product {
  name: string;
  price: Money;
}

/** What shoppers see of the product beside its price. Until the opening, an operator may change it. */
export interface ProductDetails {
  /** Only where it is another one than the sale began with. */
  name?: string;
  description: string;
  images: readonly ProductImage[];
  /** The revision that has changed them last. */
  edition: number;
}

/** With `details`, as shoppers see it. Empty details are left out: a sale without any reads as it did before there were details. */
export function shownProduct({ name, price }: Product, details?: ProductDetails): WireProduct {
  return { name, ...priced(price), ...(details && shownDetails(details)) };
}

function shownDetails({ name, description, images, edition }: ProductDetails): Partial<WireProduct> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === '' ? {} : { description }),
    ...(images.length === 0 ? {} : { images: [...images] }),
    ...(description === '' && images.length === 0 ? {} : { edition }),
  };
}

/** What an operator asks to sell; `usualCurrency`: where they name none. */
export function parseProduct(
  body: Pick<StartBody, 'name' | 'price' | 'currency'>,
  usualCurrency: string,
): { ok: true; product: Product } | { ok: false; code: 'invalid_price'; message: string } {
  const { name, currency = usualCurrency } = body;
  const price = parsePrice(body.price, currency);
  if (price.ok) return { ok: true, product: { name, price: { minor: price.minor, currency } } };
  return { ok: false, code: 'invalid_price', message: priceMessage(currency) };
}

function priceMessage(currency: string): string {
  const decimals = currencyDecimals(currency);
  if (decimals === 0) return `A price in ${currency} has no decimals. Use a whole number.`;
  return `A price in ${currency} has at most ${decimals} decimals. Round it to that.`;
}
