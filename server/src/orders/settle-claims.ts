import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClaimLedger, Outbox, OutboxEntry, SaleEpoch, SettleClaims } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder, orderId, type StoredOrder, storedOrder } from '../sale/order.ts';
import type { Clock, OrderNotifier } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { OrderStore, SaleStore, Settlement } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';

export type SettledCode = Settlement['code'] | 'unreadable' | 'reassigned' | 'revoked' | 'superseded';

interface Dependencies {
  outbox: Outbox;
  orders: OrderStore;
  ledger: Pick<ClaimLedger, 'adopt' | 'reassign' | 'restore' | 'release'>;
  sales: SaleStore;
  notifier: OrderNotifier;
  clock: Clock;
  onSettled: (code: SettledCode, claim: Claim | null, at: number) => void;
}

export function createSettleClaims(deps: Dependencies): SettleClaims {
  const { outbox, orders, ledger, sales, notifier } = deps;

  /** A restock that this node has not heard of yet would make good units look out of range. */
  const withQuantityFor = async (sale: SaleRecord, claims: readonly Claim[]): Promise<SaleRecord> =>
    claims.every((claim) => claim.unit <= sale.terms.quantity) ? sale : ((await sales.byId(sale.id)) ?? sale);

  const tell = (order: Order) => notifier.notify(order);

  /** MongoDB has decided for another order; Redis learns it, and this claim's customer gets what is left. */
  const giveWay = async (
    sale: SaleRecord,
    at: SaleEpoch,
    claim: Claim,
    standing: Extract<Settlement, { code: 'customer_has_another' | 'unit_taken' }>,
    live: boolean,
  ): Promise<SettledCode> => {
    const now = live ? { saleId: sale.id, epoch: await sales.epoch(sale.id) } : null;
    if (now !== null) await makeKnown(now, standing.order);
    if (standing.code === 'customer_has_another') {
      // Their order was cancelled, which Redis had forgotten when it made this claim: the share is used up, and the unit goes back.
      if (now !== null && standing.order.status === 'cancelled') await giveBack(now, claim, 'forgotten');
      tell(storedOrder(standing.order));
      return standing.code;
    }
    if (now === null) {
      tell(claimedOrder(claim, sale.product.price, 'revoked'));
      return 'revoked';
    }
    const { price } = sale.product;
    return now.epoch === at.epoch ? moveOn(now, claim, price) : bringAlong(now, claim, price);
  };

  const giveBack = async (at: SaleEpoch, claim: Claim, kind: 'cancelled' | 'forgotten'): Promise<void> => {
    if ((await ledger.release(at, claim, kind)) === 'closed') throw notOpen(at);
  };

  /** Redis learns of an order that MongoDB has, or that it was cancelled. */
  const makeKnown = async (at: SaleEpoch, order: StoredOrder): Promise<void> => {
    if (order.status === 'cancelled') return giveBack(at, order, 'cancelled');
    const outcome = await ledger.adopt(at, order);
    if (outcome === 'closed') throw notOpen(at);
    // Its unit is free in MongoDB by now, for the very claim that it kept out.
    if (outcome === 'cancelled') throw new Error(`order ${orderId(order)} was cancelled meanwhile`);
  };

  const moveOn = async (at: SaleEpoch, claim: Claim, price: number): Promise<SettledCode> => {
    const outcome = await ledger.reassign(at, claim);
    switch (outcome.code) {
      case 'reassigned':
        tell(claimedOrder({ ...claim, unit: outcome.unit, seq: outcome.seq }, price));
        return 'reassigned';
      case 'absent':
        return 'superseded';
      case 'revoked':
        tell(claimedOrder(claim, price, 'revoked'));
        return 'revoked';
      case 'closed':
        throw notOpen(at);
    }
  };

  /** The claim was made in an epoch that is over; in this one its customer may have bought again. */
  const bringAlong = async (to: SaleEpoch, claim: Claim, price: number): Promise<SettledCode> => {
    const outcome = await ledger.restore(to, claim);
    switch (outcome.code) {
      case 'restored':
        tell(claimedOrder(outcome.claim, price));
        return 'reassigned';
      case 'revoked':
        tell(claimedOrder(claim, price, 'revoked'));
        return 'revoked';
      case 'closed':
        throw notOpen(to);
      default:
        return 'superseded';
    }
  };

  /**
   * A recovery may have read MongoDB before these orders were in it. Its epoch was taken before it read, so asking for the epoch now,
   * after the insert, tells. The orders stand, and the new epoch must know; while it can't be told, the batch stays unsettled.
   */
  const adoptIfLate = async (
    sale: SaleRecord,
    at: SaleEpoch,
    settlements: readonly Settlement[],
  ): Promise<void> => {
    const epoch = await sales.epoch(sale.id);
    if (epoch === at.epoch) return;
    for (const settlement of settlements) {
      if (settlement.code !== 'stored' && settlement.code !== 'stored_before') continue;
      const outcome = await ledger.adopt({ saleId: sale.id, epoch }, settlement.order);
      if (outcome === 'closed') throw notOpen({ saleId: sale.id, epoch });
    }
  };

  return async (sale, at, entries, live) => {
    const readable = entries.filter((entry): entry is OutboxEntry & { claim: Claim } => entry.claim !== null);
    for (const entry of entries) {
      if (entry.claim !== null) continue;
      await outbox.deadLetter(at, entry, 'not a claim');
      deps.onSettled('unreadable', null, deps.clock.now());
    }
    if (readable.length === 0) return async () => undefined;

    const claims = readable.map((entry) => entry.claim);
    const known = await withQuantityFor(sale, claims);
    const settlements = await orders.insert(claims, known, deps.clock.now());

    crashPoint('writer.afterInsert');
    const done: string[] = [];
    const written = new Map<string, Set<string>>();
    for (const [index, entry] of readable.entries()) {
      const settlement = settlements[index];
      if (settlement === undefined) throw new Error(`no outcome for ${orderId(entry.claim)}`);
      let code: SettledCode = settlement.code;
      switch (settlement.code) {
        case 'stored':
        case 'stored_before':
          tell(storedOrder(settlement.order));
          addTo(written, entry.claim.customerId, orderId(entry.claim));
          break;
        case 'cancelled_before':
          break;
        case 'customer_has_another':
        case 'unit_taken':
          code = await giveWay(known, at, entry.claim, settlement, live);
          break;
        case 'invalid':
          await outbox.deadLetter(at, entry, settlement.reason);
          break;
      }
      if (settlement.code !== 'invalid') done.push(entry.entryId);
      deps.onSettled(code, entry.claim, deps.clock.now());
    }
    if (live) await adoptIfLate(known, at, settlements);
    crashPoint('writer.afterTell');
    return async () => {
      // Before the entries go: should the process die in between, they come again and so does this.
      await orders.countPurchases(new Map([...written].map(([customer, ids]) => [customer, ids.size])));
      crashPoint('writer.afterTotals');
      await outbox.ack(at, done);
      crashPoint('writer.afterSettle');
    };
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

/** Nothing was acknowledged; the batch is tried again. */
function notOpen({ saleId, epoch }: SaleEpoch): Error {
  return new Error(`epoch ${epoch} of sale ${saleId} is not open`);
}
