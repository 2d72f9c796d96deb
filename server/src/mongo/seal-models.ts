import { type Connection, type Model, Schema } from 'mongoose';
import type { WindowInForce } from '../sale/windows.ts';
import type { Seal, SealFigures } from '../seal/seal.ts';
import { moneyField, rangesField } from './variants-field.ts';

/** `_id` is saleId:version: two nodes can't make the same one. */
export interface SealDoc {
  _id: string;
  saleId: string;
  version: number;
  root: string;
  size: number;
  chunks: { root: string; firstSeq: number }[];
  quantity: number;
  variants?: NonNullable<Seal['variants']>;
  perCustomer: number;
  payment?: NonNullable<Seal['payment']>;
  windows?: WindowInForce[];
  digest?: string;
  figures: SealFigures;
  state: string;
  invariants?: number;
  sealedAt: Date;
}

/** `_id` is saleId:index:root, so its id determines its content, and versions share equal chunks. */
export interface SealChunkDoc {
  _id: string;
  leaves: string[];
}

export interface SealModels {
  Seal: Model<SealDoc>;
  SealChunk: Model<SealChunkDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, min: 0, validate: Number.isSafeInteger } as const;
const perhaps = { type: Number, default: null } as const;

const sealSchema = new Schema<SealDoc>(
  {
    _id: text,
    saleId: text,
    version: { ...whole, min: 1 },
    root: text,
    size: whole,
    chunks: { type: [new Schema({ root: text, firstSeq: whole }, { _id: false })], required: true },
    quantity: whole,
    variants: {
      type: [new Schema({ sku: text, price: moneyField, ranges: rangesField }, { _id: false })],
      default: undefined,
    },
    perCustomer: whole,
    payment: { type: new Schema({ holdSeconds: whole, holdsMax: whole }, { _id: false }), required: false },
    windows: {
      type: [
        new Schema<WindowInForce>(
          { from: whole, startsAt: whole, endsAt: perhaps, paused: { type: Boolean, required: true } },
          { _id: false },
        ),
      ],
      default: undefined,
    },
    digest: String,
    figures: {
      confirmed: whole,
      cancelled: whole,
      revoked: whole,
      expired: Number,
      released: Number,
      confirmedOf: { type: [Number], default: undefined },
      firstClaimAt: perhaps,
      lastClaimAt: perhaps,
      fairness: {
        compared: whole,
        overtaken: whole,
        overtakenMsMax: whole,
        waitedMsP50: { type: Number, required: true },
        waitedMsP99: { type: Number, required: true },
        waitedMsMax: { type: Number, required: true },
      },
    },
    state: text,
    invariants: Number,
    sealedAt: { type: Date, required: true },
  },
  { ...strict, collection: 'seals' },
);
sealSchema.index({ saleId: 1, version: -1 });

const sealChunkSchema = new Schema<SealChunkDoc>(
  { _id: text, leaves: { type: [String], required: true } },
  { ...strict, collection: 'sealchunks' },
);

export function sealModels(connection: Connection): SealModels {
  return {
    Seal: connection.model<SealDoc>('Seal', sealSchema),
    SealChunk: connection.model<SealChunkDoc>('SealChunk', sealChunkSchema),
  };
}
