import { type Connection, type Model, Schema } from 'mongoose';
import type { PaymentReferences } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';

/** `_id` is the reference: the first insert decides for which hold it pays. */
interface PaymentReferenceDoc {
  _id: string;
  holdId: string;
}

export interface PaymentReferenceModels {
  PaymentReference: Model<PaymentReferenceDoc>;
}

const text = { type: String, required: true } as const;

const referenceSchema = new Schema<PaymentReferenceDoc>(
  { _id: text, holdId: text },
  { strict: true, strictQuery: true, versionKey: false, collection: 'paymentreferences' },
);

export function paymentReferenceModels(connection: Connection): PaymentReferenceModels {
  return {
    PaymentReference: connection.model<PaymentReferenceDoc>('PaymentReference', referenceSchema),
  };
}

export function createPaymentReferences({ PaymentReference }: PaymentReferenceModels): PaymentReferences {
  return {
    async take(reference, holdId) {
      if (await unlessThere(new PaymentReference({ _id: reference, holdId }).save(durable))) return holdId;
      const taken = await PaymentReference.findOne({ _id: reference }).lean<PaymentReferenceDoc>();
      return taken?.holdId ?? null;
    },
    async free(reference, holdId) {
      await PaymentReference.deleteOne({ _id: reference, holdId }, { writeConcern: durable });
    },
  };
}
