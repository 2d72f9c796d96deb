import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import { type HoldOutcome, type Payment, triesMax } from '../sale/hold.ts';
import { type PricedDoc, pricedFields } from './priced-doc.ts';

/**
 * `_id` is saleId:customerId:n:try, so a customer's tries follow each other. The unique index over sale, unit and `released` makes it
 * impossible that two customers hold a unit; `released` is 0 until the end of the hold gives the unit back.
 */
export interface HoldDoc extends PricedDoc {
  _id: string;
  saleId: string;
  customerId: string;
  n: number;
  tryNumber: number;
  unit: number;
  /** `sku`; missing where the product has no variants. */
  variant?: string;
  seq: number;
  released: number;
  requestId: string;
  claimedAt: Date;
  arrivedAt: Date | null;
  heldAt: Date;
  payBy: Date;
}

/** `_id` is the hold's: the first insert decides how the hold ended. */
export interface HoldOutcomeDoc {
  _id: string;
  saleId: string;
  outcome: HoldOutcome;
  by: string;
  at: Date;
  payment?: Payment;
  /** What follows from it is done: the order is there, or the unit is back on sale. */
  done: boolean;
}

export interface HoldModels {
  Hold: Model<HoldDoc>;
  HoldOutcome: Model<HoldOutcomeDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const moment = { type: Date, required: true } as const;

const holdSchema = new Schema<HoldDoc>(
  {
    _id: text,
    saleId: text,
    customerId: text,
    n: { ...whole, min: 1, max: perCustomerMax },
    tryNumber: { ...whole, min: 1, max: triesMax },
    unit: { ...whole, min: 1 },
    variant: String,
    ...pricedFields,
    seq: { ...whole, min: 1 },
    released: { ...whole, min: 0 },
    requestId: text,
    claimedAt: moment,
    arrivedAt: { type: Date, default: null },
    heldAt: moment,
    payBy: moment,
  },
  { ...strict, collection: 'holds' },
);
holdSchema.index({ saleId: 1, unit: 1, released: 1 }, { unique: true });
holdSchema.index({ customerId: 1, claimedAt: -1, _id: -1 });

const paymentSchema = new Schema<Payment>(
  { reference: text, amountMinor: { ...whole, min: 0 }, currency: text },
  { _id: false },
);
const outcomeSchema = new Schema<HoldOutcomeDoc>(
  {
    _id: text,
    saleId: text,
    outcome: { type: String, enum: ['paid', 'expired', 'released'], required: true },
    by: text,
    at: moment,
    payment: { type: paymentSchema, required: false },
    done: { type: Boolean, required: true },
  },
  { ...strict, collection: 'holdoutcomes' },
);
outcomeSchema.index({ done: 1, at: 1 });
outcomeSchema.index({ saleId: 1 });

export function holdModels(connection: Connection): HoldModels {
  return {
    Hold: connection.model<HoldDoc>('Hold', holdSchema),
    HoldOutcome: connection.model<HoldOutcomeDoc>('HoldOutcome', outcomeSchema),
  };
}
