import { type ApiScope, apiScopes } from '@flipzon/protocol/api-keys.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import type { ApiKey, ApiKeyStore } from '../identity/api-keys.ts';
import { durable } from './durable.ts';

/** `_id` is the public part of the key. The key itself is not stored. */
interface ApiKeyDoc {
  _id: string;
  hash: string;
  name: string;
  scopes: ApiScope[];
  by: string;
  at: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
}

export interface ApiKeyModels {
  ApiKey: Model<ApiKeyDoc>;
}

const text = { type: String, required: true } as const;

const apiKeySchema = new Schema<ApiKeyDoc>(
  {
    _id: text,
    hash: text,
    name: text,
    scopes: { type: [{ type: String, enum: apiScopes }], required: true },
    by: text,
    at: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    revokedBy: { type: String, default: null },
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'apikeys' },
);

export function apiKeyModels(connection: Connection): ApiKeyModels {
  return { ApiKey: connection.model<ApiKeyDoc>('ApiKey', apiKeySchema) };
}

export function createApiKeyStore({ ApiKey: Keys }: ApiKeyModels): ApiKeyStore {
  return {
    async add({ id, at, revokedAt: _, scopes, ...key }) {
      await new Keys({ _id: id, ...key, scopes: [...scopes], at: new Date(at) }).save(durable);
    },
    async byId(id) {
      const doc = await Keys.findOne({ _id: id }).lean<ApiKeyDoc>();
      return doc && { ...fromDoc(doc), hash: doc.hash };
    },
    async all() {
      const docs = await Keys.find({ revokedAt: null }).sort({ at: -1, _id: -1 }).lean<ApiKeyDoc[]>();
      return docs.map(fromDoc);
    },
    async revoke(id, revokedBy, at) {
      const revoked = { revokedAt: new Date(at), revokedBy };
      await Keys.updateOne({ _id: id, revokedAt: null }, { $set: revoked }, { writeConcern: durable });
    },
  };
}

function fromDoc({ _id: id, name, scopes, by, at, revokedAt }: ApiKeyDoc): ApiKey {
  return { id, name, scopes, by, at: at.getTime(), revokedAt: revokedAt?.getTime() ?? null };
}
