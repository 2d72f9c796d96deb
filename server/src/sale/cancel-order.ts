import type { Order } from '@flipzon/protocol/schemas.ts';
import { crashPoint } from './crash-point.ts';
import type { ClaimLedger } from './ledger-ports.ts';
import { parseOrderId, storedOrder } from './order.ts';
import type { Clock, OrderNotifier } from './ports.ts';
import type { OperatorLog, OrderStore, SaleStore } from './store-ports.ts';
import { NoAnswerInTime, within } from './within.ts';

export type CancelOutcome =
  | { ok: true; order: Order }
  | { ok: false; code: 'not_found'; message: string }
  | { ok: false; code: 'unavailable'; message: string; retryAfterMs: number };

/** An operator is not kept waiting for a MongoDB that hangs for longer than this. */
const cancelMsMax = 2_000;

interface Dependencies {
  sales: Pick<SaleStore, 'epoch'>;
  orders: OrderStore;
  ledger: ClaimLedger;
  log: OperatorLog;
  notifier: OrderNotifier;
  clock: Clock;
  onCancel: (saleId: string) => void;
  onError: (error: unknown) => void;
}

const noSuchOrder = { ok: false, code: 'not_found', message: 'There is no such order.' } as const;
const notWrittenYet = {
  ok: false,
  code: 'unavailable',
  message: 'The order is claimed, and not confirmed yet. Please ask again.',
  retryAfterMs: 1_000,
} as const;
const noAnswer = {
  ok: false,
  code: 'unavailable',
  message: 'The database does not answer in time. Please ask again: what was begun is finished then.',
  retryAfterMs: 2_000,
} as const;

/** Cancels a confirmed order and puts its unit back on sale. Asking again is harmless, and finishes what a dead node has begun. */
export function createCancelOrder(deps: Dependencies) {
  const { sales, orders, ledger, log, notifier, clock } = deps;

  const isClaimed = async ({ saleId, customerId, n }: NonNullable<ReturnType<typeof parseOrderId>>) => {
    const epoch = await sales.epoch(saleId);
    if (epoch === 0) return false;
    const claims = await ledger.claimsOf({ saleId, epoch }, customerId, n);
    return claims.some(({ claim }) => claim.n === n);
  };

  const cancel = async (id: string, reason: string | undefined, by: string): Promise<CancelOutcome> => {
    const parsed = parseOrderId(id);
    if (parsed === null) return noSuchOrder;
    const standing = await orders.byId(id);
    if (standing === null) return (await isClaimed(parsed)) ? notWrittenYet : noSuchOrder;
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
  return async (id: string, reason: string | undefined, by: string): Promise<CancelOutcome> => {
    try {
      return await within(cancelMsMax, cancel(id, reason, by));
    } catch (error) {
      if (!(error instanceof NoAnswerInTime)) throw error;
      deps.onError(error);
      return noAnswer;
    }
  };
}
