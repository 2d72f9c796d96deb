import { type Money, parsePrice, priced } from '@flipzon/protocol/money.ts';
import { quantityMax, type VariantOffer, type VariantWanted } from '@flipzon/protocol/variants.ts';

/** Units with these serial numbers, both ends included. */
export interface UnitRange {
  from: number;
  to: number;
}

/** A unit's serial number says its variant: every unit of the sale is in the ranges of one, and ranges only grow. */
export interface Variant {
  sku: string;
  name: string;
  price: Money;
  /** Ascending. The first is as old as the sale, further ones are of restocks. */
  ranges: readonly UnitRange[];
}

/** What a unit is, and what it costs. */
export interface UnitOffer {
  price: Money;
  /** Its variant's `sku`; missing where the product has no variants. */
  variant?: string;
}

/** The parts of a sale that say what its units are and cost. */
export interface SoldUnits {
  product: { price: Money };
  terms: { quantity: number; variants?: readonly Variant[] };
}

export function unitsOf({ ranges }: Pick<Variant, 'ranges'>): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

export function isUnitOf(unit: number, { ranges }: Pick<Variant, 'ranges'>): boolean {
  return ranges.some(({ from, to }) => from <= unit && unit <= to);
}

/** Null: these terms do not have the unit, because they are older than the restock that made it, or because there is none. */
export function offerOf({ product, terms }: SoldUnits, unit: number): UnitOffer | null {
  const { quantity, variants } = terms;
  if (variants === undefined) return unit <= quantity ? { price: product.price } : null;
  const found = variants.find((each) => isUnitOf(unit, each));
  return found === undefined ? null : { price: found.price, variant: found.sku };
}

/** The same for sold units; if the terms are too old to have the unit, the price of the sale. */
export function offerFor(sale: SoldUnits, unit: number): UnitOffer {
  return offerOf(sale, unit) ?? { price: sale.product.price };
}

/** The offer that a claim has with it. */
export function ownOffer({ price, variant }: UnitOffer): UnitOffer {
  return { price, ...(variant !== undefined && { variant }) };
}

export type VariantFault = 'variant_required' | 'unknown_variant';

/** Why a request that names this variant, or none, does not fit these variants; null: it fits. */
export function faultOfVariant(
  variants: readonly Variant[] | undefined,
  sku: string | undefined,
): VariantFault | null {
  if (sku === undefined) return variants === undefined ? null : 'variant_required';
  return variants?.some((each) => each.sku === sku) ? null : 'unknown_variant';
}

export function shownVariant(variant: Variant): VariantOffer {
  const { sku, name, price } = variant;
  return { sku, name, quantity: unitsOf(variant), ...priced(price) };
}

/** Of all variants together: claims read the ranges, terms and seals keep them, so restocks must not add ranges without bound. */
export const rangesMax = 200;

/** Whether a restock of that variant needs no range, or may add one. */
export function hasRangeFor(variants: readonly Variant[], sku: string): boolean {
  const all = variants.flatMap(({ ranges }) => ranges);
  const newest = variants.find((each) => each.sku === sku)?.ranges.at(-1);
  return all.length < rangesMax || newest?.to === lastOf(variants);
}

/** The variants with so many more units of that one, numbered after the last unit of the sale. */
export function restocked(variants: readonly Variant[], sku: string, units: number): Variant[] {
  const last = lastOf(variants);
  return variants.map((each) =>
    each.sku === sku ? { ...each, ranges: withUnits(each.ranges, last + 1, last + units) } : each,
  );
}

function lastOf(variants: readonly Variant[]): number {
  return Math.max(...variants.flatMap(({ ranges }) => ranges.map(({ to }) => to)));
}

/** If the variant already had the last units, its last range grows, so the number of ranges stays small. */
function withUnits(ranges: readonly UnitRange[], from: number, to: number): UnitRange[] {
  const newest = ranges.at(-1);
  if (newest?.to === from - 1) return [...ranges.slice(0, -1), { from: newest.from, to }];
  return [...ranges, { from, to }];
}

interface Stocked {
  quantity?: number | undefined;
  variants?: readonly VariantWanted[] | undefined;
}

const usualQuantity = 1000;

/** The units that an operator asks for; the sale's quantity is the sum of its variants. */
export function parseStock(
  { quantity, variants: wanted }: Stocked,
  saleIs: Money,
):
  | { ok: true; quantity: number; variants?: Variant[] }
  | { ok: false; code: 'invalid_request' | 'invalid_price'; message: string } {
  if (wanted === undefined) return { ok: true, quantity: quantity ?? usualQuantity };
  const variants: Variant[] = [];
  let last = 0;
  for (const { sku, name, quantity: units, price } of wanted) {
    const own = price === undefined ? saleIs : moneyIn(price, saleIs.currency);
    if (own === null)
      return {
        ok: false,
        code: 'invalid_price',
        message: `The price of variant ${sku} does not fit ${saleIs.currency}. Use fewer decimals.`,
      };
    variants.push({ sku, name, price: own, ranges: [{ from: last + 1, to: last + units }] });
    last += units;
  }
  if (last > quantityMax) return invalid(`A sale has at most ${quantityMax} units. Choose smaller numbers.`);
  if (quantity !== undefined && quantity !== last)
    return invalid(`quantity is ${quantity}, but the variants have ${last} units. Leave out quantity.`);
  return { ok: true, quantity: last, variants };
}

function moneyIn(price: number, currency: string): Money | null {
  const parsed = parsePrice(price, currency);
  return parsed.ok ? { minor: parsed.minor, currency } : null;
}

function invalid(message: string) {
  return { ok: false, code: 'invalid_request', message } as const;
}
