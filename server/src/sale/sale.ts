import { randomBytes } from 'node:crypto';
import type { Sale, SaleStatus, Stock } from '@flipzon/protocol/schemas.ts';
import { type Product, type ProductDetails, shownProduct } from './product.ts';
import { shownVariant, unitsOf, type Variant } from './variant.ts';

/** What an operator decides about a sale. Each change is a new revision; the newest is in force. Times are ms since 1970. */
export interface SaleTerms {
  revision: number;
  quantity: number;
  startsAt: number;
  endsAt: number | null;
  paused: boolean;
  reason: string | null;
  /** Missing in sales that never had any. */
  details?: ProductDetails;
  /** In the order in which they are shown; `quantity` is their sum. Missing where the product has none. */
  variants?: readonly Variant[];
  /** Missing in sales without one. */
  presale?: Presale;
  /** Missing in sales that require no payment. */
  payment?: PaymentTerms;
}

/** From the opening until then only customers with an access code may buy; `codesUntil` is ms since 1970, null means until the end. */
export interface Presale {
  codesUntil: number | null;
}

/** How a sale's units are held until they are paid; missing in sales without payment. */
export interface PaymentTerms {
  /** How long a customer has to pay, from the moment at which the hold is durable. */
  holdSeconds: number;
  /** How often a customer may hold a unit in each place of their share, until it is used up. */
  holdsMax: number;
}

interface FirstTerms extends Pick<SaleTerms, 'quantity' | 'startsAt' | 'endsAt'> {
  details?: ProductDetails | null | undefined;
  variants?: readonly Variant[] | undefined;
  presale?: Presale | undefined;
  payment?: PaymentTerms | undefined;
}

/** The terms that a sale begins with. */
export function firstTerms({
  quantity,
  startsAt,
  endsAt,
  details,
  variants,
  presale,
  payment,
}: FirstTerms): SaleTerms {
  const begun = { revision: 1, paused: false, reason: null };
  return {
    ...{ ...begun, quantity, startsAt, endsAt },
    ...(details && { details }),
    ...(variants && { variants }),
    ...(presale && { presale }),
    ...(payment && { payment }),
  };
}

export interface SaleRecord {
  id: string;
  product: Product;
  perCustomer: number;
  /** Its buyers are a simulated crowd; every page says so. */
  simulated: boolean;
  createdAt: number;
  /** When the sale takes the page, ms since 1970, if it was prepared ahead; missing or null for all others. */
  takesOverAt?: number | null;
  terms: SaleTerms;
}

/** `seq` grows with every change of `remaining`, over epochs too. */
export interface StockLevel {
  remaining: number;
  seq: number;
  /** Of each variant, in the order of the terms; missing where the product has none. */
  variants?: readonly number[];
  /** Units that are paid, in a sale that requires payment; also missing in news that does not change it. */
  sold?: number;
}

/** Of a sale of which nothing was claimed. */
export function fullStock({
  quantity,
  variants,
  payment,
}: Pick<SaleTerms, 'quantity' | 'variants' | 'payment'>): StockLevel {
  return {
    ...{ remaining: quantity, seq: 0 },
    ...(variants && { variants: variants.map(unitsOf) }),
    ...(payment && { sold: 0 }),
  };
}

/**
 * The counts that are shown: free, in checkout and sold are always the quantity together. This node may hear of new units before it has read
 * that there are more; until then they are not shown as free.
 */
export function shownCounts(
  { quantity, payment }: Pick<SaleTerms, 'quantity' | 'payment'>,
  stock: Pick<StockLevel, 'remaining' | 'sold'>,
): Pick<Sale, 'remaining' | 'inCheckout' | 'sold'> {
  if (payment === undefined) return { remaining: stock.remaining };
  const sold = Math.min(stock.sold ?? 0, quantity);
  const remaining = Math.max(0, Math.min(stock.remaining, quantity - sold));
  return { remaining, inCheckout: quantity - sold - remaining, sold };
}

/** `stock` as clients get it. */
export function stockView({ id, terms }: Pick<SaleRecord, 'id' | 'terms'>, stock: StockLevel): Stock {
  const variants = terms.variants?.map(({ sku }, index) => ({
    sku,
    remaining: stock.variants?.[index] ?? 0,
  }));
  return { saleId: id, ...shownCounts(terms, stock), ...(variants && { variants }), seq: stock.seq };
}

/** The same comparison that the claim script makes, so that a page and a claim agree on the millisecond. */
export function saleStatus(terms: SaleTerms, remaining: number, nowMs: number): SaleStatus {
  if (terms.endsAt !== null && nowMs >= terms.endsAt) return 'ended';
  if (terms.paused) return 'paused';
  if (nowMs < terms.startsAt) return 'scheduled';
  return remaining <= 0 ? 'sold_out' : 'live';
}

interface SaleState {
  sale: SaleRecord;
  stock: StockLevel;
  lastClaimAt: number | null;
  /** Claims can be decided now; if not, `remaining` is the last that was known. */
  available: boolean;
}

export function saleView({ sale, stock, lastClaimAt, available }: SaleState, nowMs: number): Sale {
  const { terms } = sale;
  return {
    id: sale.id,
    // Always larger than that of the sale before, even if the clock has stepped back.
    number: sale.createdAt,
    product: shownProduct(sale.product, terms.details),
    quantity: terms.quantity,
    ...shownCounts(terms, stock),
    ...(terms.variants && {
      variants: terms.variants.map((variant, index) => ({
        ...shownVariant(variant),
        remaining: stock.variants?.[index] ?? 0,
      })),
    }),
    seq: stock.seq,
    status: saleStatus(terms, stock.remaining, nowMs),
    available,
    // Units that come back are claimed later than all others: while none is left, the newest claim has taken the last one.
    soldOutAt: stock.remaining > 0 || lastClaimAt === null ? null : isoInstant(lastClaimAt),
    startsAt: isoInstant(terms.startsAt),
    endsAt: terms.endsAt === null ? null : isoInstant(terms.endsAt),
    ...(terms.presale && { presale: presaleView(terms.presale) }),
    ...paymentView(terms.payment),
    perCustomer: sale.perCustomer,
    version: terms.revision,
    simulated: sale.simulated,
    reason: terms.reason,
    serverTime: isoInstant(nowMs),
  };
}

/** Whether a customer needs a code to buy at that moment; before the opening too, so that no clock lets anyone in without. */
export function needsCode({ presale }: Pick<SaleTerms, 'presale'>, nowMs: number): boolean {
  return presale !== undefined && (presale.codesUntil === null || nowMs < presale.codesUntil);
}

export function presaleView({ codesUntil }: Presale): NonNullable<Sale['presale']> {
  return { codesUntil: codesUntil === null ? null : isoInstant(codesUntil) };
}

/** Of a sale without payment nothing. */
export function paymentView(payment: PaymentTerms | undefined) {
  return payment && { payment: 'required' as const, ...payment };
}

/** For messages that go to every socket at once: who does not have this edition of the details asks for it. */
export function withoutDetails(sale: Sale): Sale {
  if (sale.product.edition === undefined) return sale;
  const { description: _, images: __, ...product } = sale.product;
  return { ...sale, product };
}

/** The next moment at which `saleStatus` changes by the clock alone, or null. */
export function nextBoundary(terms: SaleTerms, nowMs: number): number | null {
  const ahead = [terms.startsAt, terms.endsAt].filter((at): at is number => at !== null && at > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Readable, sortable by opening day, and safe as part of a Redis key and of an order's id. */
export function newSaleId(startsAt: number): string {
  const day = new Date(startsAt).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${randomBytes(5).toString('hex')}`;
}
