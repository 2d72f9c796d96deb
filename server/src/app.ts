import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { originOf } from './address.ts';
import { type Config, tokenSettings } from './config.ts';
import { openGateway } from './gateway/open-gateway.ts';
import { StockDelivery } from './gateway/stock-delivery.ts';
import { createGuard } from './guard.ts';
import { closeHttp } from './http/close-http.ts';
import { createHttpApi } from './http/http-api.ts';
import { answerInTurn } from './http/in-turn.ts';
import { createTokens, signToken } from './identity/tokens.ts';
import { createBuyRate } from './limits/buy-rate.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics/metrics.ts';
import { openMongo } from './mongo/open-mongo.ts';
import { observeClaims } from './observe-claims.ts';
import { createOperatorDesk } from './operator-desk.ts';
import { createAudit } from './orders/audit.ts';
import { keepClaims } from './orders/keep-claims.ts';
import { keepSeals } from './orders/keep-seals.ts';
import { outboxFigures } from './orders/outbox-figures.ts';
import { createPlayRehearsal } from './play-rehearsal.ts';
import { subscribeFeed } from './redis/feed.ts';
import { openRedis } from './redis/open-redis.ts';
import { createSocketAdapter } from './redis/socket-adapter.ts';
import { createBuy } from './sale/buy.ts';
import { CurrentSale } from './sale/current-sale.ts';
import { createInvariantLight } from './sale/invariant-light.ts';
import { createOrderOfRequest } from './sale/order-of-request.ts';
import { createOrderStatusReader } from './sale/order-status.ts';
import { createCustomerOrders } from './sale/orders-of-customer.ts';
import type { OrderNotifier } from './sale/ports.ts';
import { createPreflight } from './sale/preflight.ts';
import { saleProbes } from './sale/preflight-sale.ts';
import { RecentClaims } from './sale/recent-claims.ts';
import { SoldOutMemory } from './sale/sold-out-memory.ts';
import { startWarnings } from './start-warnings.ts';
import { FollowBuys } from './tracing/follow-buys.ts';
import { openFollowing } from './tracing/open-following.ts';

/** How long each pass may write an earlier sale's outboxes. */
const drainEarlierMsMax = 5_000;

export interface App extends AsyncDisposable {
  /** `http://HOST:PORT` */
  url: string;
  port: number;
  /** To be read before a real sale. */
  warnings: readonly string[];
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
    connected: () => gateway.presence.connected,
    unreadBytes: () => gateway.unreadBytes,
    openBuys: () => redis.openBuys(),
    sale: () => current.snapshot,
    available: () => keeper.healthy,
    outbox: () => outboxFigures(outbox, current.at, clock),
  });
  const fault = (part: string) => (error: unknown) => {
    metrics.faults.add(part);
    logger.warn({ part, err: error }, 'fault');
  };

  const redis = undo.use(
    await openRedis({
      urls: config.REDIS_URL,
      recoveryUrls: config.REDIS_RECOVERY_URL ?? config.REDIS_URL,
      nodeId,
      rate: config.RATE_LIMIT_BUY,
      onCall: (tookMs) => metrics.claimCalls.note(tookMs),
      onError: fault('redis'),
      onClockError: fault('clock'),
    }),
  );
  const mongo = undo.use(
    await openMongo({
      uri: config.MONGODB_URI,
      database: config.MONGODB_DATABASE,
      clock: redis.clock,
      onError: fault('mongodb'),
    }),
  );
  const { clock, ledger, keys, outbox } = redis;
  const { orders, shownOrders, sales, repairs, receiptKeys } = mongo;

  const current = undo.use(new CurrentSale(clock));
  const recent = new RecentClaims();
  const following = undo.use(
    await openFollowing({
      logger,
      node: nodeId,
      collector: config.OTEL_EXPORTER_OTLP_ENDPOINT,
      serviceName: config.OTEL_SERVICE_NAME,
      share: config.OTEL_TRACES_SAMPLER_ARG,
    }),
  );
  const follow = following.note && new FollowBuys({ current, clock, note: following.note });
  const orderStatus = createOrderStatusReader(shownOrders);
  const customerOrders = createCustomerOrders({ current, ledger, orders: shownOrders, orderStatus, repairs });
  const notifier: OrderNotifier = { notify: (order) => gateway.notify(order) };
  const tokens = createTokens(tokenSettings(config), clock);
  const audit = createAudit({ ...mongo, orders: shownOrders, ledgerContent: redis.ledgerContent });
  const afterwards = keepSeals({
    ...{ ...mongo, outbox, keys, audit, clock, current, nodeId, fault },
    drain: (sale) => claims.recovery.drainWithin(drainEarlierMsMax, sale),
    onSeal: ({ saleId, version, root, size }) => logger.info({ saleId, version, root, size }, 'sealed'),
  });
  const claims = undo.use(
    keepClaims({
      ...{ ...mongo, ...redis, current, notifier, recent, nodeId },
      observer: observeClaims({ metrics, logger, repairs, fault, follow, onRepair: afterwards.changed }),
    }),
  );
  const { keeper, writer, recount, present } = claims;
  const decide = createBuy({
    ...{ ...redis, current, orderStatus, receiptKeys, recent, notifier },
    ledger: follow?.ledger(ledger) ?? ledger,
    soldOut: undo.use(new SoldOutMemory({ current, ledger, clock, onError: fault('sold-out memory') })),
    rate: createBuyRate(config.RATE_LIMIT_BUY),
    orderOfRequest: createOrderOfRequest({ orders, sales }),
    refresh: () => keeper.refresh(),
    onClosed: () => void keeper.recover(),
    onAnswer: (outcome, tookMs, saleId) => {
      metrics.buys.add(outcome);
      metrics.buyTimes.note(tookMs);
      afterwards.tally.count(outcome, tookMs, saleId);
    },
    onFault: fault('buy'),
  });
  const guard = undo.use(
    createGuard({
      ...{ config, receiptKeys, clock, current },
      store: mongo.blocked,
      log: mongo.operatorLog,
      announcer: redis.announcer,
      onRefused: (code) => {
        metrics.buys.add(code);
        afterwards.tally.count(code, 0);
      },
      onPlaceRefused: (reason) => metrics.networkRefusals.add(reason),
      onError: fault('guard'),
    }),
  );
  await guard.blocked.refresh();
  const guardedBuy = guard.around(follow?.buy(decide) ?? decide);
  const desk = createOperatorDesk({
    ...{ redis, mongo, claims, current, notifier, fault, timeZone: config.SALE_TIME_ZONE },
    allowUnsafeRedis: config.ALLOW_UNSAFE_REDIS,
    playRehearsal: createPlayRehearsal(config),
    onCancel: afterwards.changed,
  });

  undo.use(desk.rehearsals);

  let draining = false;
  const secret = config.JWT_SECRET;
  const http = await createHttpApi({
    logger,
    allowedOrigins: config.ALLOWED_ORIGINS,
    clientDir: config.CLIENT_DIR,
    timeZone: config.SALE_TIME_ZONE,
    transports: config.TRANSPORTS,
    isDraining: () => draining,
    tokens,
    clock,
    current,
    customerOrders,
    buy: guardedBuy,
    ...guard,
    ...desk,
    audit,
    preflight: () => preflight(),
    orders: shownOrders,
    sales,
    receiptKeys,
    present,
    afterwards,
    login: config.DEMO_LOGIN && secret !== undefined ? (who) => signToken(secret, who, clock.now()) : null,
    readiness: async () => ({
      redis: redis.isReady(),
      mongodb: mongo.isConnected(),
      caughtUp: keeper.healthy,
      draining,
    }),
    metrics: metrics.report,
  });

  const { adapter } = undo.use(
    createSocketAdapter(redis.connections, {
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
      onLate: (ms) => metrics.eventLoopDelays.note(ms),
      onAdmissionRefused: (reason) => metrics.admissionsRefused.add(reason),
      onStockSent: (seq) => delivery.sent(seq),
      onIgnored: (kind) => metrics.messagesIgnored.add(kind),
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
      onPlaceRefused: guard.onPlaceRefused,
      onMisuse: (kind) => metrics.misuse.add(kind),
      pingMs: config.SOCKET_PING_SECONDS * 1_000,
      receiptKeys,
      present,
      publishPresence: redis.publishPresence,
      publishFigures: redis.publishFigures,
      answered: metrics,
      light: createInvariantLight({
        current,
        ledger,
        orders: shownOrders,
        outbox,
        clock,
        onError: fault('figures'),
      }),
      onError: fault('socket'),
    }),
  );

  const preflight = createPreflight(
    [
      ...redis.probes,
      ...mongo.probes,
      gateway.nodesProbe,
      ...saleProbes({ current, keys, plans: mongo.plans, clock }),
    ],
    clock,
  );
  const delivery = new StockDelivery(clock, (ms) => metrics.stockDelivery.note(ms));
  await subscribeFeed(redis.connections.subscriber, {
    onStock: (saleId, stock, claimedAt) => {
      // A claim is published as it is made.
      delivery.published(stock.seq, claimedAt);
      current.setStock(saleId, stock, claimedAt);
    },
    onIgnored: (kind) => metrics.messagesIgnored.add(kind),
    onAnnouncement: () => {
      void keeper.refresh().catch(fault('recovery'));
      void guard.blocked.refresh().catch(fault('guard'));
    },
    onPresence: (message) => gateway.presence.heard(message),
    onFigures: (message) => gateway.figures.heard(message),
  });
  redis.connections.commands.on('close', () => keeper.suspect());
  await keeper.start();
  undo.defer(() => keeper.stop());
  writer.start();
  undo.defer(() => writer.stop());
  recount.start();
  undo.defer(() => recount.stop());
  desk.planKeeper.start();
  undo.defer(() => desk.planKeeper.stop());
  desk.cancelSweep.start();
  undo.defer(() => desk.cancelSweep.stop());
  afterwards.start();
  undo.defer(() => afterwards.stop());
  gateway.presence.start();

  guard.limitConnections(http.server);
  answerInTurn(http.server);
  await http.listen({ host: config.HOST, port: config.PORT, backlog: 4_096 });
  undo.defer(async () => {
    draining = true;
    desk.rehearsals.leave();
    // Until the balancer has asked and sends nobody here any more.
    await delay(config.DRAIN_NOTICE_MS);
    await gateway.drain();
    await closeHttp(http);
  });
  const { port } = http.server.address() as AddressInfo;
  const warnings = startWarnings(config, await redis.unsafe());
  const running = undo.move();
  return {
    ...{ port, warnings },
    url: originOf(config.HOST, port),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
