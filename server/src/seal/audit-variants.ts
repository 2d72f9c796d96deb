import { isDeepStrictEqual } from 'node:util';
import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { StoredOrder } from '../sale/order.ts';
import type { SaleRecord } from '../sale/sale.ts';
import { isUnitOf, offerOf, unitsOf, type Variant } from '../sale/variant.ts';
import { type Finding, find } from './audit-check.ts';
import type { LedgerContent } from './audit-ledger.ts';

/** Of a product with variants: that of none more was sold than there is, and that every order is what its unit says. */
export function variantFindings(
  standing: readonly StoredOrder[],
  sale: SaleRecord,
  variants: readonly Variant[],
): Finding[] {
  const bySku = Map.groupBy(standing, ({ variant }) => variant);
  const spans = variants.flatMap(({ ranges }) => ranges).toSorted((a, b) => a.from - b.from);
  const covered = spans.reduce(
    (last, { from, to }) => (from === last + 1 && to >= from ? to : Number.NaN),
    0,
  );
  const { quantity } = sale.terms;
  return [
    find(
      'every unit of the sale is of one variant',
      covered === quantity ? [] : [{ quantity, ranges: spans }],
      `${spans.length} ranges`,
    ),
    find(
      'no more orders of a variant than units of it',
      variants.flatMap((variant) => bySku.get(variant.sku)?.slice(unitsOf(variant)) ?? []),
      variants
        .map((variant) => `${variant.sku}: ${bySku.get(variant.sku)?.length ?? 0} of ${unitsOf(variant)}`)
        .join(', '),
    ),
    find(
      'every order has the variant and the price of its unit',
      standing.filter(({ unit, variant, price }) => {
        const offer = offerOf(sale, unit);
        return (
          offer?.variant !== variant ||
          offer?.price.minor !== price.minor ||
          offer.price.currency !== price.currency
        );
      }),
    ),
  ];
}

/** Redis gives a variant the units that MongoDB says are of it. */
export function ledgerVariantsFinding(
  { variants: inRedis = [] }: Pick<LedgerContent, 'variants'>,
  inTerms: readonly Variant[] = [],
): Finding {
  const places = Array.from({ length: Math.max(inRedis.length, inTerms.length) }, (_, index) => index);
  return find(
    'Redis: each variant has the units that its terms say',
    places
      .map((place) => ({
        variant: inTerms[place]?.sku ?? place + 1,
        redis: inRedis[place]?.ranges ?? null,
        terms: inTerms[place]?.ranges ?? null,
      }))
      .filter(({ redis, terms }) => !isDeepStrictEqual(redis, terms)),
    undefined,
    // The ranges change with a restock.
    ({ variant }) => String(variant),
  );
}

/** `remaining`: as Redis counts it, or as the orders leave it. */
export function variantFigures(
  variant: Variant,
  standing: readonly StoredOrder[],
  ledger: LedgerContent | null,
  index: number,
): NonNullable<AuditReport['variants']>[number] {
  const orders = standing.filter(({ unit }) => isUnitOf(unit, variant)).length;
  const quantity = unitsOf(variant);
  const counted = ledger?.live ? ledger.variants?.[index]?.remaining : undefined;
  return { sku: variant.sku, quantity, orders, remaining: counted ?? quantity - orders };
}
