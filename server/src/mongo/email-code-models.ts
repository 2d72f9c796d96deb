import { type Connection, type Model, Schema } from 'mongoose';

/** `_id` is a MAC of the cookie of the browser that asked. */
export interface EmailCodeDoc {
  _id: string;
  customerId: string;
  address: string;
  mac: string;
  /** Missing in documents of earlier versions; here and below. */
  language?: string;
  expiresAt: Date;
}

/** `_id` is code:number for a try, and code:used. */
export interface EmailCodeTryDoc {
  _id: string;
  expiresAt: Date;
}

/** `_id` is what is limited, the window and the number of the mail in it. */
export interface MailSlotDoc {
  _id: string;
  expiresAt: Date;
}

/** `_id` is the customer's id. */
export interface CustomerAddressDoc {
  _id: string;
  address: string;
  language?: string;
  since: Date;
}

export interface EmailCodeModels {
  EmailCode: Model<EmailCodeDoc>;
  EmailCodeTry: Model<EmailCodeTryDoc>;
  MailSlot: Model<MailSlotDoc>;
  CustomerAddress: Model<CustomerAddressDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const codeSchema = new Schema<EmailCodeDoc>(
  { _id: text, customerId: text, address: text, mac: text, language: String, expiresAt: moment },
  { ...strict, collection: 'emailcodes' },
);
const trySchema = new Schema<EmailCodeTryDoc>(
  { _id: text, expiresAt: moment },
  { ...strict, collection: 'emailcodetries' },
);
const slotSchema = new Schema<MailSlotDoc>(
  { _id: text, expiresAt: moment },
  { ...strict, collection: 'mailslots' },
);
const addressSchema = new Schema<CustomerAddressDoc>(
  { _id: text, address: text, language: String, since: moment },
  { ...strict, collection: 'customeraddresses' },
);

// No TTL index: FerretDB has none, so the nodes delete what has expired.
for (const schema of [codeSchema, trySchema, slotSchema]) schema.index({ expiresAt: 1 });

export function emailCodeModels(connection: Connection): EmailCodeModels {
  return {
    EmailCode: connection.model<EmailCodeDoc>('EmailCode', codeSchema),
    EmailCodeTry: connection.model<EmailCodeTryDoc>('EmailCodeTry', trySchema),
    MailSlot: connection.model<MailSlotDoc>('MailSlot', slotSchema),
    CustomerAddress: connection.model<CustomerAddressDoc>('CustomerAddress', addressSchema),
  };
}
