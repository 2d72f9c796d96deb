import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from './config.ts';
import { holdStats } from './holds/hold-stats.ts';
import { closeHttp } from './http/http-server.ts';
import { answerInTurn } from './http/in-turn.ts';
import type { Logger } from './logger.ts';
import { outboxStats } from './orders/outbox-stats.ts';
import { originOf } from './shared/address.ts';
import { firstOwnerLink } from './wiring/identity.ts';
import { createNodeContext } from './wiring/node-context.ts';
import { type Doors, openDoors } from './wiring/open-doors.ts';
import { openShop, type Shop } from './wiring/open-shop.ts';
import { openStores } from './wiring/open-stores.ts';
import { startWarnings } from './wiring/start-warnings.ts';
import { startWorkers } from './wiring/start-workers.ts';

export interface App extends AsyncDisposable {
  /** `http://HOST:PORT` */
  url: string;
  port: number;
  /** For operators, before a real sale. */
  warnings: readonly string[];
}

/**
 * Starts a node, in this order; it stops in the opposite order. Rejects if Redis, MongoDB or the port is not available; everything that was
 * started is then stopped.
 */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  await using undo = new AsyncDisposableStack();
  const node = createNodeContext(config, logger);
  const stores = undo.use(await openStores(node));
  const shop = undo.use(await openShop(node, stores));
  const doors = undo.use(await openDoors(node, stores, shop));
  const { redis } = stores;
  const { current } = shop;
  const { gateway } = doors;
  node.metrics.watch({
    sockets: () => gateway.presence.own,
    connected: () => gateway.presence.connected,
    unreadBytes: () => gateway.unreadBytes,
    openBuys: () => redis.openBuys(),
    sale: () => current.snapshot,
    available: () => shop.claimPipeline.reconciler.healthy,
    outbox: () => outboxStats(redis.outbox, current.at, redis.clock),
    holds: () => holdStats(redis.ledger, current, redis.clock),
    orderMails: async () => (shop.mailPlans === null ? null : shop.mailPlans.waiting().catch(() => null)),
  });
  undo.use(await startWorkers(node, stores, shop, doors));
  undo.use(await listen(config, shop, doors));
  const { port } = doors.http.server.address() as AddressInfo;
  const warnings = [
    ...startWarnings(config, await redis.unsafe()),
    ...(await firstOwnerLink(shop.identity, doors.publicUrl())),
  ];
  const running = undo.move();
  return {
    ...{ port, warnings },
    url: originOf(config.HOST, port),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Accepts requests and sockets. Disposing sends clients to other nodes and then closes. */
async function listen(
  config: Config,
  { guard, operatorServices }: Shop,
  doors: Doors,
): Promise<AsyncDisposable> {
  const { http, gateway, lifecycle } = doors;
  guard.limitConnections(http.server);
  answerInTurn(http.server);
  await http.listen({ host: config.HOST, port: config.PORT, backlog: 4_096 });
  return {
    async [Symbol.asyncDispose]() {
      lifecycle.draining = true;
      operatorServices.rehearsals.leave();
      // Waits until the balancer's check has failed, so that it sends no more clients here.
      await delay(config.DRAIN_NOTICE_MS);
      await gateway.drain();
      await closeHttp(http);
    },
  };
}
