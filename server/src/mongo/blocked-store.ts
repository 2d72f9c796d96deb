import type { BlockedCustomerRecord, BlockedList } from '../operator/blocking.ts';
import { durable } from './durable.ts';
import type { BlockedCustomerDoc, Models } from './models.ts';
import { newestFirst, pageOf } from './page-by-time.ts';

/** Every node keeps all of them in memory. */
const blockedMax = 100_000;

export interface BlockedStore extends BlockedList {
  all(): Promise<string[]>;
  hasRoom(): Promise<boolean>;
  add(customerId: string, reason: string | null, by: string): Promise<void>;
  remove(customerId: string): Promise<void>;
}

export function createBlockedStore({ BlockedCustomer }: Pick<Models, 'BlockedCustomer'>): BlockedStore {
  return {
    async all() {
      const docs = await BlockedCustomer.find({}, { _id: 1 }).limit(blockedMax).lean();
      return docs.map(({ _id }) => _id);
    },
    async byId(customerId) {
      const doc = await BlockedCustomer.findOne({ _id: customerId }).lean<BlockedCustomerDoc>();
      return doc && fromDoc(doc);
    },
    async page({ before, limit }) {
      const { filter, order } = newestFirst('at', before, {});
      const docs = await BlockedCustomer.find(filter)
        .sort(order)
        .limit(limit + 1)
        .lean<BlockedCustomerDoc[]>();
      const { rows, next } = pageOf(docs, limit, (doc) => doc.at);
      return { customers: rows.map(fromDoc), next };
    },
    async hasRoom() {
      return (await BlockedCustomer.countDocuments({})) < blockedMax;
    },
    async add(customerId, reason, by) {
      await BlockedCustomer.updateOne(
        { _id: customerId },
        { $set: { reason, by, at: new Date() } },
        { upsert: true, ...durable },
      );
    },
    async remove(customerId) {
      await BlockedCustomer.deleteOne({ _id: customerId }, durable);
    },
  };
}

function fromDoc({ _id: customerId, reason, by, at }: BlockedCustomerDoc): BlockedCustomerRecord {
  return { customerId, reason, by, at: at.getTime() };
}
