import { type Connection, type Model, Schema } from 'mongoose';
import type { PeopleStore, Person } from '../identity/people.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';

/** `_id` is `sub:` and the provider's id, or `mail:` and an address. */
interface PersonDoc extends Omit<Person, 'id' | 'at' | 'signedInAt'> {
  _id: string;
  at: Date;
  signedInAt: Date | null;
}

/** `_id` is `first`: one insert succeeds, for good. */
interface FirstOwnerDoc {
  _id: string;
  subject: string;
  at: Date;
}

export interface PeopleModels {
  Person: Model<PersonDoc>;
  FirstOwner: Model<FirstOwnerDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const personSchema = new Schema<PersonDoc>(
  {
    _id: text,
    role: text,
    from: text,
    subject: { type: String, default: null },
    removed: { type: Boolean, required: true },
    by: text,
    at: moment,
    signedInAt: { type: Date, default: null },
  },
  { ...strict, collection: 'people' },
);
const firstOwnerSchema = new Schema<FirstOwnerDoc>(
  { _id: text, subject: text, at: moment },
  { ...strict, collection: 'firstowners' },
);

// Removed people keep theirs.
personSchema.index({ subject: 1 });

export function peopleModels(connection: Connection): PeopleModels {
  return {
    Person: connection.model<PersonDoc>('Person', personSchema),
    FirstOwner: connection.model<FirstOwnerDoc>('FirstOwner', firstOwnerSchema),
  };
}

export function createPeopleStore({ Person, FirstOwner }: PeopleModels): PeopleStore {
  return {
    async find(ids, subject) {
      const under = { _id: { $in: [...ids] } };
      const docs = await Person.find(subject === undefined ? under : { $or: [under, { subject }] }).lean<
        PersonDoc[]
      >();
      return docs.map(fromDoc);
    },
    async all(max) {
      const docs = await Person.find({ removed: false })
        .sort({ from: -1, _id: 1 })
        .limit(max)
        .lean<PersonDoc[]>();
      return docs.map(fromDoc);
    },
    hasOwner: async () => (await Person.exists({ removed: false, role: 'owner' })) !== null,
    async write({ id, at, signedInAt, ...person }) {
      await Person.updateOne(
        { _id: id },
        {
          $set: {
            ...person,
            at: new Date(at),
            signedInAt: signedInAt === null ? null : new Date(signedInAt),
          },
        },
        { upsert: true, ...durable },
      );
    },
    async note({ id, from, role, subject, signedInAt, by, at }) {
      const isClaim = from === 'claim';
      const update = Person.updateOne(
        { _id: id, from },
        {
          $set: {
            ...(isClaim && { role }),
            subject,
            signedInAt: signedInAt === null ? null : new Date(signedInAt),
          },
          ...(isClaim && { $setOnInsert: { removed: false, by, at: new Date(at) } }),
        },
        { upsert: isClaim, ...durable },
      );
      // An owner may have invited them meanwhile.
      await unlessThere(update.exec());
    },
    async takeFirst(subject, now) {
      const isFirst = await unlessThere(
        new FirstOwner({ _id: 'first', subject, at: new Date(now) }).save(durable),
      );
      return isFirst || (await FirstOwner.exists({ _id: 'first', subject })) !== null;
    },
  };
}

function fromDoc({ _id: id, role, from, subject, removed, by, at, signedInAt }: PersonDoc): Person {
  return {
    ...{ id, role, from, subject, removed, by },
    at: at.getTime(),
    signedInAt: signedInAt?.getTime() ?? null,
  };
}
