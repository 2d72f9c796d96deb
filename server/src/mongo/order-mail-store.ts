import { type Connection, type Model, type mongo, Schema } from 'mongoose';
import type { OrderMail, OrderMailStore } from '../mail/order-mails.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { CustomerAddressDoc, EmailCodeModels } from './email-code-models.ts';
import { insertUnordered } from './insert-unordered.ts';

/** `_id` is the order's id and the kind of mail. */
interface OrderMailDoc {
  _id: string;
  orderId: string;
  kind: OrderMail['kind'];
  customerId: string;
  state: 'waiting' | 'sent' | 'dropped' | 'failed';
  attempts: number;
  plannedAt: Date;
  dueAt: Date;
}

/** `_id` is mail:number: an attempt is made by the one insert that succeeds. */
interface OrderMailAttemptDoc {
  _id: string;
  at: Date;
}

export interface OrderMailModels {
  OrderMail: Model<OrderMailDoc>;
  OrderMailAttempt: Model<OrderMailAttemptDoc>;
}

const strict = { strict: true, strictQuery: true, versionKey: false } as const;
const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;

const mailSchema = new Schema<OrderMailDoc>(
  {
    ...{ _id: text, orderId: text, kind: text, customerId: text, state: text },
    attempts: { type: Number, required: true },
    ...{ plannedAt: moment, dueAt: moment },
  },
  { ...strict, collection: 'ordermails' },
);
mailSchema.index({ state: 1, dueAt: 1 });
const attemptSchema = new Schema<OrderMailAttemptDoc>(
  { _id: text, at: moment },
  { ...strict, collection: 'ordermailattempts' },
);
attemptSchema.index({ at: 1 });

export function orderMailModels(connection: Connection): OrderMailModels {
  return {
    OrderMail: connection.model<OrderMailDoc>('OrderMail', mailSchema),
    OrderMailAttempt: connection.model<OrderMailAttemptDoc>('OrderMailAttempt', attemptSchema),
  };
}

export function createOrderMailStore(
  models: OrderMailModels & Pick<EmailCodeModels, 'CustomerAddress'>,
  { scans = false }: { scans?: boolean } = {},
): OrderMailStore {
  const { OrderMail, OrderMailAttempt, CustomerAddress } = models;
  const collection = OrderMail.collection as unknown as mongo.Collection<OrderMailDoc>;
  const isReachable = (id: string) => CustomerAddress.findOne({ _id: id }, { _id: 1 }).lean();
  const reachable = async (ids: readonly string[]): Promise<Set<string>> => {
    if (scans) {
      const found = new Set<string>();
      for (const id of ids) if ((await isReachable(id)) !== null) found.add(id);
      return found;
    }
    const known = await CustomerAddress.find({ _id: { $in: ids } }, { _id: 1 }).lean<CustomerAddressDoc[]>();
    return new Set(known.map(({ _id }) => _id));
  };
  return {
    async plan(orders, kind, { now, dueAt }) {
      const known = await reachable([...new Set(orders.map(({ customerId }) => customerId))]);
      const docs = orders
        .filter(({ customerId }) => known.has(customerId))
        .map(({ id: orderId, customerId }): OrderMailDoc => {
          const named = { _id: `${orderId}:${kind}`, orderId, kind, customerId };
          const times = { plannedAt: new Date(now), dueAt: new Date(dueAt) };
          return { ...named, state: 'waiting', attempts: 0, ...times };
        });
      if (docs.length === 0) return [];
      const before = await insertUnordered(collection, docs);
      return docs.filter(({ _id }) => !before.has(_id)).map(read);
    },
    async due(now, limit) {
      const docs = await OrderMail.find({ state: 'waiting', dueAt: { $lte: new Date(now) } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<OrderMailDoc[]>();
      return docs.map(read);
    },
    async begin(mail, now, leaseUntil) {
      const attempts = mail.attempts + 1;
      const _id = `${mail.id}:${attempts}`;
      const mine = await unlessThere(new OrderMailAttempt({ _id, at: new Date(now) }).save(durable));
      const begun = mine ? null : await OrderMailAttempt.findOne({ _id }).lean<OrderMailAttemptDoc>();
      // The node that began it may have died before it could say so here.
      const endsAt = begun === null ? leaseUntil : begun.at.getTime() + (leaseUntil - now);
      await OrderMail.updateOne(
        { _id: mail.id, state: 'waiting', attempts: mail.attempts },
        { $set: { attempts, dueAt: new Date(endsAt) } },
        { writeConcern: durable },
      );
      return mine;
    },
    async ended({ id }, state) {
      await OrderMail.updateOne({ _id: id }, { $set: { state } }, { writeConcern: durable });
    },
    async again({ id }, dueAt) {
      await OrderMail.updateOne(
        { _id: id, state: 'waiting' },
        { $set: { dueAt: new Date(dueAt) } },
        { writeConcern: durable },
      );
    },
    waiting: () => OrderMail.countDocuments({ state: 'waiting' }),
    async forgetAttempts(before) {
      await OrderMailAttempt.deleteMany({ at: { $lt: new Date(before) } });
    },
  };
}

function read({ _id: id, orderId, kind, customerId, attempts, plannedAt }: OrderMailDoc): OrderMail {
  return { id, orderId, kind, customerId, attempts, plannedAt: plannedAt.getTime() };
}
