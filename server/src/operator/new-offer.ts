import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import { parseProduct } from '../sale/product.ts';
import { parseStock } from '../sale/variant.ts';
import type { Describe } from './describe.ts';
import { parsePayment } from './payment-terms.ts';

interface Dependencies {
  /** For sales that name none. */
  currency: string;
  describe: Describe;
}

/** What a new sale or plan offers, as an operator asks for it; its times are not part of it. */
export async function readOffer({ currency, describe }: Dependencies, body: StartBody) {
  const offered = parseProduct(body, currency);
  if (!offered.ok) return offered;
  const described = await describe(body, 1);
  if (!described.ok) return described;
  const stock = parseStock(body, offered.product.price);
  if (!stock.ok) return stock;
  const { quantity, variants } = stock;
  const { product } = offered;
  const payment = parsePayment(body, { price: product.price, variants });
  if (payment !== undefined && 'code' in payment) return { ok: false, ...payment } as const;
  return { ok: true, product, details: described.details, quantity, variants, payment } as const;
}
