import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Hold } from '../sale/hold.ts';
import { inOpenEpoch } from '../sale/in-open-epoch.ts';
import type { ClaimLedger, HoldLedger } from '../sale/ledger-ports.ts';
import { parseOrderId, type StoredOrder, storedOrder } from '../sale/order.ts';
import type { Clock, OrderNotifier, PlanMails } from '../sale/ports.ts';
import type { HoldStore, OperatorLog, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { NoAnswerInTime, withTimeout } from '../shared/with-timeout.ts';

export type CancelOutcome =
  | { ok: true; order: Order }
  | { ok: false; code: 'not_found'; message: string }
  | { ok: false; code: 'unavailable'; message: string; retryAfterMs: number };

/** An operator waits at most this long. */
const cancelMsMax = 2_000;

export interface CancelDependencies {
  sales: Pick<SaleStore, 'epoch' | 'current' | 'byId'>;
  holds: Pick<HoldStore, 'ofClaim' | 'letGo'>;
  holdLedger: Pick<HoldLedger, 'endHold'>;
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
  const { sales, orders, holds, ledger, log, notifier, clock } = deps;

  const isClaimed = async ({ saleId, customerId, slot }: NonNullable<ReturnType<typeof parseOrderId>>) => {
    const epoch = await sales.epoch(saleId);
    if (epoch === 0) return false;
    const claims = await ledger.claimsOf({ saleId, epoch }, customerId, slot);
    return claims.some(({ claim }) => claim.slot === slot);
  };

  /** Of an order that was paid: its hold lets the unit go before Redis gets it back. */
  const heldBefore = async (order: StoredOrder): Promise<Hold | null> => {
    if ((await sales.byId(order.saleId))?.terms.payment === undefined) return null;
    const record = await holds.ofClaim(order);
    if (record !== null) await holds.letGo(record.hold);
    return record?.hold ?? null;
  };

  /** False: the recovery of Redis takes too long. */
  const release = async (order: StoredOrder): Promise<boolean> => {
    const hold = await heldBefore(order);
    return inOpenEpoch(sales, order.saleId, (at) =>
      hold === null ? ledger.release(at, order, 'cancelled') : deps.holdLedger.endHold(at, hold, true),
    );
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
