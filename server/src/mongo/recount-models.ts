import { type Connection, type Model, Schema } from 'mongoose';

/** `_id` is saleId:epoch. Deleted once every customer of the sale is counted. */
export interface RecountDoc {
  _id: string;
  saleId: string;
  /** The id of the last order that was counted; empty before the first. */
  after: string;
  /** The node that counts, and when it last made progress. */
  by: string;
  at: Date;
}

export interface RecountModels {
  Recount: Model<RecountDoc>;
}

const recountSchema = new Schema<RecountDoc>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    after: { type: String, default: '' },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'recounts' },
);

export function recountModels(connection: Connection): RecountModels {
  return { Recount: connection.model<RecountDoc>('Recount', recountSchema) };
}
