import { holdSecondsMax, holdsMaxMax } from '@flipzon/protocol/sale-terms.ts';
import { Schema } from 'mongoose';
import type { ProductDetails } from '../sale/product.ts';
import type { PaymentTerms, Presale } from '../sale/sale.ts';
import type { Variant } from '../sale/variant.ts';
import { detailsField } from './details-field.ts';
import { variantsField } from './variants-field.ts';

/** What a plan, or a sale's start or revision, offers beside its units and times. Each is missing where there is none. */
export interface OfferDoc {
  details?: ProductDetails;
  variants?: readonly Variant[];
  /** Missing where no one needs an access code. */
  presale?: Presale;
  /** Missing where no payment is required. */
  payment?: PaymentTerms;
}

const whole = { type: Number, required: true, min: 1, validate: Number.isSafeInteger } as const;

export const offerFields = {
  details: detailsField,
  variants: variantsField,
  presale: {
    type: new Schema({ codesUntil: { type: Number, default: null } }, { _id: false }),
    required: false,
  },
  payment: {
    type: new Schema(
      { holdSeconds: { ...whole, max: holdSecondsMax }, holdsMax: { ...whole, max: holdsMaxMax } },
      { _id: false },
    ),
    required: false,
  },
} as const;

export function offerIn({ details, variants, presale, payment }: OfferDoc): OfferDoc {
  return {
    ...(details && { details }),
    ...(variants && { variants }),
    ...(presale && { presale }),
    ...(payment && { payment }),
  };
}
