import { type Connection, type Model, Schema } from 'mongoose';
import type { TallyRecord } from '../seal/buy-tally.ts';

/** `_id` is saleId:nodeId, and a node has a new id at each start: every document has one writer. */
interface TallyDoc extends TallyRecord {
  _id: string;
  at: Date;
}

export interface TallyModels {
  BuyTally: Model<TallyDoc>;
}

const text = { type: String, required: true } as const;
const times = { counts: { type: [Number], required: true }, maxMs: { type: Number, required: true } };

const tallySchema = new Schema<TallyDoc>(
  {
    _id: text,
    saleId: text,
    nodeId: text,
    answers: { type: Schema.Types.Mixed, required: true },
    claimed: times,
    refused: times,
    at: { type: Date, required: true },
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'buytallies' },
);
tallySchema.index({ saleId: 1 });

export function tallyModels(connection: Connection): TallyModels {
  return { BuyTally: connection.model<TallyDoc>('BuyTally', tallySchema) };
}
