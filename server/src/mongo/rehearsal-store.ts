import { type Connection, type Model, Schema } from 'mongoose';
import type { RehearsalRecord, RehearsalStore } from '../operator/rehearsals.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';

/** The newest rehearsals, whose records are kept. */
const keptMax = 100;

/** `_id` is the rehearsal's number. Only the node that runs it writes to it again, so that no update of another's is lost. */
interface RehearsalDoc extends Omit<RehearsalRecord, 'number' | 'startedAt' | 'endedAt' | 'beatAt'> {
  _id: number;
  startedAt: Date;
  endedAt: Date | null;
  beatAt: Date;
}

/** `_id` is the rehearsal's number: requests of other nodes to the node that runs it. */
interface RehearsalStopDoc {
  _id: number;
  by: string;
  at: Date;
}

export interface RehearsalModels {
  Rehearsal: Model<RehearsalDoc>;
  RehearsalStop: Model<RehearsalStopDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false, minimize: false } as const;
const moment = { type: Date, required: true } as const;
// The protocol's schemas have checked their form.
const any = { type: Schema.Types.Mixed } as const;

const rehearsalSchema = new Schema<RehearsalDoc>(
  {
    _id: { type: Number, required: true },
    by: { type: String, required: true },
    plan: { ...any, required: true },
    startedAt: moment,
    endedAt: { type: Date, default: null },
    beatAt: moment,
    status: { type: String, required: true },
    stopped: { ...any, default: null },
    steps: { type: [String], default: [] },
    certificate: { ...any, default: null },
    text: { type: String, default: null },
  },
  { ...strict, collection: 'rehearsals' },
);
const stopSchema = new Schema<RehearsalStopDoc>(
  { _id: { type: Number, required: true }, by: { type: String, required: true }, at: moment },
  { ...strict, collection: 'rehearsalstops' },
);

export function rehearsalModels(connection: Connection): RehearsalModels {
  return {
    Rehearsal: connection.model<RehearsalDoc>('Rehearsal', rehearsalSchema),
    RehearsalStop: connection.model<RehearsalStopDoc>('RehearsalStop', stopSchema),
  };
}

export function createRehearsalStore({ Rehearsal, RehearsalStop }: RehearsalModels): RehearsalStore {
  return {
    async newest(count) {
      const docs = await Rehearsal.find({}).sort({ _id: -1 }).limit(count).lean<RehearsalDoc[]>();
      return docs.map(fromDoc);
    },
    async byNumber(number) {
      const doc = await Rehearsal.findOne({ _id: number }).lean<RehearsalDoc>();
      return doc && fromDoc(doc);
    },
    async begin(record) {
      if (!(await unlessThere(new Rehearsal(toDoc(record)).save(durable)))) return false;
      const old = { _id: { $lte: record.number - keptMax } };
      await Rehearsal.deleteMany(old);
      await RehearsalStop.deleteMany(old);
      return true;
    },
    async keep(record) {
      const { _id, ...fields } = toDoc(record);
      await Rehearsal.updateOne({ _id }, { $set: fields }, { writeConcern: durable });
    },
    async askToStop(number, by, at) {
      await unlessThere(new RehearsalStop({ _id: number, by, at: new Date(at) }).save(durable));
    },
    async isAskedToStop(number) {
      return (await RehearsalStop.findOne({ _id: number }).lean()) !== null;
    },
  };
}

function toDoc({ number, startedAt, endedAt, beatAt, ...record }: RehearsalRecord): RehearsalDoc {
  return {
    ...record,
    _id: number,
    startedAt: new Date(startedAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
    beatAt: new Date(beatAt),
  };
}

function fromDoc({ _id: number, startedAt, endedAt, beatAt, ...doc }: RehearsalDoc): RehearsalRecord {
  return {
    ...doc,
    number,
    startedAt: startedAt.getTime(),
    endedAt: endedAt?.getTime() ?? null,
    beatAt: beatAt.getTime(),
  };
}
