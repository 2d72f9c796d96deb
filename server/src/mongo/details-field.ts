import { Schema } from 'mongoose';

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, min: 1, validate: Number.isSafeInteger } as const;

const imageSchema = new Schema(
  { id: text, alt: text, width: whole, height: whole, widths: { type: [Number], required: true } },
  { _id: false },
);

/** Of a document that says what a sale offers; not there where it has no more than a name and a price. */
export const detailsField = {
  type: new Schema(
    {
      name: String,
      description: { type: String, default: '' },
      images: { type: [imageSchema], default: [] },
      edition: whole,
    },
    { _id: false },
  ),
  required: false,
} as const;
