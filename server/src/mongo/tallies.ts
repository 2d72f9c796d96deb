import { type Connection, type Model, Schema } from 'mongoose';
import type { TallyRecord, TallyStore } from '../seal/buy-tally.ts';
import { durable } from './durable.ts';

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

export function createTallyStore({ BuyTally }: TallyModels): TallyStore {
  return {
    async write(record) {
      const _id = `${record.saleId}:${record.nodeId}`;
      const doc = { _id, ...record, at: new Date() };
      await BuyTally.replaceOne({ _id }, doc, { upsert: true, writeConcern: durable });
    },
    async ofSale(saleId) {
      return BuyTally.find({ saleId }).lean<TallyRecord[]>();
    },
  };
}
