import { randomBytes } from 'node:crypto';
import type { Order, StartBody } from '@flipzon/protocol/schemas.ts';
import { crashPoint } from './crash-point.ts';
import { parseOrderId, storedOrder } from './order.ts';
import type { ClaimLedger, Clock, OrderNotifier, OrderStore, SaleAnnouncer, SaleStore } from './ports.ts';
import type { SaleRecord, SaleTerms } from './sale.ts';
import { openingInstant } from './schedule.ts';

/** Two operators who press at once: the second one reads again and goes on, this many times. */
const attemptsMax = 5;

export type OperatorRefusal = {
  code: 'not_found' | 'conflict' | 'invalid_request' | 'unavailable';
  message: string;
};
export type SaleOutcome = { ok: true } | ({ ok: false } & OperatorRefusal);
export type CancelOutcome = { ok: true; order: Order } | ({ ok: false } & OperatorRefusal);

export interface Operate {
  start(body: StartBody, by: string): Promise<SaleOutcome>;
  pause(saleId: string, reason: string | undefined, by: string): Promise<SaleOutcome>;
  resume(saleId: string, by: string): Promise<SaleOutcome>;
  end(saleId: string, reason: string | undefined, by: string): Promise<SaleOutcome>;
  restock(saleId: string, units: number, by: string): Promise<SaleOutcome>;
  reschedule(saleId: string, times: RescheduleTimes, by: string): Promise<SaleOutcome>;
  cancelOrder(orderId: string): Promise<CancelOutcome>;
}

export interface RescheduleTimes {
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
}

interface Dependencies {
  sales: SaleStore;
  orders: OrderStore;
  ledger: ClaimLedger;
  clock: Clock;
  announcer: SaleAnnouncer;
  notifier: OrderNotifier;
  timeZone: string;
  quantityMax: number;
  /** Reads the current sale again on this node. */
  refresh(): Promise<void>;
  /** Makes the sale's keys and opens them; what recovery does, from nothing. */
  establish(sale: SaleRecord): Promise<void>;
  /** Waits until MongoDB has every claim of that sale. */
  drain(sale: SaleRecord): Promise<void>;
  /** An order of that sale is cancelled; it may have been sealed before. */
  onCancel(saleId: string): void;
}

/** What an operator can do. The sale's history in MongoDB leads; Redis follows, and follows again when it has lost something. */
export function createOperate(deps: Dependencies): Operate {
  const { sales, orders, ledger, clock } = deps;

  const shown = async (): Promise<void> => {
    await deps.refresh();
    await deps.announcer.announce();
  };

  const inForce = async (sale: SaleRecord, terms: SaleTerms): Promise<void> => {
    const epoch = await sales.epoch(sale.id);
    // `closed` means that recovery is due; it reads the newest revision itself.
    if (epoch > 0) await ledger.configure({ saleId: sale.id, epoch }, terms);
  };

  const revise = async (
    saleId: string,
    action: string,
    by: string,
    change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
  ): Promise<SaleOutcome> => {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const sale = await sales.current();
      if (sale?.id !== saleId) return await notCurrent(saleId);
      const changed = change(sale.terms, clock.now());
      if ('code' in changed) return { ok: false, ...changed };
      const terms = { ...changed, revision: sale.terms.revision + 1 };
      if ((await sales.revise(saleId, terms, action, by)) === 'conflict') continue;
      await inForce(sale, terms);
      await shown();
      return { ok: true };
    }
    return { ok: false, code: 'conflict', message: 'Others are changing this sale at the same time.' };
  };

  const notCurrent = async (saleId: string): Promise<SaleOutcome> =>
    (await sales.byId(saleId)) === null
      ? { ok: false, code: 'not_found', message: 'There is no such sale.' }
      : { ok: false, code: 'conflict', message: 'A newer sale has taken its place.' };

  return {
    async start(body, by) {
      const now = clock.now();
      const startsAt = openingInstant(body.startsAt, now, deps.timeZone);
      const endsAt = body.endsAt == null ? null : Date.parse(body.endsAt);
      if (endsAt !== null && endsAt <= startsAt) return endsBeforeStart;
      const previous = await sales.current();
      if (previous !== null) {
        // The old sale stops for good before the new one exists, so that all its claims reach MongoDB.
        const ended = await revise(previous.id, 'replace', by, (terms, at) => ({
          ...terms,
          endsAt: Math.min(terms.endsAt ?? at, at),
          reason: 'replaced by a newer sale',
        }));
        if (!ended.ok && ended.code !== 'conflict') return ended;
        await deps.drain(previous);
        crashPoint('start.afterEnd');
      }
      const sale: SaleRecord = {
        id: newSaleId(startsAt),
        product: { name: body.name, price: body.price },
        perCustomer: body.perCustomer,
        simulated: body.simulated,
        createdAt: now,
        terms: { revision: 1, quantity: body.quantity, startsAt, endsAt, paused: false, reason: null },
      };
      await sales.create(sale, by);
      crashPoint('start.afterCreate');
      await deps.establish(sale);
      await shown();
      return { ok: true };
    },
    pause: (saleId, reason, by) =>
      revise(saleId, 'pause', by, (terms) => ({ ...terms, paused: true, reason: reason ?? null })),
    resume: (saleId, by) =>
      revise(saleId, 'resume', by, (terms) => ({ ...terms, paused: false, reason: null })),
    end: (saleId, reason, by) =>
      revise(saleId, 'end', by, (terms, now) => ({
        ...terms,
        endsAt: Math.min(terms.endsAt ?? now, now),
        reason: reason ?? null,
      })),
    restock: (saleId, units, by) =>
      revise(saleId, 'restock', by, (terms) =>
        terms.quantity + units > deps.quantityMax
          ? { code: 'invalid_request', message: `A sale has at most ${deps.quantityMax} units.` }
          : { ...terms, quantity: terms.quantity + units },
      ),
    reschedule: (saleId, times, by) =>
      revise(saleId, 'reschedule', by, (terms, now) => {
        const startsAt =
          times.startsAt === undefined ? terms.startsAt : openingInstant(times.startsAt, now, deps.timeZone);
        const endsAt =
          times.endsAt === undefined ? terms.endsAt : times.endsAt === null ? null : Date.parse(times.endsAt);
        return endsAt !== null && endsAt <= startsAt ? endsBeforeStart : { ...terms, startsAt, endsAt };
      }),
    async cancelOrder(id) {
      const parsed = parseOrderId(id);
      const order = parsed === null ? null : await orders.cancel(id, clock.now());
      if (order === null) {
        return {
          ok: false,
          code: 'not_found',
          message: 'There is no such order, or it is not confirmed yet.',
        };
      }
      crashPoint('cancel.afterStore');
      // MongoDB first: should the node die here, asking again, or a recovery, puts the unit back on sale.
      const epoch = await sales.epoch(order.saleId);
      await ledger.takeBack({ saleId: order.saleId, epoch }, order, 'cancelled');
      deps.notifier.notify(storedOrder(order));
      deps.onCancel(order.saleId);
      return { ok: true, order: storedOrder(order) };
    },
  };
}

const endsBeforeStart = {
  ok: false,
  code: 'invalid_request',
  message: 'endsAt must be later than startsAt.',
} as const;

/** Readable, sortable by opening day, and safe as part of a Redis key and of an order's id. */
function newSaleId(startsAt: number): string {
  const day = new Date(startsAt).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${randomBytes(5).toString('hex')}`;
}
