import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Product } from '../sale/product.ts';

/**
 * The price fields of a document. Documents of versions before sales had a currency have only `price`; `moneyOf` reads them. `price` is still
 * written: nodes of such a version read it while a rolling deploy runs.
 */
export interface PricedDoc {
  price: number;
  currency?: string;
  priceMinor?: number;
}

export const pricedFields = {
  price: { type: Number, required: true, min: 0 },
  currency: { type: String },
  priceMinor: { type: Number, min: 0, validate: Number.isSafeInteger },
} as const;

export function productOf(doc: PricedDoc & { name: string }): Product {
  return { name: doc.name, price: moneyOf(doc) };
}
