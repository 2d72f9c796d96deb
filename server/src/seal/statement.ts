import { createHash } from 'node:crypto';
import { isoInstant } from '../sale/sale.ts';
import { unitsOf } from '../sale/variant.ts';
import type { Seal } from './seal.ts';

/** Before a leaf stands 0x00 and before a node of the tree 0x01. */
const statementPrefix = Buffer.of(2);

export type Stated = Pick<
  Seal,
  'saleId' | 'version' | 'root' | 'size' | 'quantity' | 'perCustomer' | 'windows' | 'variants' | 'payment'
>;

/** What a seal says of its sale beside the claims: the text that is hashed, and published as it is. */
export function sealStatement({
  saleId,
  version,
  root,
  size,
  quantity,
  perCustomer,
  windows,
  variants,
  payment,
}: Stated): string {
  return JSON.stringify({
    ...{ saleId, version, root, size, quantity, perCustomer },
    windows: windows === undefined ? null : publishedWindows(windows),
    // Only where there are any: the statements of all other seals stay what they were.
    ...(variants && { variants: publishedVariants(variants) }),
    ...publishedPayment(payment),
  });
}

/** Who keeps this can prove later which claims, windows, quantity and variants were sealed. */
export function statementDigest(statement: string): string {
  return createHash('sha256').update(statementPrefix).update(statement, 'utf8').digest('hex');
}

export function publishedWindows(windows: NonNullable<Seal['windows']>) {
  return windows.map(({ from, startsAt, endsAt, paused }) => ({
    from: isoInstant(from),
    startsAt: isoInstant(startsAt),
    endsAt: endsAt === null ? null : isoInstant(endsAt),
    paused,
  }));
}

/** `format` says that the leaves have `hold`. */
export function publishedPayment(payment: Seal['payment']) {
  if (payment === undefined) return {};
  const { holdSeconds, holdsMax } = payment;
  return { format: 2, payment: { holdSeconds, holdsMax } } as const;
}

export function publishedVariants(variants: NonNullable<Seal['variants']>) {
  return variants.map(({ sku, price, ranges }) => ({
    ...{ sku, quantity: unitsOf({ ranges }), currency: price.currency, priceMinor: price.minor },
    units: ranges.map(({ from, to }) => ({ from, to })),
  }));
}
