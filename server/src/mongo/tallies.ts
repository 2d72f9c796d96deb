import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import type { TallyRecord, TallyStore } from '../seal/buy-tally.ts';
import { DistinctCount } from '../shared/distinct-count.ts';
import { durable } from './durable.ts';

/** `_id` is saleId:nodeId, and a node has a new id at each start: every document has one writer. */
interface TallyDoc extends Omit<TallyRecord, 'pressed'> {
  _id: string;
  pressed?: Buffer;
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
    pressed: Buffer,
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
    async write({ pressed, ...record }) {
      const _id = `${record.saleId}:${record.nodeId}`;
      const doc = {
        ...{ _id, ...record, at: new Date() },
        ...(pressed && { pressed: Buffer.from(pressed) }),
      };
      await BuyTally.replaceOne({ _id }, doc, { upsert: true, writeConcern: durable });
    },
    async ofSale(saleId) {
      return BuyTally.find({ saleId }, { pressed: 0 }).lean<TallyRecord[]>();
    },
    async pressedIn(saleId) {
      const all = new DistinctCount();
      let known = false;
      const docs = BuyTally.find({ saleId }, { pressed: 1 }).lean<{ pressed?: mongo.Binary }>();
      for await (const { pressed } of docs.cursor({ batchSize: 100 })) {
        if (pressed === undefined) continue;
        known = true;
        all.merge(new DistinctCount(pressed.buffer));
      }
      return known ? all.estimate : null;
    },
  };
}
