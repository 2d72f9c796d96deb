import type { Door, Role } from '@flipzon/protocol/identity.ts';
import { type Connection, type Model, Schema } from 'mongoose';

/** `_id` is random, and no secret: the cookie that belongs to it is signed. */
export interface SessionDoc {
  _id: string;
  door: Door;
  subject: string;
  role: Role;
  accountCreatedAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
}

/** `_id` is session:number: a turn is begun by the one insert that succeeds. */
export interface SessionTurnDoc {
  _id: string;
  at: Date;
  expiresAt: Date;
}

/** `_id` is the session's: the tokens that it gave out are refused until it expires. */
export interface EndedSessionDoc {
  _id: string;
  expiresAt: Date;
}

export interface SessionModels {
  Session: Model<SessionDoc>;
  SessionTurn: Model<SessionTurnDoc>;
  EndedSession: Model<EndedSessionDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const sessionSchema = new Schema<SessionDoc>(
  {
    _id: text,
    door: text,
    subject: text,
    role: text,
    accountCreatedAt: { type: Date, default: null },
    createdAt: moment,
    expiresAt: moment,
  },
  { ...strict, collection: 'sessions' },
);
sessionSchema.index({ subject: 1, door: 1, createdAt: -1 });

const turnSchema = new Schema<SessionTurnDoc>(
  { _id: text, at: moment, expiresAt: moment },
  { ...strict, collection: 'sessionturns' },
);

const endedSchema = new Schema<EndedSessionDoc>(
  { _id: text, expiresAt: moment },
  { ...strict, collection: 'endedsessions' },
);

// No TTL index: FerretDB has none, so the nodes delete what has expired.
for (const schema of [sessionSchema, turnSchema, endedSchema]) schema.index({ expiresAt: 1 });

export function sessionModels(connection: Connection): SessionModels {
  return {
    Session: connection.model<SessionDoc>('Session', sessionSchema),
    SessionTurn: connection.model<SessionTurnDoc>('SessionTurn', turnSchema),
    EndedSession: connection.model<EndedSessionDoc>('EndedSession', endedSchema),
  };
}
