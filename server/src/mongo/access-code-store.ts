import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import type { AccessCodeStore, CodeUse } from '../presale/access-codes.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import { insertUnordered } from './insert-unordered.ts';

/** `_id` is the sale and the hash of the code; the code itself is not stored. */
interface AccessCodeDoc {
  _id: string;
  saleId: string;
  variant?: string;
  by: string;
  at: Date;
}

/** `_id` is that of the code, so the first insert, of a customer or an operator, decides how the code ended. */
interface AccessCodeUseDoc extends CodeUse {
  _id: string;
  saleId: string;
  at: Date;
}

export interface AccessCodeModels {
  AccessCode: Model<AccessCodeDoc>;
  AccessCodeUse: Model<AccessCodeUseDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const codeSchema = new Schema<AccessCodeDoc>(
  { _id: text, saleId: text, variant: String, by: text, at: moment },
  { ...strict, collection: 'accesscodes' },
);
codeSchema.index({ saleId: 1 });
const useSchema = new Schema<AccessCodeUseDoc>(
  {
    _id: text,
    saleId: text,
    outcome: { type: String, enum: ['redeemed', 'revoked'], required: true },
    by: text,
    at: moment,
  },
  { ...strict, collection: 'accesscodeuses' },
);
useSchema.index({ saleId: 1, outcome: 1 });

export function accessCodeModels(connection: Connection): AccessCodeModels {
  return {
    AccessCode: connection.model<AccessCodeDoc>('AccessCode', codeSchema),
    AccessCodeUse: connection.model<AccessCodeUseDoc>('AccessCodeUse', useSchema),
  };
}

export function createAccessCodeStore({ AccessCode, AccessCodeUse }: AccessCodeModels): AccessCodeStore {
  const codes = AccessCode.collection as unknown as mongo.Collection<AccessCodeDoc>;
  const useOf = (id: string) => AccessCodeUse.findOne({ _id: id }).lean<AccessCodeUseDoc>();
  return {
    async add(added, saleId, by) {
      const at = new Date();
      return insertUnordered(
        codes,
        added.map(({ id, variant }) => ({
          _id: id,
          saleId,
          ...(variant !== undefined && { variant }),
          by,
          at,
        })),
      );
    },
    known: (ids) => AccessCode.countDocuments({ _id: { $in: [...ids] } }),
    async find(id) {
      const [code, use] = await Promise.all([
        AccessCode.findOne({ _id: id }, { variant: 1 }).lean<AccessCodeDoc>(),
        useOf(id),
      ]);
      return { code: code && (code.variant === undefined ? {} : { variant: code.variant }), use };
    },
    async use(id, saleId, use) {
      if (await unlessThere(new AccessCodeUse({ _id: id, saleId, ...use, at: new Date() }).save(durable)))
        return use;
      const first = await useOf(id);
      if (first === null) throw new Error(`the use that kept another one of ${id} out is gone`);
      return first;
    },
    async counts(saleId) {
      const [issued, redeemed, revoked] = await Promise.all([
        AccessCode.countDocuments({ saleId }),
        AccessCodeUse.countDocuments({ saleId, outcome: 'redeemed' }),
        AccessCodeUse.countDocuments({ saleId, outcome: 'revoked' }),
      ]);
      return { issued, redeemed, revoked };
    },
  };
}
