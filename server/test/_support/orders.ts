import { randomBytes } from 'node:crypto';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createHoldStore } from '../../src/mongo/hold-store.ts';
import { createModels, type Models } from '../../src/mongo/models.ts';
import { createOperatorLog } from '../../src/mongo/operator-log.ts';
import { createOrderStore } from '../../src/mongo/order-store.ts';
import { createRecounts } from '../../src/mongo/recounts.ts';
import { createSaleStore } from '../../src/mongo/sale-store.ts';
import { type CancelOrder, createCancelOrder } from '../../src/operator/cancel-order.ts';
import { createPersistClaims, type PersistedCode } from '../../src/orders/persist-claims.ts';
import { createCarryRequests } from '../../src/recovery/carry-requests.ts';
import { RecountTotals } from '../../src/recovery/recount-totals.ts';
import { createRecovery, type Recovery } from '../../src/recovery/recovery.ts';
import { RedisOutbox } from '../../src/redis/outbox.ts';
import type {
  ClaimLedger,
  EpochKeys,
  Outbox,
  PersistClaims,
  SaleEpoch,
} from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import type { PlanMails } from '../../src/sale/ports.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import type { HoldStore, OrderStore, Recounts, SaleStore } from '../../src/sale/store-ports.ts';
import { openLedger, type TestLedger } from './ledger.ts';
import { usd } from './usd.ts';

export interface TestOrders extends AsyncDisposable {
  redis: TestLedger;
  models: Models;
  orders: OrderStore;
  holds: HoldStore;
  sales: SaleStore;
  recovery: Recovery;
  recounts: Recounts;
  /** The customers that recoveries have left to be counted: by this node's name. */
  recountAs(nodeId: string, counting?: Pick<OrderStore, 'recount'>): RecountTotals;
  /** A recovery that works on these keys. */
  recoveryOn(keys: EpochKeys, restoreWindow?: () => Promise<unknown>): Recovery;
  cancelOrder(): CancelOrder;
  /** A writer whose calls of Redis are these. */
  persistOn(ledger: Partial<ClaimLedger>): PersistClaims;
  /** Settles and finishes a batch. */
  persistAll(...batch: Parameters<PersistClaims>): Promise<void>;
  /** Every notification of a customer, and how each entry ended. */
  notified: Order[];
  /** Orders about which mails were planned; rejects while `mailsFail`. */
  mailed: string[];
  mailsFail: boolean;
  persisted: PersistedCode[];
  outboxOf(consumer: string): Outbox;
  /** A sale that is open to claims, in MongoDB and in Redis. */
  openSale(quantity?: number, perCustomer?: number): Promise<{ sale: SaleRecord; at: SaleEpoch }>;
  claim(at: SaleEpoch, customerId: string, requestId?: string): Promise<Claim>;
}

/** Outbox, stores, writer and recovery on real services, without nodes around them. */
export async function openOrders(mongodbUri: string): Promise<TestOrders> {
  await using undo = new AsyncDisposableStack();
  const redis = undo.use(await openLedger());
  const mongo = await connectMongo(mongodbUri, `test_${randomBytes(6).toString('hex')}`, () => undefined);
  undo.defer(() => mongo.close());
  const models = await createModels(mongo);
  const orders = createOrderStore(models);
  const holds = createHoldStore(models);
  const sales = createSaleStore(models);
  const notified: Order[] = [];
  const persisted: PersistedCode[] = [];
  const mails = { mailed: [] as string[], mailsFail: false };
  const planMails: PlanMails = async (planned) => {
    if (mails.mailsFail) throw new Error('no mails now');
    mails.mailed.push(...planned.map(({ id }) => id));
  };
  const persistOn = (ledger: Partial<ClaimLedger>) =>
    createPersistClaims({
      outbox: redis.outbox,
      orders,
      ledger: {
        adopt: (...args) => redis.ledger.adopt(...args),
        reassign: (...args) => redis.ledger.reassign(...args),
        restore: (...args) => redis.ledger.restore(...args),
        release: (...args) => redis.ledger.release(...args),
        ...ledger,
      },
      sales,
      notifier: { notify: (order) => notified.push(order) },
      clock: { now: () => Date.now() },
      onPersisted: (code) => persisted.push(code),
      planMails,
    });
  const persistClaims = persistOn({});
  const recounts = createRecounts(models);
  const recountAs = (nodeId: string, counting: Pick<OrderStore, 'recount'> = orders) =>
    new RecountTotals({
      recounts,
      orders: { ...orders, ...counting },
      nodeId,
      planMails,
      onError: () => undefined,
    });
  const recoveryOn = (keys: EpochKeys, restoreWindow: () => Promise<unknown> = async () => undefined) =>
    createRecovery({
      sales,
      orders,
      holds,
      outbox: redis.outbox,
      keys,
      ledger: redis.ledger,
      recounts: recountAs('node-1'),
      persistClaims,
      carryRequests: createCarryRequests({
        ...{ sales, orders, holds, keys, requests: redis.requests, clock: { now: () => Date.now() } },
        onError: () => undefined,
      }),
      restoreWindow: async () => void (await restoreWindow()),
    });
  const recovery = recoveryOn(redis.keys);
  const done = undo.move();
  const shop: Omit<TestOrders, keyof typeof mails> = {
    redis,
    models,
    orders,
    holds,
    sales,
    recovery,
    recounts,
    recountAs,
    recoveryOn,
    persistOn,
    cancelOrder: () =>
      createCancelOrder({
        ...{ sales, orders, holds, ledger: redis.ledger, log: createOperatorLog(models) },
        holdLedger: redis.holds,
        notifier: { notify: (order) => notified.push(order) },
        clock: { now: () => Date.now() },
        onCancel: () => undefined,
        planMails,
        onError: () => undefined,
      }),
    persistAll: async (...batch) => (await persistClaims(...batch))(),
    notified,
    persisted,
    outboxOf: (consumer) => new RedisOutbox(redis.redis.commands, redis.redis.blocking, consumer),
    async openSale(quantity = 3, perCustomer = 1) {
      const previous = await sales.current();
      const sale: SaleRecord = {
        id: `test-${randomBytes(5).toString('hex')}`,
        product: { name: 'iPhone', price: usd(999) },
        perCustomer,
        simulated: false,
        createdAt: Math.max(Date.now(), (previous?.createdAt ?? 0) + 1),
        terms: { revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
      };
      await sales.create(sale, 'olga', previous?.id ?? null);
      const outcome = await recovery.recover(sale);
      if (outcome.code !== 'recovered') throw new Error(outcome.code);
      return { sale, at: { saleId: sale.id, epoch: outcome.epoch } };
    },
    async claim(at, customerId, requestId = `${customerId}-1`) {
      const outcome = await redis.ledger.claim(at, { customerId, requestId, arrivedAt: Date.now() });
      if (outcome.code !== 'claimed') throw new Error(outcome.code);
      return outcome.claim;
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
  return Object.assign(mails, shop);
}
