import { subscribe } from '../redis/subscriptions.ts';
import type { Announced } from '../sale/ports.ts';
import type { NodeContext } from './node-context.ts';
import type { Doors } from './open-doors.ts';
import type { Shop } from './open-shop.ts';
import type { Stores } from './open-stores.ts';
import { createOrderMails } from './order-mailing.ts';

/**
 * Starts the background work, in the order of its dependencies: first the messages of other nodes, then the sale (its
 * keys are recovered here if needed), then the writers and watchers. Stopped in the opposite order.
 */
export async function startWorkers(
  node: NodeContext,
  stores: Stores,
  shop: Shop,
  { gateway, delivery, publicUrl }: Doors,
): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const { redis } = stores;
  const { current, claimPipeline, operatorServices, afterSale, identity, settings } = shop;
  const { mailPlans: plans } = shop;
  const { mailing } = identity;
  const { reconciler, writer, recount, holding } = claimPipeline;
  await subscribe(redis.connections.subscriber, node.id, {
    onStock: (saleId, stock, claimedAt) => {
      // A claim is published when it is made.
      delivery.published(stock.seq, claimedAt);
      current.setStock(saleId, stock, claimedAt);
    },
    onIgnored: (kind) => node.metrics.messagesIgnored.add(kind),
    onAnnouncement: readAgain(node, shop),
    onPresence: (message) => gateway.presence.heard(message),
    onNodeStats: (message) => gateway.nodeStats.heard(message),
  });
  redis.connections.commands.on('close', () => reconciler.suspect());
  for (const worker of [
    reconciler,
    writer,
    recount,
    holding.sweep,
    operatorServices.planScheduler,
    operatorServices.cancelSweep,
    operatorServices.imageSweep,
    afterSale,
    ...(mailing === null || plans === null
      ? []
      : [createOrderMails(node, stores, { mailing, plans, settings, publicUrl })]),
  ]) {
    await worker.start();
    undo.defer(() => worker.stop());
  }
  gateway.presence.start();
  const started = undo.move();
  return { [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** What another node has changed; everything where it does not say what. */
function readAgain(node: NodeContext, { claimPipeline, guard, identity, settings }: Shop) {
  const reads: Record<Announced, () => void> = {
    sale: () => void claimPipeline.reconciler.refresh().catch(node.fault('recovery')),
    blocked: () => void guard.blocked.refresh().catch(node.fault('guard')),
    settings: () => void settings.refresh().catch(node.fault('settings')),
    sessions: () => {
      if (identity.settings.signsIn) void identity.ended.refresh().catch(node.fault('sessions'));
    },
  };
  return (what: string | null) => {
    const read = Object.entries(reads).find(([name]) => name === what)?.[1];
    if (read !== undefined) read();
    else for (const each of Object.values(reads)) each();
  };
}
