import type { Order } from '@flipzon/protocol/schemas.ts';
import { fakeEpochKeys, fakeOutbox, fakeRequests } from './fake-keys.ts';
import { fakeLedger, type Turn } from './fake-ledger.ts';
import {
  type FakeMongo,
  fakeLog,
  fakeOrders,
  fakePlans,
  fakeRecounts,
  fakeRepairNotes,
  fakeSales,
  fakeSeals,
} from './fake-mongo.ts';
import type { FakeRedis } from './fake-redis.ts';

/*
 * The two stores as a few lines of memory, for tests that need thousands of interleavings in seconds. Each call waits for its turn, which
 * the test's scheduler gives, and then happens at once, as a command of Redis or of MongoDB does. The real ones are tested elsewhere.
 */

const nothing: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** What one process sees of the stores. */
export function portsOn(
  redis: FakeRedis | ((saleId: string) => FakeRedis),
  mongo: FakeMongo,
  turn: Turn,
  notified: Order[],
  now: () => number = () => 1,
) {
  const redisOf = typeof redis === 'function' ? redis : () => redis;
  return {
    ledger: fakeLedger(redisOf, turn, now),
    keys: fakeEpochKeys(redisOf, turn),
    requests: fakeRequests(redisOf, turn),
    outbox: fakeOutbox(redisOf, turn),
    orders: fakeOrders(mongo, turn),
    // Sales of these tests require no payment.
    holds: {
      ofSale: () => nothing,
      claimedSince: () => nothing,
      ofClaim: async () => null,
      letGo: async () => undefined,
      inSale: async () => [],
      countsOf: async () => ({ made: 0, paid: 0, expired: 0, released: 0, done: 0 }),
    },
    recounts: fakeRecounts(mongo, turn),
    sales: fakeSales(mongo, turn, now),
    log: fakeLog(mongo, turn),
    plans: fakePlans(mongo, turn),
    repairs: fakeRepairNotes(mongo, turn),
    seals: fakeSeals(mongo, turn),
    notifier: { notify: (order: Order) => void notified.push(order) },
  };
}
