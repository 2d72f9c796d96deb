import type { Order } from '@flipzon/protocol/schemas.ts';
import {
  faultOfPayment,
  type Hold,
  type HoldEnd,
  type HoldRecord,
  heldOrder,
  type Payment,
} from '../sale/hold.ts';
import { orderId, storedOrder } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import type { HoldStore, OperatorLog, OrderStore, PaymentReferences } from '../sale/store-ports.ts';
import { NoAnswerInTime, withTimeout } from '../shared/with-timeout.ts';
import type { Carried, EndHold } from './end-hold.ts';

/** Customers and checkouts wait at most this long. What is decided by then is carried out afterwards. */
const settleMsMax = 2_000;

export type SettleOutcome =
  | { ok: true; order: Order }
  | { ok: false; code: 'not_found'; message: string }
  | { ok: false; code: 'hold_ended'; message: string; order: Order }
  | { ok: false; code: 'reference_used'; message: string }
  | { ok: false; code: 'wrong_amount'; message: string }
  | { ok: false; code: 'unavailable'; message: string; retryAfterMs: number };

interface Dependencies {
  holds: Pick<HoldStore, 'byId'>;
  orders: Pick<OrderStore, 'byId'>;
  endHold: Pick<EndHold, 'end'>;
  references: PaymentReferences;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Two checkouts that free and take the same reference at once. */
const takesMax = 5;

const noSuchHold = { ok: false, code: 'not_found', message: 'Hold not found. Check its id.' } as const;
const notDoneYet = {
  ok: false,
  code: 'unavailable',
  message: 'It is decided, and the shop will finish it. Try again to see whether it is done.',
  retryAfterMs: 2_000,
} as const;
const referenceUsed = {
  ok: false,
  code: 'reference_used',
  message: 'This payment is for another hold. Nothing was changed.',
} as const;
const wrongAmount = {
  ok: false,
  code: 'wrong_amount',
  message: 'The payment is not the price of the unit in its currency. Nothing was changed.',
} as const;

export type SettleHold = ReturnType<typeof createSettleHold>;

/** How a customer or a checkout ends a hold. Both are safe to repeat: the same question gets the same answer. */
export function createSettleHold(deps: Dependencies) {
  const { holds, orders, endHold, references, log, clock, onError } = deps;
  const shown = async (hold: Hold, end: HoldEnd): Promise<Order> => {
    const order = end.outcome === 'paid' ? await orders.byId(orderId(hold)) : null;
    return order === null ? heldOrder({ hold, end }) : storedOrder(order);
  };
  const ended = async (hold: Hold, end: HoldEnd, message: string): Promise<SettleOutcome> => ({
    ...{ ok: false, code: 'hold_ended', message },
    order: await shown(hold, end),
  });
  const done = async ({ hold }: HoldRecord, end: HoldEnd, carried: Carried): Promise<SettleOutcome> =>
    carried.code === 'again' ? notDoneYet : { ok: true, order: await shown(hold, end) };

  /** False: the payment is another hold's. A hold that has ended without it will never get it. */
  const takeReference = async (reference: string, id: string): Promise<boolean> => {
    for (let attempt = 0; attempt < takesMax; attempt++) {
      const owner = await references.take(reference, id);
      if (owner === id) return true;
      const other = owner === null ? null : await holds.byId(owner);
      if (other !== null && (other.end === null || other.end.payment?.reference === reference)) return false;
      if (owner !== null) await references.free(reference, owner);
    }
    return false;
  };

  const pay = async (id: string, payment: Payment, by: string): Promise<SettleOutcome> => {
    const record = await holds.byId(id);
    if (record === null) return noSuchHold;
    const { hold } = record;
    const { reference } = payment;
    if (faultOfPayment(hold, payment) !== null) return wrongAmount;
    if (record.end === null && !(await takeReference(reference, id))) return referenceUsed;
    const { end, carried } = await endHold.end(hold, { outcome: 'paid', by, at: clock.now(), payment });
    if (end.payment?.reference === reference) return done(record, end, carried);
    await references.free(reference, id);
    return end.outcome === 'paid'
      ? ended(hold, end, 'The unit is paid with another payment. Return this one.')
      : ended(hold, end, 'The hold has ended. Return the payment.');
  };

  const release = async (record: HoldRecord, by: string): Promise<SettleOutcome> => {
    const { hold } = record;
    const { end, carried } = await endHold.end(hold, { outcome: 'released', by, at: clock.now() });
    return end.outcome === 'released'
      ? done(record, end, carried)
      : ended(hold, end, end.outcome === 'paid' ? 'The unit is paid.' : 'The time to pay was over.');
  };

  const giveUp = async (id: string, customerId: string): Promise<SettleOutcome> => {
    const record = await holds.byId(id);
    // No customer learns whether another one's hold exists.
    if (record === null || record.hold.customerId !== customerId) return noSuchHold;
    return release(record, customerId);
  };

  const releaseFor = async (id: string, by: string): Promise<SettleOutcome> => {
    const record = await holds.byId(id);
    if (record === null) return noSuchHold;
    const { saleId } = record.hold;
    const entry = `${saleId}:release:${id}`;
    if (record.end === null)
      await log.begin({
        ...{ id: entry, saleId, action: 'release', by, at: clock.now(), reason: null },
        order: orderId(record.hold),
        changes: [{ field: 'status', before: 'held', after: 'released' }],
      });
    const outcome = await release(record, by);
    if (outcome.ok) await log.done(entry);
    return outcome;
  };

  const bounded = async (work: Promise<SettleOutcome>): Promise<SettleOutcome> => {
    try {
      return await withTimeout(settleMsMax, work);
    } catch (error) {
      if (!(error instanceof NoAnswerInTime)) throw error;
      onError(error);
      return notDoneYet;
    }
  };
  return {
    /** Takes a payment that a checkout has received. */
    pay: (id: string, payment: Payment, by: string) => bounded(pay(id, payment, by)),
    /** An operator lets the unit go. */
    release: (id: string, by: string) => bounded(releaseFor(id, by)),
    /** Its customer lets the unit go. */
    giveUp: (id: string, customerId: string) => bounded(giveUp(id, customerId)),
  };
}
