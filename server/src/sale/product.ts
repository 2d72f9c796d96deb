import { currencyDecimals, type Money, parsePrice, priced } from '@flipzon/protocol/money.ts';
import type { StartBody, Product as WireProduct } from '@flipzon/protocol/schemas.ts';

/** What a sale sells. */
export interface Product {
  name: string;
  price: Money;
}

export function shownProduct({ name, price }: Product): WireProduct {
  return { name, ...priced(price) };
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
