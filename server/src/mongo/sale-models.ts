import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import { type OfferDoc, offerFields } from './offer-fields.ts';
import { type PricedDoc, pricedFields } from './priced-doc.ts';

export interface ProductDoc extends PricedDoc {
  _id: string;
  name: string;
}

export interface SaleDoc extends PricedDoc {
  _id: string;
  productId: string;
  name: string;
  perCustomer: number;
  simulated?: boolean;
  createdAt: Date;
  createdBy: string;
  /** Set if the sale was prepared ahead; the time at which it takes the page. */
  takesOverAt?: Date | null;
}

/** `_id` is saleId:revision, so two operators can't make the same one; the highest is in force, all together are the history. */
export interface SaleRevisionDoc extends OfferDoc {
  _id: string;
  saleId: string;
  revision: number;
  quantity: number;
  startsAt: Date;
  endsAt: Date | null;
  paused: boolean;
  reason: string | null;
  action: string;
  by: string;
  at: Date;
}

/**
 * `_id` is the sale that this one replaces, or `first`: of several starts at the same moment, one insert succeeds. It contains everything that the new
 * sale consists of, so that any node can finish the start if a node dies between this insert and the sale's.
 */
export interface SaleSuccessionDoc extends PricedDoc, OfferDoc {
  _id: string;
  saleId: string;
  name: string;
  perCustomer: number;
  simulated: boolean;
  quantity: number;
  startsAt: Date;
  endsAt: Date | null;
  createdAt: Date;
  createdBy: string;
  takesOverAt?: Date | null;
}

/** `_id` is saleId:epoch: an epoch is taken by the one insert that succeeds. */
export interface SaleEpochDoc {
  _id: string;
  saleId: string;
  epoch: number;
  at: Date;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const moment = { type: Date, required: true } as const;

const productSchema = new Schema<ProductDoc>(
  { _id: text, name: text, ...pricedFields },
  { ...strict, collection: 'products' },
);

const saleSchema = new Schema<SaleDoc>(
  {
    _id: text,
    productId: text,
    name: text,
    ...pricedFields,
    perCustomer: { ...whole, min: 1, max: perCustomerMax },
    simulated: { type: Boolean, default: false },
    createdAt: moment,
    createdBy: text,
    takesOverAt: { type: Date, default: null },
  },
  { ...strict, collection: 'sales' },
);
saleSchema.index({ createdAt: -1, _id: -1 });

const revisionSchema = new Schema<SaleRevisionDoc>(
  {
    _id: text,
    saleId: text,
    revision: { ...whole, min: 1 },
    quantity: { ...whole, min: 1, max: quantityMax },
    startsAt: moment,
    endsAt: { type: Date, default: null },
    paused: { type: Boolean, required: true },
    reason: { type: String, default: null },
    ...offerFields,
    action: text,
    by: text,
    at: moment,
  },
  { ...strict, collection: 'salerevisions' },
);
revisionSchema.index({ saleId: 1, revision: -1 });
revisionSchema.index({ at: -1, _id: -1 });
revisionSchema.index({ by: 1, at: -1, _id: -1 });
revisionSchema.index({ action: 1, at: -1, _id: -1 });

const successionSchema = new Schema<SaleSuccessionDoc>(
  {
    _id: text,
    saleId: text,
    name: text,
    ...pricedFields,
    perCustomer: { ...whole, min: 1, max: perCustomerMax },
    simulated: { type: Boolean, required: true },
    quantity: { ...whole, min: 1, max: quantityMax },
    startsAt: moment,
    endsAt: { type: Date, default: null },
    createdAt: moment,
    createdBy: text,
    takesOverAt: { type: Date, default: null },
    ...offerFields,
  },
  { ...strict, collection: 'salesuccessions' },
);
// A plan is dropped or becomes a sale, whichever insert is first.
successionSchema.index({ saleId: 1 }, { unique: true });

const epochSchema = new Schema<SaleEpochDoc>(
  { _id: text, saleId: text, epoch: { ...whole, min: 1 }, at: moment },
  { ...strict, collection: 'saleepochs' },
);
epochSchema.index({ saleId: 1, epoch: -1 });

export interface SaleModels {
  Product: Model<ProductDoc>;
  Sale: Model<SaleDoc>;
  SaleRevision: Model<SaleRevisionDoc>;
  SaleSuccession: Model<SaleSuccessionDoc>;
  SaleEpoch: Model<SaleEpochDoc>;
}

export function saleModels(connection: Connection): SaleModels {
  return {
    Product: connection.model<ProductDoc>('Product', productSchema),
    Sale: connection.model<SaleDoc>('Sale', saleSchema),
    SaleRevision: connection.model<SaleRevisionDoc>('SaleRevision', revisionSchema),
    SaleSuccession: connection.model<SaleSuccessionDoc>('SaleSuccession', successionSchema),
    SaleEpoch: connection.model<SaleEpochDoc>('SaleEpoch', epochSchema),
  };
}
