import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import type { PaymentTerms } from '../sale/sale.ts';
import type { SoldUnits } from '../sale/variant.ts';
import type { OperatorRefusal } from './outcome.ts';

const [usualHoldSeconds, usualHoldsMax] = [600, 2];

/** Undefined: the sale requires no payment. */
export function parsePayment(
  { payment, holdSeconds, holdsMax }: Pick<StartBody, 'payment' | 'holdSeconds' | 'holdsMax'>,
  {
    price,
    variants = [],
  }: { price: SoldUnits['product']['price']; variants?: SoldUnits['terms']['variants'] },
): PaymentTerms | OperatorRefusal | undefined {
  if (payment === 'none') return holdSeconds === undefined && holdsMax === undefined ? undefined : noPayment;
  const prices = variants.length === 0 ? [price] : variants.map((each) => each.price);
  if (prices.some(({ minor }) => minor === 0)) return nothingToPay;
  return { holdSeconds: holdSeconds ?? usualHoldSeconds, holdsMax: holdsMax ?? usualHoldsMax };
}

/** Why a sale with these terms cannot be published; null: it can. */
export function refusedPayment(
  { payment }: { payment?: PaymentTerms | undefined },
  takesPayments: boolean,
): OperatorRefusal | null {
  return payment === undefined || takesPayments ? null : noProvider;
}

const noProvider = {
  code: 'no_payment_provider',
  message: 'This shop takes no payments. Set PAYMENT_PROVIDER, or choose a sale without payment.',
} as const;

const noPayment = {
  code: 'invalid_request',
  message: 'holdSeconds and holdsMax belong to sales with payment: "required".',
} as const;

const nothingToPay = {
  code: 'invalid_request',
  message: 'A unit without a price cannot be paid. Set a price, or choose a sale without payment.',
} as const;
