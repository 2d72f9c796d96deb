import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import { type OfferDoc, offerFields } from './offer-fields.ts';
import { type PricedDoc, pricedFields } from './priced-doc.ts';

/** `_id` is the id of the sale that it becomes. */
export interface SalePlanDoc extends PricedDoc, OfferDoc {
  _id: string;
  name: string;
  quantity: number;
  perCustomer: number;
  simulated: boolean;
  startsAt: Date;
  endsAt: Date | null;
  createdAt: Date;
  createdBy: string;
  draft?: boolean;
  previewKey?: string;
}

export interface PlanModels {
  SalePlan: Model<SalePlanDoc>;
}

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const moment = { type: Date, required: true } as const;

const planSchema = new Schema<SalePlanDoc>(
  {
    _id: text,
    name: text,
    ...pricedFields,
    quantity: { ...whole, min: 1, max: quantityMax },
    perCustomer: { ...whole, min: 1, max: perCustomerMax },
    simulated: { type: Boolean, required: true },
    startsAt: moment,
    endsAt: { type: Date, default: null },
    createdAt: moment,
    createdBy: text,
    ...offerFields,
    draft: Boolean,
    previewKey: String,
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'saleplans' },
);

export function planModels(connection: Connection): PlanModels {
  return { SalePlan: connection.model<SalePlanDoc>('SalePlan', planSchema) };
}
