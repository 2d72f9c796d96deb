import { type Hold, type HoldEnd, type HoldRecord, heldOrder, isLastTry } from '../sale/hold.ts';
import { inOpenEpoch } from '../sale/in-open-epoch.ts';
import type { ClaimLedger, HoldLedger, SaleEpoch } from '../sale/ledger-ports.ts';
import { orderId, type StoredOrder, storedOrder } from '../sale/order.ts';
import type { OrderNotifier, PlanMails } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { HoldStore, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';

export interface EndHoldDependencies {
  sales: Pick<SaleStore, 'byId' | 'epoch' | 'current'>;
  holds: Pick<HoldStore, 'byId' | 'end' | 'letGo' | 'done'>;
  orders: Pick<OrderStore, 'insert' | 'countPurchases'>;
  ledger: Pick<HoldLedger, 'endHold' | 'markSold'> & Pick<ClaimLedger, 'adopt'>;
  notifier: OrderNotifier;
  /** Absent where the shop sends no mails. */
  planMails?: PlanMails | undefined;
  /** Something about the sale's claims has changed. */
  onEnd: (saleId: string, end: HoldEnd) => void;
  /** How long a Redis that is being recovered is waited for. */
  redisMsMax?: number;
}

/** `again`: decided, and not carried out yet; the sweep goes on with it. */
export type Carried = { code: 'done'; order: StoredOrder | null } | { code: 'again' };

export type EndHold = ReturnType<typeof createEndHold>;

/** Decides how holds end, and carries it out: the order of a paid hold, or a unit that is on sale again. */
export function createEndHold(deps: EndHoldDependencies) {
  const { sales, holds, orders, ledger, notifier } = deps;

  const inRedis = (saleId: string, act: (at: SaleEpoch) => Promise<string>) =>
    inOpenEpoch(sales, saleId, act, deps.redisMsMax);

  /** A Redis that was rebuilt before MongoDB had the hold learns of it here. */
  const markSold = async (at: SaleEpoch, hold: Hold) => {
    const outcome = await ledger.markSold(at, hold);
    if (outcome !== 'absent' || (await ledger.adopt(at, hold)) !== 'adopted') return outcome;
    return ledger.markSold(at, hold);
  };

  const carryOutPaid = async (hold: Hold, end: HoldEnd, sale: SaleRecord): Promise<Carried> => {
    const [outcome] = await orders.insert([hold], sale, end.at);
    switch (outcome?.code) {
      case 'stored':
      case 'stored_before':
        break;
      case 'cancelled_before':
        await holds.done(hold.id);
        return { code: 'done', order: outcome.order };
      default:
        // No other order can have the customer's place, or the unit: the hold has kept both. The audit shows it; a person decides.
        throw new Error(`paid hold ${hold.id} gets no order: ${outcome?.code}`);
    }
    crashPoint('end.afterOrder');
    const { customerId } = hold;
    await Promise.all([
      orders.countPurchases(new Map([[customerId, 1]])),
      deps.planMails?.([{ id: orderId(hold), customerId }]),
    ]);
    if (!(await inRedis(hold.saleId, (at) => markSold(at, hold)))) return { code: 'again' };
    crashPoint('end.afterRedis');
    notifier.notify(storedOrder(outcome.order));
    deps.onEnd(hold.saleId, end);
    await holds.done(hold.id);
    return { code: 'done', order: outcome.order };
  };

  const carryOutUnpaid = async (hold: Hold, end: HoldEnd, sale: SaleRecord): Promise<Carried> => {
    const { payment } = sale.terms;
    await holds.letGo(hold);
    crashPoint('end.afterLetGo');
    const isShareUsed = payment === undefined || isLastTry(hold, payment);
    if (!(await inRedis(hold.saleId, (at) => ledger.endHold(at, hold, isShareUsed))))
      return { code: 'again' };
    crashPoint('end.afterRedis');
    notifier.notify(heldOrder({ hold, end }));
    deps.onEnd(hold.saleId, end);
    await holds.done(hold.id);
    return { code: 'done', order: null };
  };

  /** Every step is repeated each time: a step that failed in an earlier attempt may have been done, or half done. */
  const carryOut = async (hold: Hold, end: HoldEnd): Promise<Carried> => {
    const sale = await sales.byId(hold.saleId);
    if (sale === null) throw new Error(`sale ${hold.saleId} is gone from MongoDB`);
    return end.outcome === 'paid' ? carryOutPaid(hold, end, sale) : carryOutUnpaid(hold, end, sale);
  };

  return {
    /** Returns the end that stands, which may be another one. Safe to repeat. */
    async end(hold: Hold, wanted: HoldEnd): Promise<{ end: HoldEnd; carried: Carried }> {
      const end = await holds.end(hold, wanted);
      crashPoint('end.afterOutcome');
      return { end, carried: await carryOut(hold, end) };
    },
    /** Carries out the end of a hold, if it has one. */
    async finish({ hold, end }: HoldRecord): Promise<'done' | 'again' | 'open'> {
      return end === null ? 'open' : (await carryOut(hold, end)).code;
    },
  };
}
