import { Schema } from 'mongoose';

/** Of a document that says how a sale is sold; not there where no one needs an access code. */
export const presaleField = {
  type: new Schema({ codesUntil: { type: Number, default: null } }, { _id: false }),
  required: false,
} as const;
