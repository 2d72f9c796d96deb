import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import { type AccessCodeModels, accessCodeModels } from './access-code-store.ts';
import { type ApiKeyModels, apiKeyModels } from './api-key-store.ts';
import { type EmailCodeModels, emailCodeModels } from './email-code-models.ts';
import { type HoldModels, holdModels } from './hold-models.ts';
import { type ImageModels, imageModels } from './image-models.ts';
import { type OperatorActionDoc, operatorActionSchema } from './operator-action-model.ts';
import { type OrderMailModels, orderMailModels } from './order-mail-store.ts';
import { type PaymentReferenceModels, paymentReferenceModels } from './payment-references.ts';
import { type PeopleModels, peopleModels } from './people-store.ts';
import { type PlanModels, planModels } from './plan-models.ts';
import { type PricedDoc, pricedFields } from './priced-doc.ts';
import { type RecountModels, recountModels } from './recount-models.ts';
import { type RehearsalModels, rehearsalModels } from './rehearsal-store.ts';
import { type SaleModels, saleModels } from './sale-models.ts';
import { type SealModels, sealModels } from './seal-models.ts';
import { type SessionModels, sessionModels } from './session-models.ts';
import { type SettingsModels, settingsModels } from './settings-store.ts';
import { type TallyModels, tallyModels } from './tallies.ts';

/*
 * Orders and customers, and the models of all collections. What must be exact is inserted under a unique key, or computed from
 * what was inserted; nothing is ever incremented. So it stays exact when a write is repeated, and on servers whose updates can be lost.
 */

/**
 * `_id` is saleId:customerId:n, so one per customer is a fact of the primary key. The unique index over sale, unit and `released` makes
 * it impossible that a unit has two active orders; `released` is 0 until a cancelled order releases its unit.
 */
export interface OrderDoc extends PricedDoc {
  _id: string;
  saleId: string;
  customerId: string;
  n: number;
  /** For people. Orders of version 0.2 and before have none; it is computed. */
  number?: string;
  unit: number;
  /** `sku`; missing where the product has no variants. Its unit says it as well. */
  variant?: string;
  /** Units of the sale when the order was written: `unit` must be within them. */
  quantity: number;
  status: 'confirmed' | 'cancelled';
  seq: number;
  released: number;
  requestId: string;
  claimedAt: Date;
  arrivedAt: Date | null;
  confirmedAt: Date;
  cancelledAt: Date | null;
}

/** `_id` is purpose:number; the highest number signs. The node that needs it first creates it. */
export interface SecretDoc {
  _id: string;
  purpose: string;
  key: string;
  at: Date;
}

/** `_id` is the order's id, the claim's seq and the outcome: what a recovery did to a claim that Redis had forgotten, or whose unit it had given twice. */
export interface ClaimRepairDoc {
  _id: string;
  saleId: string;
  customerId: string;
  n: number;
  unit: number;
  seq: number;
  requestId: string;
  claimedAt: number;
  arrivedAt: number;
  outcome: 'restored' | 'revoked';
  at: Date;
}

export interface CustomerDoc {
  _id: string;
  totalPurchases: number;
  updatedAt: Date;
}

/** `_id` is the customer's id. */
export interface BlockedCustomerDoc {
  _id: string;
  reason: string | null;
  by: string;
  at: Date;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const moment = { type: Date, required: true } as const;

const orderSchema = new Schema<OrderDoc>(
  {
    _id: text,
    saleId: text,
    customerId: text,
    n: { ...whole, min: 1, max: perCustomerMax },
    number: String,
    unit: {
      ...whole,
      min: 1,
      validate: {
        validator(this: unknown, unit: number) {
          return Number.isSafeInteger(unit) && unit <= (this as OrderDoc).quantity;
        },
        message: 'unit {VALUE} is beyond the quantity of the sale',
      },
    },
    variant: String,
    quantity: { ...whole, min: 1, max: quantityMax },
    ...pricedFields,
    status: { type: String, enum: ['confirmed', 'cancelled'], required: true },
    seq: { ...whole, min: 1 },
    released: { ...whole, min: 0 },
    requestId: text,
    claimedAt: moment,
    arrivedAt: { type: Date, default: null },
    confirmedAt: moment,
    cancelledAt: { type: Date, default: null },
  },
  { ...strict, collection: 'orders' },
);
orderSchema.index({ saleId: 1, unit: 1, released: 1 }, { unique: true });
// Databases of version 0.2 and before also have the shorter `customerId_1_claimedAt_-1`, which is not needed any more.
orderSchema.index({ customerId: 1, claimedAt: -1, _id: -1 });
// Not unique: two orders with the same number are improbable, and each of them still has to be written.
orderSchema.index({ number: 1 });

const customerSchema = new Schema<CustomerDoc>(
  { _id: text, totalPurchases: { ...whole, min: 0 }, updatedAt: moment },
  { ...strict, collection: 'customers' },
);

const claimRepairSchema = new Schema<ClaimRepairDoc>(
  {
    _id: text,
    saleId: text,
    customerId: text,
    n: whole,
    unit: whole,
    seq: whole,
    requestId: text,
    claimedAt: whole,
    arrivedAt: whole,
    outcome: { type: String, enum: ['restored', 'revoked'], required: true },
    at: moment,
  },
  { ...strict, collection: 'claimrepairs' },
);
claimRepairSchema.index({ saleId: 1, outcome: 1, customerId: 1 });

const secretSchema = new Schema<SecretDoc>(
  { _id: text, purpose: text, key: text, at: moment },
  { ...strict, collection: 'secrets' },
);

const blockedSchema = new Schema<BlockedCustomerDoc>(
  { _id: text, reason: { type: String, default: null }, by: text, at: moment },
  { ...strict, collection: 'blockedcustomers' },
);
blockedSchema.index({ at: -1, _id: -1 });

export interface Models
  extends SaleModels,
    SealModels,
    TallyModels,
    PlanModels,
    RecountModels,
    RehearsalModels,
    ImageModels,
    HoldModels,
    PaymentReferenceModels,
    ApiKeyModels,
    SessionModels,
    EmailCodeModels,
    OrderMailModels,
    PeopleModels,
    AccessCodeModels,
    SettingsModels {
  BlockedCustomer: Model<BlockedCustomerDoc>;
  Secret: Model<SecretDoc>;
  Order: Model<OrderDoc>;
  Customer: Model<CustomerDoc>;
  ClaimRepair: Model<ClaimRepairDoc>;
  OperatorAction: Model<OperatorActionDoc>;
}

/** Resolves when every index exists: before that, a unit could get two orders. */
export async function createModels(connection: Connection): Promise<Models> {
  const models = modelsOn(connection);
  for (const model of Object.values(models) as Model<unknown>[]) {
    await model.createCollection();
    await model.createIndexes();
  }
  return models;
}

export function modelsOn(connection: Connection): Models {
  return {
    BlockedCustomer: connection.model<BlockedCustomerDoc>('BlockedCustomer', blockedSchema),
    Secret: connection.model<SecretDoc>('Secret', secretSchema),
    Order: connection.model<OrderDoc>('Order', orderSchema),
    Customer: connection.model<CustomerDoc>('Customer', customerSchema),
    ClaimRepair: connection.model<ClaimRepairDoc>('ClaimRepair', claimRepairSchema),
    OperatorAction: connection.model<OperatorActionDoc>('OperatorAction', operatorActionSchema),
    ...saleModels(connection),
    ...sealModels(connection),
    ...tallyModels(connection),
    ...planModels(connection),
    ...recountModels(connection),
    ...rehearsalModels(connection),
    ...imageModels(connection),
    ...holdModels(connection),
    ...paymentReferenceModels(connection),
    ...apiKeyModels(connection),
    ...sessionModels(connection),
    ...emailCodeModels(connection),
    ...orderMailModels(connection),
    ...peopleModels(connection),
    ...accessCodeModels(connection),
    ...settingsModels(connection),
  };
}
