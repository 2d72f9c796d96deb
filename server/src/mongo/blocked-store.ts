import { durable } from './durable.ts';
import type { Models } from './models.ts';

/** Every node keeps all of them in memory. */
const blockedMax = 100_000;

export interface BlockedStore {
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
