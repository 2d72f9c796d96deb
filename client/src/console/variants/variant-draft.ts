import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import {
  quantityMax,
  sku as skuRule,
  type VariantOffer,
  variantNameLengthMax,
} from '@flipzon/protocol/variants.ts';
import type { VariantPlan } from '../control/change.ts';
import { typedPrice } from '../setup/typed-price.ts';
import { wholeNumber } from '../setup/whole-number.ts';

/** The fields of one variant, as typed. */
export interface VariantDraft {
  /** Stays while it is moved. */
  key: number;
  name: string;
  /** Null until it is typed: the one that the name suggests. */
  sku: string | null;
  quantity: string;
  /** Empty: the price of the sale. */
  price: string;
}

export type VariantFault = 'name' | 'sku' | 'taken' | 'quantity' | 'price' | 'few';

const skuLengthMax = 32;

let keys = 0;

export function emptyVariant(): VariantDraft {
  keys += 1;
  return { key: keys, name: '', sku: null, quantity: '', price: '' };
}

/** The SKU of each variant, in their order: what was typed, or what its name suggests, unless another one has that. */
export function skusOf(variants: readonly VariantDraft[]): string[] {
  const taken = new Set(variants.flatMap(({ sku }) => sku?.trim() ?? []));
  return variants.map(({ name, sku }) => {
    if (sku !== null) return sku.trim();
    const suggested = free(suggestedSku(name), taken);
    taken.add(suggested);
    return suggested;
  });
}

/** Plätze Saal → platze-saal. Empty where the name has no letter or digit of the Latin alphabet. */
function suggestedSku(name: string): string {
  const plain = name.normalize('NFKD').replaceAll('ß', 'ss').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, skuLengthMax)
    .replaceAll(/^-+|-+$/g, '');
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  if (wanted === '' || !taken.has(wanted)) return wanted;
  let number = 2;
  const numbered = () => `${wanted.slice(0, skuLengthMax - 3)}-${number}`;
  while (taken.has(numbered())) number += 1;
  return numbered();
}

export interface ReadVariants {
  /** Of each variant, in their order. */
  skus: readonly string[];
  faults: readonly ReadonlySet<VariantFault>[];
  /** As far as they can be read. */
  total: number;
  /** Null while something is wrong. */
  variants: VariantPlan[] | null;
}

/** `salePrice`: null where it cannot be read. */
export function readVariants(
  drafts: readonly VariantDraft[],
  {
    currency,
    salePrice,
    locales,
  }: { currency: string; salePrice: number | null; locales: readonly string[] },
): ReadVariants {
  const skus = skusOf(drafts);
  let total = 0;
  const read = drafts.map(({ name, quantity, price }, index) => {
    const sku = skus[index] ?? '';
    const units = wholeNumber(quantity, [1, quantityMax], locales);
    const typed = price.trim() === '' ? null : typedPrice(price, currency, locales);
    const minor = typed === null ? salePrice : typed.ok ? typed.minor : null;
    const faults = new Set<VariantFault>();
    if (name.trim() === '' || name.trim().length > variantNameLengthMax) faults.add('name');
    // While the name is missing, its own fault is enough.
    if (!skuRule.safeParse(sku).success && name.trim() !== '') faults.add('sku');
    if (skus.indexOf(sku) !== index && sku !== '') faults.add('taken');
    if (units === null) faults.add('quantity');
    if (typed?.ok === false) faults.add('price');
    if (drafts.length === 1) faults.add('few');
    total += units ?? 0;
    return {
      faults,
      plan: { sku, name: name.trim(), quantity: units ?? 0, price: { minor: minor ?? 0, currency } },
    };
  });
  const faults = read.map((each) => each.faults);
  const isRight = total <= quantityMax && salePrice !== null && faults.every(({ size }) => size === 0);
  return { skus, faults, total, variants: isRight ? read.map(({ plan }) => plan) : null };
}

/** The plan of a variant that an existing sale has. */
export function offeredVariant(variant: VariantOffer): VariantPlan {
  const { sku, name, quantity } = variant;
  return { sku, name, quantity, price: moneyOf(variant) };
}

/** Fills the fields from a sale. */
export function variantDraftsOf(
  { variants = [], product }: Pick<SaleResult, 'variants' | 'product'>,
  typed: (price: number) => string,
): VariantDraft[] {
  return variants.map(({ sku, name, quantity, price }) => ({
    ...emptyVariant(),
    sku,
    name,
    quantity: String(quantity),
    price: price === product.price ? '' : typed(price),
  }));
}
