import type { OperatorAction, OperatorActionName } from '@flipzon/protocol/operator.ts';
import { type Product, shownProduct } from '../sale/product.ts';
import { isoInstant, type Presale, type SaleTerms } from '../sale/sale.ts';
import { unitsOf, type Variant } from '../sale/variant.ts';

/** The parts of a sale that never change. */
interface Facts {
  product: Product;
  perCustomer: number;
  simulated?: boolean;
}

/** One change of a sale's terms, as it was written down with them. */
export interface TermsChange {
  saleId: string;
  action: OperatorActionName;
  by: string;
  at: number;
  /** Product and share; set if the sale began with this change. */
  sale: Facts | undefined;
  /** Null: the sale began with these. */
  before: SaleTerms | null;
  after: SaleTerms;
}

export function actionOfTerms({ saleId, action, by, at, sale, before, after }: TermsChange): OperatorAction {
  return {
    id: `${saleId}:${after.revision}`,
    saleId,
    version: after.revision,
    action,
    by,
    at: isoInstant(at),
    reason: after.reason,
    order: null,
    customer: null,
    changes: [...(sale === undefined ? [] : beginningOf(sale)), ...changesOf(before, after)],
    // The new terms are in force once written, so the action is complete.
    outcome: 'done',
  };
}

/** Null: there is none. */
export function shownPresale(presale: Presale | undefined): string | null {
  if (presale === undefined) return null;
  return presale.codesUntil === null ? 'end' : isoInstant(presale.codesUntil);
}

/** The units of each variant, as fields of their own. */
export function shownUnits(variants: readonly Variant[] = []): [field: string, units: number][] {
  return variants.map((each) => [`quantity of ${each.sku}`, unitsOf(each)]);
}

const shownTerms = {
  quantity: (terms: SaleTerms) => terms.quantity,
  startsAt: (terms: SaleTerms) => isoInstant(terms.startsAt),
  endsAt: (terms: SaleTerms) => (terms.endsAt === null ? null : isoInstant(terms.endsAt)),
  paused: (terms: SaleTerms) => terms.paused,
  reason: (terms: SaleTerms) => terms.reason,
  codesUntil: (terms: SaleTerms) => shownPresale(terms.presale),
  holdSeconds: (terms: SaleTerms) => terms.payment?.holdSeconds ?? null,
  holdsMax: (terms: SaleTerms) => terms.payment?.holdsMax ?? null,
  name: (terms: SaleTerms) => terms.details?.name ?? null,
  description: (terms: SaleTerms) => terms.details?.description || null,
  images: (terms: SaleTerms) => terms.details?.images.length || null,
};

function beginningOf({ product, perCustomer, simulated = false }: Facts): OperatorAction['changes'] {
  const { name, price, currency } = shownProduct(product);
  return Object.entries({ name, price, currency, perCustomer, simulated }).map(([field, after]) => ({
    field,
    before: null,
    after,
  }));
}

function changesOf(before: SaleTerms | null, after: SaleTerms): OperatorAction['changes'] {
  const changes = Object.entries(shownTerms).flatMap(([field, of]) => {
    const [was, is] = [before === null ? null : of(before), of(after)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
  return [...changes, ...changesOfVariants(before, after)];
}

function changesOfVariants(before: SaleTerms | null, after: SaleTerms): OperatorAction['changes'] {
  const known = new Map(shownUnits(before?.variants));
  return shownUnits(after.variants).flatMap(([field, is]) => {
    const was = known.get(field) ?? null;
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}
