import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { quantityMax } from '@flipzon/protocol/schemas.ts';
import type { Config } from './config.ts';
import { openGateway } from './gateway/open-gateway.ts';
import { createGuard } from './guard.ts';
import { createRequireRole } from './http/authenticate.ts';
import { buyRoute } from './http/buy-route.ts';
import { customerRoutes } from './http/customer-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { createHttpServer } from './http/http-server.ts';
import { operatorRoutes } from './http/operator-routes.ts';
import { ordersExportRoute } from './http/orders-export-route.ts';
import { publicRoutes } from './http/public-routes.ts';
import { receiptsRoute } from './http/receipts-route.ts';
import { createTokens, signToken } from './identity/tokens.ts';
import { createBuyRate } from './limits/buy-rate.ts';
import { createRequestRate } from './limits/request-rate.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createClaimRepairs } from './mongo/claim-repairs.ts';
import { connectMongo } from './mongo/connection.ts';
import { wrongTotals } from './mongo/customer-totals.ts';
import { createModels } from './mongo/models.ts';
import { createOrderStore } from './mongo/order-store.ts';
import { receiptKeys } from './mongo/receipt-keys.ts';
import { createSaleStore } from './mongo/sale-store.ts';
import { createAudit } from './orders/audit.ts';
import { OrderWriter } from './orders/order-writer.ts';
import { createRecovery } from './orders/recovery.ts';
import { createSettleClaims } from './orders/settle-claims.ts';
import { RedisClaimLedger } from './redis/claim-ledger.ts';
import { connectRedis } from './redis/connections.ts';
import { RedisEpochKeys } from './redis/epoch-keys.ts';
import { subscribeFeed } from './redis/feed.ts';
import { announcementChannel, presenceChannel } from './redis/keys.ts';
import { readLedgerContent } from './redis/ledger-content.ts';
import { RedisOutbox } from './redis/outbox.ts';
import { RedisClock } from './redis/redis-clock.ts';
import { createScriptLoader } from './redis/script-loader.ts';
import { createSocketAdapter } from './redis/socket-adapter.ts';
import { createBuy } from './sale/buy.ts';
import { CurrentSale } from './sale/current-sale.ts';
import { createOperate } from './sale/operate.ts';
import type { Claim } from './sale/order.ts';
import { createOrderStatusReader } from './sale/order-status.ts';
import { createCustomerOrders } from './sale/orders-of-customer.ts';
import type { OrderNotifier } from './sale/ports.ts';
import { RecentClaims } from './sale/recent-claims.ts';
import { RestoreClaims } from './sale/restore-claims.ts';
import { SaleKeeper } from './sale/sale-keeper.ts';
import { SoldOutMemory } from './sale/sold-out-memory.ts';

/** How long a recovered sale waits for claims that Redis forgot before it sells on. */
const restoreWindowMs = 1_000;

/** Presentations of receipts over HTTP, per customer and node; a client that polls for its order asks less often. */
const receiptsRate = { points: 5, perMs: 1_000 };

export interface App extends AsyncDisposable {
  /** `http://HOST:PORT` */
  url: string;
  port: number;
}

/**
 * The only place where everything meets: who gets what, and in which order it starts and stops. Rejects when Redis, MongoDB or the
 * port can't be had; whatever was started is stopped then.
 */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  await using undo = new AsyncDisposableStack();
  const nodeId = `${config.NODE_NAME}-${randomUUID().slice(0, 8)}`;
  const metrics = createMetrics({
    sockets: () => gateway.presence.own,
    remaining: () => current.snapshot?.stock.remaining ?? 0,
    epoch: () => current.snapshot?.epoch ?? 0,
  });
  const fault = (part: string) => (error: unknown) => {
    metrics.faults.inc({ part });
    logger.warn({ part, err: error }, 'fault');
  };

  const redis = undo.use(await connectRedis(config.REDIS_URL, fault('redis')));
  const loadScripts = createScriptLoader(config.REDIS_RECOVERY_URL ?? config.REDIS_URL);
  // Shows at once whether this node could recover a sale.
  await loadScripts([]);
  const mongo = await connectMongo(config.MONGODB_URI, config.MONGODB_DATABASE, fault('mongodb'));
  undo.defer(() => mongo.close());
  const models = await createModels(mongo);

  const clock = undo.use(new RedisClock(redis.commands));
  await clock.start(fault('clock'));
  const keysOfReceipts = await receiptKeys(models);
  const recent = new RecentClaims();
  const orders = createOrderStore(models);
  const sales = createSaleStore(models);
  const repairs = createClaimRepairs(models);
  const noteRepair = (claim: Claim, outcome: 'restored' | 'revoked') =>
    void repairs.add(claim, outcome).catch(fault('repairs'));
  const ledger = new RedisClaimLedger(redis.commands, { rate: config.RATE_LIMIT_BUY });
  const keys = new RedisEpochKeys(redis.commands, loadScripts);
  const outbox = new RedisOutbox(redis.commands, redis.blocking, nodeId);
  const current = undo.use(new CurrentSale(clock));
  const orderStatus = createOrderStatusReader(orders);
  const customerOrders = createCustomerOrders({ current, ledger, orders, orderStatus, repairs });
  const tokens = createTokens(
    {
      secret: config.JWT_SECRET,
      jwksUrl: config.JWT_JWKS_URL,
      issuer: config.JWT_ISSUER,
      audience: config.JWT_AUDIENCE,
      accountCreatedClaim: config.ACCOUNT_CREATED_CLAIM,
    },
    clock,
  );
  const announcer = {
    announce: async () => {
      await redis.commands.publish(announcementChannel, nodeId);
    },
  };
  const notifier: OrderNotifier = {
    notify: (order) => gateway.notify(order),
  };

  const settle = createSettleClaims({
    outbox,
    orders,
    ledger,
    sales,
    notifier,
    clock,
    onSettled: (outcome, claim, at) => {
      metrics.settled.inc({ outcome });
      if (claim !== null) metrics.confirmSeconds.observe(Math.max(0, at - claim.claimedAt) / 1000);
      if (outcome !== 'stored' && outcome !== 'stored_before')
        logger.warn({ outcome, claim }, 'an outbox entry was no plain order');
      if (outcome === 'revoked' && claim !== null) noteRepair(claim, outcome);
    },
  });
  const recovery = createRecovery({
    sales,
    orders,
    outbox,
    keys,
    settle,
    restoreWindow: async () => {
      await keeper.refresh();
      await announcer.announce();
      await delay(restoreWindowMs);
    },
  });
  const restore = undo.use(
    new RestoreClaims({
      current,
      ledger,
      orders,
      notifier,
      recent,
      onRestore: (outcome, claim) => {
        metrics.restores.inc({ outcome });
        if (outcome !== 'known') logger.warn({ outcome, claim }, 'a claim was presented');
        if (outcome === 'restored' || outcome === 'revoked') noteRepair(claim, outcome);
      },
      onError: fault('restore'),
    }),
  );
  const present = (claim: Claim) => {
    // Kept as well: it may be presented while the recovery that needs it is still under way.
    recent.add(claim);
    return restore.present(claim);
  };
  const keeper = new SaleKeeper({
    current,
    sales,
    keys,
    recover: recovery.recover,
    announce: announcer.announce,
    owner: nodeId,
    onError: fault('recovery'),
    onRecovery: (outcome) => {
      metrics.recoveries.inc({ outcome: outcome.code });
      logger.info(outcome, 'recovery');
    },
  });
  const writer = new OrderWriter({
    outbox,
    settle,
    source: () => {
      const { snapshot, at } = current;
      return snapshot !== null && at !== null && keeper.healthy ? { sale: snapshot.sale, at } : null;
    },
    onError: fault('writer'),
  });
  const buy = createBuy({
    current,
    ledger,
    soldOut: new SoldOutMemory({ current, ledger, clock, onError: fault('sold-out memory') }),
    rate: createBuyRate(config.RATE_LIMIT_BUY),
    orderStatus,
    receiptKeys: keysOfReceipts,
    recent,
    clock,
    onClosed: () => void keeper.recover(),
    onAnswer: (outcome, tookMs) => {
      metrics.countBuy(outcome);
      metrics.buySeconds.observe(tookMs / 1000);
    },
    onFault: fault('buy'),
  });
  const guard = undo.use(
    createGuard({
      config,
      models,
      clock,
      current,
      announcer,
      countBuy: metrics.countBuy,
      onError: fault('blocked customers'),
    }),
  );
  await guard.blocked.refresh();
  const guardedBuy = guard.around(buy);
  const operate = createOperate({
    sales,
    orders,
    ledger,
    clock,
    announcer,
    notifier,
    timeZone: config.SALE_TIME_ZONE,
    quantityMax,
    refresh: () => keeper.refresh(),
    establish: (sale) => keeper.establish(sale),
    drain: async (sale) => {
      await recovery.drain(sale, await sales.epoch(sale.id));
    },
  });
  const audit = createAudit({
    sales,
    orders,
    repairs,
    ledgerContent: (at) => readLedgerContent(redis.commands, at),
    wrongTotals: (saleId) => wrongTotals(models, saleId),
  });

  let draining = false;
  const secret = config.JWT_SECRET;
  const requireRole = createRequireRole(tokens, clock);
  const http = await createHttpServer({
    logger,
    allowedOrigins: config.ALLOWED_ORIGINS,
    clientDir: config.CLIENT_DIR,
    routes: (app) => {
      publicRoutes(app, {
        current,
        customerOrders,
        requireRole,
        login:
          config.DEMO_LOGIN && secret !== undefined ? (who) => signToken(secret, who, clock.now()) : null,
      });
      buyRoute(app, { buy: guardedBuy, placeOf: guard.placeOf, requireRole });
      customerRoutes(app, { block: guard.block, unblock: guard.unblock, requireRole });
      receiptsRoute(app, {
        customerOrders,
        requireRole,
        receiptKeys: keysOfReceipts,
        present,
        rate: createRequestRate(receiptsRate),
      });
      operatorRoutes(app, { operate, current, audit, requireRole });
      ordersExportRoute(app, { orders, sales, requireRole });
      healthRoutes(app, {
        readiness: async () => ({
          redis: redis.commands.status === 'ready',
          mongodb: mongo.readyState === 1,
          caughtUp: keeper.healthy,
          draining,
        }),
        metrics: async () => ({
          contentType: metrics.registry.contentType,
          text: await metrics.registry.metrics(),
        }),
      });
    },
  });
  await http.ready();

  const { adapter } = undo.use(
    createSocketAdapter(redis, {
      // A new sale may be among what was missed, and its orders are what is to be told.
      onMissed: () =>
        void keeper
          .refresh()
          .catch(fault('recovery'))
          .finally(() => gateway.resendOrders()),
      sayMissed: () => gateway.haveOthersResend(),
      onError: fault('adapter'),
    }),
  );
  const gateway = undo.use(
    openGateway({
      http: http.server,
      transports: config.TRANSPORTS,
      allowedOrigins: config.ALLOWED_ORIGINS,
      adapter,
      admissionRate: config.ADMISSION_RATE,
      onSlowReaders: (dropped) => metrics.slowReaders.inc(dropped),
      onAdmissionRefused: (reason) => metrics.admissionsRefused.inc({ reason }),
      nodeId,
      current,
      customerOrders,
      tokens,
      clock,
      buy: guardedBuy,
      buyRate: config.RATE_LIMIT_BUY,
      blocked: guard.blocked,
      customerSocketsMax: config.CUSTOMER_SOCKETS,
      placeOf: guard.placeOf,
      onPlaceRefused: (reason) => metrics.admissionsRefused.inc({ reason }),
      onMisuse: (kind) => metrics.misuse.inc({ kind }),
      pingMs: config.SOCKET_PING_SECONDS * 1_000,
      receiptKeys: keysOfReceipts,
      present,
      publishPresence: (message) => redis.commands.publish(presenceChannel, message),
      onError: fault('socket'),
    }),
  );

  await subscribeFeed(redis.subscriber, {
    onStock: (saleId, stock) => current.setStock(saleId, stock),
    onAnnouncement: () => {
      void keeper.refresh().catch(fault('recovery'));
      void guard.blocked.refresh().catch(fault('blocked customers'));
    },
    onPresence: (message) => gateway.presence.heard(message),
  });
  redis.commands.on('close', () => keeper.suspect());
  await keeper.start();
  undo.defer(() => keeper.stop());
  writer.start();
  undo.defer(() => writer.stop());
  gateway.presence.start();

  await http.listen({ host: config.HOST, port: config.PORT, backlog: 4_096 });
  undo.defer(async () => {
    draining = true;
    await gateway.drain();
    await http.close();
  });
  const { port } = http.server.address() as AddressInfo;
  const running = undo.move();
  return {
    port,
    url: `http://${config.HOST}:${port}`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
