import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import { Schema } from 'mongoose';

/**
 * An operator's action other than a revision of a sale's terms. Written before it is done, under a unique id; `outcome`
 * is set by the node that did it. Together with the revisions, this is the audit log.
 */
export interface OperatorActionDoc {
  _id: string;
  /** Null: the action is not about a sale. */
  saleId: string | null;
  orderId: string | null;
  customerId: string | null;
  action: string;
  by: string;
  at: Date;
  reason: string | null;
  changes: OperatorAction['changes'];
  outcome: OperatorAction['outcome'];
}

const text = { type: String, required: true } as const;

export const operatorActionSchema = new Schema<OperatorActionDoc>(
  {
    _id: text,
    saleId: { type: String, default: null },
    orderId: { type: String, default: null },
    customerId: { type: String, default: null },
    action: text,
    by: text,
    at: { type: Date, required: true },
    reason: { type: String, default: null },
    changes: {
      type: [
        new Schema({ field: text, before: Schema.Types.Mixed, after: Schema.Types.Mixed }, { _id: false }),
      ],
      default: [],
    },
    outcome: { type: String, enum: ['begun', 'done'], required: true },
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'operatoractions' },
);
operatorActionSchema.index({ at: -1, _id: -1 });
operatorActionSchema.index({ saleId: 1, at: -1 });
operatorActionSchema.index({ by: 1, at: -1, _id: -1 });
operatorActionSchema.index({ action: 1, at: -1, _id: -1 });
operatorActionSchema.index({ outcome: 1, action: 1, at: 1 });
