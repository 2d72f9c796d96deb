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
import type { HoldStore, OrderStore } from '../sale/store-ports.ts';
import { NoAnswerInTime, withTimeout } from '../shared/with-timeout.ts';
import type { Carried, EndHold } from './end-hold.ts';

/** Customers and checkouts wait at most this long. What is decided by then is carried out afterwards. */
const settleMsMax = 2_000;

export type SettleOutcome =
  | { ok: true; order: Order }
  | { ok: false; code: 'not_found'; message: string }
  | { ok: false; code: 'hold_ended'; message: string; order: Order }
  | { ok: false; code: 'wrong_amount'; message: string }
  | { ok: false; code: 'unavailable'; message: string; retryAfterMs: number };

interface Dependencies {
  holds: Pick<HoldStore, 'byId'>;
  orders: Pick<OrderStore, 'byId'>;
  endHold: Pick<EndHold, 'end'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

const noSuchHold = { ok: false, code: 'not_found', message: 'Hold not found. Check its id.' } as const;
const notDoneYet = {
  ok: false,
  code: 'unavailable',
  message: 'It is decided, and the shop will finish it. Try again to see whether it is done.',
  retryAfterMs: 2_000,
} as const;
const wrongAmount = {
  ok: false,
  code: 'wrong_amount',
  message: 'The payment is not the price of the unit in its currency. Nothing was changed.',
} as const;

export type SettleHold = ReturnType<typeof createSettleHold>;

/** How a customer or a checkout ends a hold. Both are safe to repeat: the same question gets the same answer. */
export function createSettleHold({ holds, orders, endHold, clock, onError }: Dependencies) {
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

  const pay = async (id: string, payment: Payment, by: string): Promise<SettleOutcome> => {
    const record = await holds.byId(id);
    if (record === null) return noSuchHold;
    const { hold } = record;
    if (faultOfPayment(hold, payment) !== null) return wrongAmount;
    const { end, carried } = await endHold.end(hold, { outcome: 'paid', by, at: clock.now(), payment });
    if (end.outcome !== 'paid') return ended(hold, end, 'The hold has ended. Return the payment.');
    if (end.payment?.reference !== payment.reference)
      return ended(hold, end, 'The unit is paid with another payment. Return this one.');
    return done(record, end, carried);
  };

  const giveUp = async (id: string, customerId: string): Promise<SettleOutcome> => {
    const record = await holds.byId(id);
    // No customer learns whether another one's hold exists.
    if (record === null || record.hold.customerId !== customerId) return noSuchHold;
    const { hold } = record;
    const wanted: HoldEnd = { outcome: 'released', by: customerId, at: clock.now() };
    const { end, carried } = await endHold.end(hold, wanted);
    return end.outcome === 'released'
      ? done(record, end, carried)
      : ended(hold, end, end.outcome === 'paid' ? 'The unit is paid.' : 'The time to pay was over.');
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
    /** Its customer lets the unit go. */
    giveUp: (id: string, customerId: string) => bounded(giveUp(id, customerId)),
  };
}
