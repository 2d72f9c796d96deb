import { setTimeout as delay } from 'node:timers/promises';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import { parseOrderId, type StoredOrder, storedOrder } from '../sale/order.ts';
import type { Clock, OrderNotifier, PlanMails } from '../sale/ports.ts';
import type { OperatorLog, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { NoAnswerInTime, withTimeout } from '../shared/with-timeout.ts';

export type CancelOutcome =
  | { ok: true; order: Order }
  | { ok: false; code: 'not_found'; message: string }
  | { ok: false; code: 'unavailable'; message: string; retryAfterMs: number };

/** An operator waits at most this long. */
const cancelMsMax = 2_000;
/** How long the unit of a cancelled order is offered to a Redis that is being recovered. After that the sweep takes over. */
const releaseMsMax = 10_000;
const releaseAgainMs = 100;

export interface CancelDependencies {
  sales: Pick<SaleStore, 'epoch' | 'current'>;
  orders: Pick<OrderStore, 'byId' | 'cancel'>;
  ledger: Pick<ClaimLedger, 'claimsOf' | 'release'>;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  notifier: OrderNotifier;
  clock: Clock;
  onCancel: (saleId: string) => void;
  /** Absent where the shop sends no mails. */
  planMails?: PlanMails | undefined;
  onError: (error: unknown) => void;
}

export interface CancelOrder {
  /** Cancels a confirmed order and puts its unit back on sale. Safe to repeat. */
  (id: string, reason: string | undefined, by: string): Promise<CancelOutcome>;
  /** Finishes a cancellation that is in the log as begun. */
  finish(id: string): Promise<'done' | 'again' | 'not_found'>;
}

const noSuchOrder = { ok: false, code: 'not_found', message: 'Order not found. Check its id.' } as const;
const notWrittenYet = {
  ok: false,
  code: 'unavailable',
  message: 'The order is claimed but not confirmed yet. Try again in a moment.',
  retryAfterMs: 1_000,
} as const;
const notDoneYet = {
  ok: false,
  code: 'unavailable',
  message: 'The cancellation has begun and the shop will finish it. Try again to see whether it is done.',
  retryAfterMs: 2_000,
} as const;

export function createCancelOrder(deps: CancelDependencies): CancelOrder {
  const { sales, orders, ledger, log, notifier, clock } = deps;

  const isClaimed = async ({ saleId, customerId, slot }: NonNullable<ReturnType<typeof parseOrderId>>) => {
    const epoch = await sales.epoch(saleId);
    if (epoch === 0) return false;
    const claims = await ledger.claimsOf({ saleId, epoch }, customerId, slot);
    return claims.some(({ claim }) => claim.slot === slot);
  };

  /**
   * False: the recovery of Redis takes too long. The epoch is read after MongoDB has the cancellation, so a later epoch is built from it. Keys
   * that are still being built answer `closed`, and may have been read from MongoDB before: they are tried again until they are open.
   */
  const release = async (order: StoredOrder): Promise<boolean> => {
    const { saleId } = order;
    const endsAt = performance.now() + releaseMsMax;
    for (;;) {
      const epoch = await sales.epoch(saleId);
      if ((await ledger.release({ saleId, epoch }, order, 'cancelled')) !== 'closed') return true;
      // An earlier sale sells nothing, and its keys are not built again.
      if ((await sales.current())?.id !== saleId) return true;
      if (performance.now() > endsAt) return false;
      await delay(releaseAgainMs);
    }
  };

  /** Every step is repeated each time: a step that failed in an earlier attempt may have been done, or half done. */
  const complete = async (id: string): Promise<StoredOrder | 'again' | null> => {
    const order = await orders.cancel(id, clock.now());
    if (order === null) return null;
    crashPoint('cancel.afterStore');
    if (!(await release(order))) return 'again';
    notifier.notify(storedOrder(order));
    deps.onCancel(order.saleId);
    await deps.planMails?.([{ id, customerId: order.customerId }]);
    await log.done(entryIdOf(order.saleId, id));
    return order;
  };

  const cancel = async (id: string, reason: string | undefined, by: string): Promise<CancelOutcome> => {
    const parsed = parseOrderId(id);
    if (parsed === null) return noSuchOrder;
    const stored = await orders.byId(id);
    if (stored === null) return (await isClaimed(parsed)) ? notWrittenYet : noSuchOrder;
    const { saleId } = stored;
    if (stored.status === 'confirmed') {
      await log.begin({
        id: entryIdOf(saleId, id),
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
    const order = await complete(id);
    if (order === null) return noSuchOrder;
    return order === 'again' ? notDoneYet : { ok: true, order: storedOrder(order) };
  };

  const bounded = async (id: string, reason: string | undefined, by: string): Promise<CancelOutcome> => {
    try {
      return await withTimeout(cancelMsMax, cancel(id, reason, by));
    } catch (error) {
      if (!(error instanceof NoAnswerInTime)) throw error;
      deps.onError(error);
      return notDoneYet;
    }
  };
  return Object.assign(bounded, {
    async finish(id: string) {
      const order = await complete(id);
      if (order === null) return 'not_found' as const;
      return order === 'again' ? order : ('done' as const);
    },
  });
}

/** An order is cancelled once and never comes back, so its id makes the entry the only one. */
function entryIdOf(saleId: string, orderId: string): string {
  return `${saleId}:cancel:${orderId}`;
}
