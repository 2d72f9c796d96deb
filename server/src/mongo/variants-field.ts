import { Schema } from 'mongoose';

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, min: 0, validate: Number.isSafeInteger } as const;

const variantSchema = new Schema(
  {
    sku: text,
    name: text,
    price: { type: new Schema({ minor: whole, currency: text }, { _id: false }), required: true },
    ranges: { type: [new Schema({ from: whole, to: whole }, { _id: false })], required: true },
  },
  { _id: false },
);

/** Of a document that says what a sale offers; not there where the product has no variants. */
export const variantsField = { type: [variantSchema], default: undefined, required: false } as const;
