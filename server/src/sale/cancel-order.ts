import type { Order } from '@flipzon/protocol/schemas.ts';
import { crashPoint } from './crash-point.ts';
import { parseOrderId, storedOrder } from './order.ts';
import type { ClaimLedger, Clock, OperatorLog, OrderNotifier, OrderStore, SaleStore } from './ports.ts';

export type CancelOutcome = { ok: true; order: Order } | { ok: false; code: 'not_found'; message: string };

interface Dependencies {
  sales: Pick<SaleStore, 'epoch'>;
  orders: OrderStore;
  ledger: ClaimLedger;
  log: OperatorLog;
  notifier: OrderNotifier;
  clock: Clock;
  onCancel: (saleId: string) => void;
}

const noSuchOrder = {
  ok: false,
  code: 'not_found',
  message: 'There is no such order, or it is not confirmed yet.',
} as const;

/** Cancels a confirmed order and puts its unit back on sale. Asking again is harmless, and finishes what a dead node has begun. */
export function createCancelOrder(deps: Dependencies) {
  const { sales, orders, ledger, log, notifier, clock } = deps;
  return async (id: string, reason: string | undefined, by: string): Promise<CancelOutcome> => {
    const standing = parseOrderId(id) === null ? null : await orders.byId(id);
    if (standing === null) return noSuchOrder;
    const { saleId } = standing;
    // An order is cancelled once and never comes back, so its id makes the entry the only one.
    const entryId = `${saleId}:cancel:${id}`;
    if (standing.status === 'confirmed') {
      await log.begin({
        id: entryId,
        saleId,
        action: 'cancel',
        by,
        at: clock.now(),
        reason: reason ?? null,
        order: id,
        changes: [{ field: 'status', before: 'confirmed', after: 'cancelled' }],
      });
      crashPoint('cancel.afterEntry');
    }
    const order = await orders.cancel(id, clock.now());
    if (order === null) return noSuchOrder;
    crashPoint('cancel.afterStore');
    // MongoDB first: should the node die here, asking again, or a recovery, puts the unit back on sale.
    const epoch = await sales.epoch(saleId);
    await ledger.takeBack({ saleId, epoch }, order, 'cancelled');
    notifier.notify(storedOrder(order));
    deps.onCancel(saleId);
    await log.done(entryId);
    return { ok: true, order: storedOrder(order) };
  };
}
