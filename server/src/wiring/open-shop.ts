import { EventEmitter } from 'node:events';
import type { Order, OrderedProduct } from '@flipzon/protocol/schemas.ts';
import { ShopSettings } from '../brand/shop-settings.ts';
import { createBuy } from '../buying/buy.ts';
import { createOrderOfRequest } from '../buying/order-of-request.ts';
import { createOrderStatusReader } from '../buying/order-status.ts';
import { createCustomerOrders } from '../buying/orders-of-customer.ts';
import { RecentClaims } from '../buying/recent-claims.ts';
import { SoldOutMemory } from '../buying/sold-out-memory.ts';
import { createBuyRate } from '../limits/buy-rate.ts';
import { countHolds } from '../metrics/count-holds.ts';
import { CurrentSale } from '../sale/current-sale.ts';
import { orderedProduct } from '../sale/ordered-product.ts';
import type { OrderNotifier } from '../sale/ports.ts';
import { createAfterSale } from '../seal/after-sale.ts';
import { createAudit } from '../seal/audit.ts';
import { createKeptReads } from '../shared/kept-reads.ts';
import { FollowBuys } from '../tracing/follow-buys.ts';
import { openFollowing } from '../tracing/open-following.ts';
import { createClaimPipeline } from './claim-pipeline.ts';
import { createGuard } from './guard.ts';
import { openIdentity } from './identity.ts';
import type { NodeContext } from './node-context.ts';
import { observeClaims } from './observe-claims.ts';
import type { Stores } from './open-stores.ts';
import { createOperatorServices } from './operator-services.ts';
import { createOrderMailPlans } from './order-mailing.ts';
import { createPlayRehearsal } from './play-rehearsal.ts';

/** How long each pass may write an earlier sale's outboxes. */
const drainEarlierMsMax = 5_000;

/** A product does not change any more once its sale has orders. */
const productReads = { keptMs: 600_000, keptMax: 1_000, atOnceMax: 20 };

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** The parts that decide and remember, without HTTP and sockets. Nothing runs before it is started. */
export async function openShop(node: NodeContext, stores: Stores) {
  await using undo = new AsyncDisposableStack();
  const { config, fault } = node;
  const { redis, mongo } = stores;
  const { clock, outbox, keys } = redis;
  const current = undo.use(new CurrentSale(clock));
  const takesPayments = config.PAYMENT_PROVIDER !== 'none';
  const customers = createCustomers(stores, current, takesPayments);
  const { orderStatus } = customers;
  const { note } = undo.use(await openFollowing(followingSettings(node)));
  const follow = note && new FollowBuys({ current, clock, note });
  const notifications = new EventEmitter<{ order: [Order] }>();
  const notifier: OrderNotifier = { notify: (order) => void notifications.emit('order', order) };
  const mailPlans = createOrderMailPlans(node, stores);
  const recent = new RecentClaims();

  const repaired = new EventEmitter<{ sale: [saleId: string] }>();
  const onRepair = (saleId: string) => void repaired.emit('sale', saleId);
  const claimPipeline = undo.use(
    createClaimPipeline({
      ...{ ...mongo, ...redis, current, notifier, recent, nodeId: node.id },
      holds: countHolds(mongo.holds, (what) => node.metrics.holds.add(what)),
      planMails: mailPlans?.confirmed,
      onHoldEnd: onRepair,
      observer: observeClaims({ ...node, repairs: mongo.repairs, follow, onRepair }),
    }),
  );
  const audit = createAudit({
    ...{ ...mongo, orders: mongo.shownOrders, holds: mongo.shownHolds },
    ...{ clock, ledgerContent: redis.ledgerContent },
  });
  const afterSale = createAfterSale({
    ...{ ...mongo, holds: mongo.shownHolds, outbox, keys, audit, clock, current, nodeId: node.id, fault },
    drain: (sale) => claimPipeline.recovery.drainWithin(drainEarlierMsMax, sale),
    onSeal: ({ saleId, version, root, size }) =>
      node.logger.info({ saleId, version, root, size }, 'sale_sealed'),
  });
  repaired.on('sale', afterSale.changed);

  const soldOut = undo.use(
    new SoldOutMemory({ current, ledger: redis.ledger, clock, onError: fault('sold-out memory') }),
  );
  const buy = createBuy({
    ...{ ...redis, current, orderStatus, receiptKeys: mongo.receiptKeys, recent, notifier, soldOut },
    ledger: follow?.ledger(redis.ledger) ?? redis.ledger,
    rate: createBuyRate(config.RATE_LIMIT_BUY),
    orderOfRequest: createOrderOfRequest(mongo),
    refresh: () => claimPipeline.reconciler.refresh(),
    onClosed: () => void claimPipeline.reconciler.recover(),
    onAnswer: (outcome, tookMs, saleId) => {
      node.metrics.buys.add(outcome);
      node.metrics.buyTimes.note(tookMs);
      afterSale.tally.count(outcome, tookMs, saleId);
    },
    onFault: fault('buy'),
  });
  const guard = undo.use(openGuard(node, stores, { current, tally: afterSale.tally }));
  await guard.blocked.refresh();
  const identity = undo.use(await openIdentity(node, stores));
  const settings = undo.use(
    new ShopSettings({
      ...{ store: mongo.settings, images: mongo.images, log: mongo.operatorLog, clock },
      ...{ announcer: redis.announcer, onError: fault('settings') },
    }),
  );
  await settings.refresh();
  const operatorServices = createOperatorServices({
    ...{
      redis,
      mongo,
      claimPipeline,
      current,
      notifier,
      fault,
      logger: node.logger,
      timeZone: config.SALE_TIME_ZONE,
      currency: config.CURRENCY,
      takesPayments,
    },
    allowUnsafeRedis: config.ALLOW_UNSAFE_REDIS,
    playRehearsal: await createPlayRehearsal(config),
    onCancel: afterSale.changed,
    planCancelledMails: mailPlans?.cancelled,
  });
  undo.use(operatorServices.rehearsals);

  const opened = undo.move();
  return {
    ...{
      current,
      claimPipeline,
      audit,
      afterSale,
      guard,
      operatorServices,
      notifications,
      identity,
      settings,
      mailPlans,
    },
    customerOrders: customers.customerOrders,
    tokens: identity.tokens,
    /** Guarded: what sockets and HTTP use. */
    buy: guard.around(follow?.buy(buy) ?? buy),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function createCustomers({ redis, mongo }: Stores, current: CurrentSale, takesPayments: boolean) {
  const { shownOrders: orders, shownHolds: holds, repairs } = mongo;
  const orderStatus = createOrderStatusReader(orders, (claim) => {
    const { sale } = current.snapshot ?? {};
    return sale?.id === claim.saleId && sale.terms.payment !== undefined ? holds.ofClaim(claim) : null;
  });
  const { ledger } = redis;
  const kept = createKeptReads<OrderedProduct | null>(productReads);
  const productOf = (saleId: string) =>
    kept(saleId, async () => orderedProduct(await mongo.sales.byId(saleId))).catch(() => null);
  return {
    orderStatus,
    customerOrders: createCustomerOrders({
      ...{ current, ledger, orders, holds, takesPayments, orderStatus, repairs, productOf },
    }),
  };
}

function followingSettings({ config, logger, id }: NodeContext): Parameters<typeof openFollowing>[0] {
  return {
    ...{ logger, node: id },
    collector: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    serviceName: config.OTEL_SERVICE_NAME,
    share: config.OTEL_TRACES_SAMPLER_ARG,
  };
}

function openGuard(
  { config, metrics, fault }: NodeContext,
  { redis, mongo }: Stores,
  { current, tally }: { current: CurrentSale; tally: ReturnType<typeof createAfterSale>['tally'] },
) {
  return createGuard({
    ...{ config, current, clock: redis.clock, announcer: redis.announcer },
    ...{ receiptKeys: mongo.receiptKeys, store: mongo.blocked, log: mongo.operatorLog },
    onPress: (customerId) => tally.press(customerId),
    onRefused: (code, tookMs) => {
      metrics.buys.add(code);
      tally.count(code, tookMs);
    },
    onNetworkRefused: (reason) => metrics.networkRefusals.add(reason),
    onError: fault('guard'),
  });
}
