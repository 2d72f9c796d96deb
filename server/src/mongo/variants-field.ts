import { Schema } from 'mongoose';

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, min: 0, validate: Number.isSafeInteger } as const;

export const moneyField = {
  type: new Schema({ minor: whole, currency: text }, { _id: false }),
  required: true,
} as const;

/** Serial numbers of units. */
export const rangesField = {
  type: [new Schema({ from: whole, to: whole }, { _id: false })],
  required: true,
} as const;

/** Of a document that says what a sale offers; not there where the product has no variants. */
export const variantsField = {
  type: [new Schema({ sku: text, name: text, price: moneyField, ranges: rangesField }, { _id: false })],
  default: undefined,
  required: false,
} as const;
