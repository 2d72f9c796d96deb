import { type Money, moneyOf } from '@flipzon/protocol/money.ts';
import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';
import type { Variant } from '@flipzon/protocol/variants.ts';

/** The variant that a shopper chose, in the sale in which they did. */
export interface Choice {
  saleId: string;
  sku: string;
}

/** The part of the model that decides the choice. */
interface Known {
  sale: Sale | null;
  choice: Choice | null;
}

/**
 * The variant that a press buys: the one that was chosen, even where it is sold out, or else the only one that is left. With several left,
 * none is chosen for the shopper.
 */
export function chosenVariant({ sale, choice }: Known): Variant | undefined {
  const chosen = choice?.saleId === sale?.id ? variantOf(sale, choice?.sku) : undefined;
  if (chosen !== undefined) return chosen;
  const left = sale?.variants?.filter(({ remaining }) => remaining > 0) ?? [];
  return left.length === 1 ? left[0] : undefined;
}

/** The variant that a press would buy, where it is sold out. */
export function chosenGone(known: Known): Variant | undefined {
  const chosen = chosenVariant(known);
  return chosen !== undefined && chosen.remaining <= 0 ? chosen : undefined;
}

/** With the count to show, which the visitor may have frozen. */
export function chosenShown(view: { model: Known; variants: Sale['variants'] }): Variant | undefined {
  const { model, variants } = view;
  const sku = chosenVariant(model)?.sku;
  return variants?.find((each) => each.sku === sku);
}

export function variantOf(sale: Sale | null, sku: string | undefined): Variant | undefined {
  return sku === undefined ? undefined : sale?.variants?.find((each) => each.sku === sku);
}

/** Whether the variant of the attempt is sold out; without variants, whether the sale is. */
export function isGone(sale: Sale | null, attempt: { variant?: string | undefined } | null): boolean {
  const left = variantOf(sale, attempt?.variant) ?? sale;
  return left !== null && left.remaining <= 0;
}

/** The same variants with newer counts; one whose count has not changed stays the same object. */
export function withCounts(
  variants: Sale['variants'],
  counts: Stock['variants'],
): Pick<Sale, 'variants'> | undefined {
  if (variants === undefined) return undefined;
  return {
    variants: variants.map((variant) => {
      const remaining = counts?.find(({ sku }) => sku === variant.sku)?.remaining ?? variant.remaining;
      return remaining === variant.remaining ? variant : { ...variant, remaining };
    }),
  };
}

/** What a sale costs: its price, or the lowest of its variants' where these differ. */
export function lowestPrice({ product, variants = [] }: Pick<Sale, 'product' | 'variants'>): {
  price: Money;
  isLowest: boolean;
} {
  const [cheapest = product, ...others] = variants.toSorted((a, b) => a.priceMinor - b.priceMinor);
  return {
    price: moneyOf(cheapest),
    isLowest: others.some(({ priceMinor }) => priceMinor !== cheapest.priceMinor),
  };
}
