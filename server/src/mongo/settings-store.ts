import { type Connection, type Model, Schema } from 'mongoose';
import type { SettingsRevision, SettingsStore } from '../brand/shop-settings.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';

/** `_id` is the version, so two owners can't make the same one; the highest is in force. */
interface SettingsRevisionDoc extends Omit<SettingsRevision, 'version' | 'at'> {
  _id: number;
  at: Date;
}

export interface SettingsModels {
  SettingsRevision: Model<SettingsRevisionDoc>;
}

/** Earlier ones are in the log too. */
const keptMax = 50;

const revisionSchema = new Schema<SettingsRevisionDoc>(
  {
    _id: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    changes: { type: [Schema.Types.Mixed], required: true } as never,
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'settingsrevisions' },
);

export function settingsModels(connection: Connection): SettingsModels {
  return { SettingsRevision: connection.model<SettingsRevisionDoc>('SettingsRevision', revisionSchema) };
}

export function createSettingsStore({ SettingsRevision }: SettingsModels): SettingsStore {
  return {
    async newest() {
      const doc = await SettingsRevision.findOne().sort({ _id: -1 }).lean<SettingsRevisionDoc>();
      if (doc === null) return null;
      // Written by hand, any of these may be missing.
      const { _id: version, settings, by = '', at, changes = [] } = doc;
      return { version, settings, by, at: at instanceof Date ? at.getTime() : 0, changes };
    },
    async add({ version, at, ...revision }) {
      const doc = new SettingsRevision({ _id: version, at: new Date(at), ...revision });
      if (!(await unlessThere(doc.save(durable)))) return false;
      await SettingsRevision.deleteMany({ _id: { $lte: version - keptMax } });
      return true;
    },
  };
}
