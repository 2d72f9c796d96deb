import { z } from 'zod';
import { priceMax } from './money.ts';
import { shownText } from './text.ts';

/** Variants of a product, such as sizes or colours: each has a stock and a price of its own, all are in one sale. */

/** Units of a sale, over all its variants. */
export const quantityMax = 10_000_000;
export const units = z.int().min(1).max(quantityMax);

export const variantsMin = 2;
export const variantsMax = 20;
export const variantNameLengthMax = 60;

export const sku = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/)
  .describe('names a variant: 1 to 32 letters, digits, dots, dashes and underscores');

export const priced = {
  price: z.number().describe('in units of the currency, with as many decimals as it has: 999, 1299.99'),
  currency: z.string().describe('ISO 4217'),
  priceMinor: z.int().describe('the price in minor units of the currency: cents for USD, yen for JPY'),
};

export const priceWanted = z
  .number()
  .min(0)
  .max(priceMax)
  .describe('in units of the currency, with as many decimals as it has: 999, 1299.99');

const variantWanted = z.strictObject({
  sku,
  name: shownText(variantNameLengthMax),
  quantity: units,
  price: priceWanted.optional().describe('default: the sale’s'),
});

/** As an operator gives them. */
export const variantsWanted = z
  .array(variantWanted)
  .min(variantsMin)
  .max(variantsMax)
  .refine((variants) => new Set(variants.map((each) => each.sku)).size === variants.length, 'each sku once')
  .describe('the quantity of the sale is their sum');

/** What a sale offers of a variant, whatever is left of it. */
export const variantOffer = z
  .object({ sku, name: z.string(), quantity: z.int().describe('units that there are in all'), ...priced })
  .meta({ id: 'VariantOffer' });

export const variantStock = z.object({ sku, remaining: z.int() }).meta({ id: 'VariantStock' });

export const variant = variantOffer
  .extend({ remaining: z.int().describe('units that no customer holds; the variant is sold out at 0') })
  .meta({ id: 'Variant' });

export type VariantWanted = z.infer<typeof variantWanted>;
export type VariantOffer = z.infer<typeof variantOffer>;
export type VariantStock = z.infer<typeof variantStock>;
export type Variant = z.infer<typeof variant>;
