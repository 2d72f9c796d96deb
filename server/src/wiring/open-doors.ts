import type { AddressInfo } from 'node:net';
import { openGateway } from '../gateway/open-gateway.ts';
import { StockDelivery } from '../gateway/stock-delivery.ts';
import { createHttpApi } from '../http/http-api.ts';
import { createApiKeys } from '../identity/api-keys.ts';
import { createRoles } from '../identity/roles.ts';
import { signToken } from '../identity/tokens.ts';
import { createInvariantStatus } from '../operator/invariant-status.ts';
import { createPreflight, type Probe } from '../operator/preflight.ts';
import { saleProbes } from '../operator/preflight-sale.ts';
import { createAccessCodes } from '../presale/access-codes.ts';
import { createSocketAdapter } from '../redis/socket-adapter.ts';
import { originHere } from '../shared/address.ts';
import { createAuth } from './identity.ts';
import type { NodeContext } from './node-context.ts';
import type { Shop } from './open-shop.ts';
import type { Stores } from './open-stores.ts';

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** HTTP and sockets, on a server that does not listen yet. */
export async function openDoors(node: NodeContext, stores: Stores, shop: Shop) {
  await using undo = new AsyncDisposableStack();
  const { redis, mongo } = stores;
  const probes: Probe[] = [...redis.probes, ...mongo.probes];
  const lifecycle = { draining: false };
  const { http, publicUrl } = await openHttp(node, stores, shop, { probes, lifecycle });
  const between = undo.use(createSocketAdapter(redis.connections, node.fault('adapter')));
  const delivery = new StockDelivery(redis.clock, (ms) => node.metrics.stockDelivery.note(ms));
  const gateway = undo.use(
    openSockets(node, stores, shop, { http: http.server, adapter: between.adapter, delivery }),
  );
  probes.push(
    gateway.nodesProbe,
    ...saleProbes({ current: shop.current, keys: redis.keys, plans: mongo.plans, clock: redis.clock }),
  );
  shop.notifications.on('order', (order) => gateway.notify(order));
  between.watchGaps({
    // A new sale may have been missed, and its orders have to be sent again.
    onMissed: () =>
      void shop.claimPipeline.reconciler
        .refresh()
        .catch(node.fault('recovery'))
        .finally(() => gateway.resendOrders()),
    sayMissed: () => gateway.haveOthersResend(),
  });
  const opened = undo.move();
  return {
    http,
    publicUrl,
    gateway,
    delivery,
    lifecycle,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openHttp(
  node: NodeContext,
  stores: Stores,
  shop: Shop,
  { probes, lifecycle }: { probes: readonly Probe[]; lifecycle: { draining: boolean } },
) {
  const { config, logger, metrics } = node;
  const { redis, mongo } = stores;
  const { clock } = redis;
  const { current, tokens, customerOrders, buy, audit, afterSale, claimPipeline } = shop;
  const secret = config.JWT_SECRET;
  const roles = createRoles(shop.identity.settings.roles);
  const publicUrl = () =>
    config.PUBLIC_URL ?? originHere(config.HOST, (http.server.address() as AddressInfo).port);
  const http = await createHttpApi({
    ...{
      logger,
      clock,
      current,
      tokens,
      customerOrders,
      buy,
      audit,
      afterSale,
      ...shop.guard,
      ...shop.operatorServices,
    },
    ...{ settings: shop.settings, publicUrl },
    ...{
      orders: mongo.shownOrders,
      holds: mongo.shownHolds,
      sales: mongo.sales,
      blockedList: mongo.blocked,
      planStore: mongo.plans,
      redeemRate: redis.redeemRate,
      accessCodes: createAccessCodes({
        ...{ store: mongo.accessCodes, access: shop.guard.access, log: mongo.operatorLog, clock },
      }),
      pressedIn: (saleId: string) => mongo.tallies.pressedIn(saleId),
      receiptKeys: mongo.receiptKeys,
      redeemReceipt: claimPipeline.redeemReceipt,
    },
    allowedOrigins: config.ALLOWED_ORIGINS,
    clientDir: config.CLIENT_DIR,
    timeZone: config.SALE_TIME_ZONE,
    currency: config.CURRENCY,
    transports: config.TRANSPORTS,
    isDraining: () => lifecycle.draining,
    preflight: createPreflight(probes, clock),
    login:
      config.DEMO_LOGIN && secret !== undefined ? (who) => signToken(secret, who, clock.now(), roles) : null,
    readiness: async () => ({
      redis: redis.isReady(),
      mongodb: mongo.isConnected(),
      caughtUp: claimPipeline.reconciler.healthy,
      draining: lifecycle.draining,
    }),
    settleHold: claimPipeline.holding.settleHold,
    apiKeys: createApiKeys({ store: mongo.apiKeys, log: mongo.operatorLog, clock }),
    metrics: metrics.report,
    auth: await createAuth(node, stores, shop.identity, { publicUrl, shop: shop.settings }),
  });
  return { http, publicUrl };
}

type Sockets = Pick<Parameters<typeof openGateway>[0], 'http' | 'adapter'> & { delivery: StockDelivery };

function openSockets(
  { id, config, metrics, fault }: NodeContext,
  { redis, mongo }: Stores,
  shop: Shop,
  { http, adapter, delivery }: Sockets,
) {
  const { clock, ledger, outbox } = redis;
  const { current, tokens, customerOrders, buy, guard, claimPipeline } = shop;
  const orders = mongo.shownOrders;
  return openGateway({
    ...{ http, adapter, nodeId: id, current, customerOrders, tokens, clock, buy },
    ...{
      networkOf: guard.networkOf,
      blocked: guard.blocked,
      ended: shop.identity.ended,
      onNetworkRefused: guard.onNetworkRefused,
    },
    ...{ receiptKeys: mongo.receiptKeys, redeemReceipt: claimPipeline.redeemReceipt },
    ...{ publishPresence: redis.publishPresence, publishNodeStats: redis.publishNodeStats },
    transports: config.TRANSPORTS,
    allowedOrigins: config.ALLOWED_ORIGINS,
    admissionRate: config.ADMISSION_RATE,
    buyRate: config.RATE_LIMIT_BUY,
    customerSocketsMax: config.CUSTOMER_SOCKETS,
    pingMs: config.SOCKET_PING_SECONDS * 1_000,
    invariantStatus: createInvariantStatus({
      holds: mongo.shownHolds,
      current,
      ledger,
      orders,
      outbox,
      clock,
      onError: fault('figures'),
    }),
    answered: metrics,
    onSlowReaders: (dropped) => metrics.slowReaders.inc(dropped),
    onLate: (ms) => metrics.eventLoopDelays.note(ms),
    onAdmissionRefused: (reason) => metrics.admissionsRefused.add(reason),
    onStockSent: (seq) => delivery.sent(seq),
    onIgnored: (kind) => metrics.messagesIgnored.add(kind),
    onMisuse: (kind) => metrics.misuse.add(kind),
    onError: fault('socket'),
  });
}
