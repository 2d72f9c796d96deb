import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClaimLedger, SaleEpoch } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder, orderId } from '../sale/order.ts';
import type { OrderNotifier } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { InsertOutcome, SaleStore, WrittenClaims } from '../sale/store-ports.ts';
import { offerFor, type UnitOffer } from '../sale/variant.ts';

/** MongoDB has another order for the customer, or for the unit. */
type Conflict<Written> = Extract<InsertOutcome<Written>, { code: 'customer_has_another' | 'unit_taken' }>;

/** The outcome of a claim that MongoDB did not accept unchanged. */
export type Reconciled = 'customer_has_another' | 'reassigned' | 'revoked' | 'superseded';

export interface ReconcileDependencies<Written extends Claim> {
  orders: Pick<WrittenClaims<Written>, 'show' | 'isGone' | 'repeatIfEnded'>;
  ledger: Pick<ClaimLedger, 'adopt' | 'reassign' | 'restore' | 'release'>;
  sales: SaleStore;
  notifier: OrderNotifier;
}

/** Makes Redis agree with MongoDB where the two disagree about a claim: MongoDB is right. Each step rejects while the epoch is not open. */
export function createReconcile<Written extends Claim>({
  orders,
  ledger,
  sales,
  notifier,
}: ReconcileDependencies<Written>) {
  const tell = (order: Order) => notifier.notify(order);

  const giveBack = async (at: SaleEpoch, claim: Claim, kind: 'cancelled' | 'forgotten'): Promise<void> => {
    if ((await ledger.release(at, claim, kind)) === 'closed') throw notOpen(at);
  };

  /**
   * What is adopted was read before. If it has ended since, and Redis had already answered that no one holds the unit, Redis has to take it back
   * once more.
   */
  const adopt = async (at: SaleEpoch, order: Written) => {
    const outcome = await ledger.adopt(at, order);
    if (outcome === 'adopted') await orders.repeatIfEnded(order);
    return outcome;
  };

  /** Redis learns of an order that MongoDB has, or that it was cancelled. */
  const makeKnown = async (at: SaleEpoch, order: Written): Promise<void> => {
    if (orders.isGone(order)) return giveBack(at, order, 'cancelled');
    const outcome = await adopt(at, order);
    if (outcome === 'closed') throw notOpen(at);
    // Its unit is free in MongoDB by now, for the claim that it blocked.
    if (outcome === 'cancelled') throw new Error(`order ${orderId(order)} was cancelled meanwhile`);
  };

  const moveOn = async (at: SaleEpoch, claim: Claim, offer: UnitOffer): Promise<Reconciled> => {
    const outcome = await ledger.reassign(at, claim);
    switch (outcome.code) {
      case 'reassigned':
        tell(claimedOrder({ ...claim, unit: outcome.unit, seq: outcome.seq }, offer));
        return 'reassigned';
      case 'absent':
        return 'superseded';
      case 'revoked':
        tell(claimedOrder(claim, offer, 'revoked'));
        return 'revoked';
      case 'closed':
        throw notOpen(at);
    }
  };

  /** The claim was made in an epoch that is over; in this one its customer may have bought again. */
  const bringAlong = async (to: SaleEpoch, claim: Claim, offer: UnitOffer): Promise<Reconciled> => {
    const outcome = await ledger.restore(to, claim);
    switch (outcome.code) {
      case 'restored':
        tell(claimedOrder(outcome.claim, offer));
        return 'reassigned';
      case 'revoked':
        tell(claimedOrder(claim, offer, 'revoked'));
        return 'revoked';
      case 'closed':
        throw notOpen(to);
      default:
        return 'superseded';
    }
  };

  /** MongoDB has decided for another order; Redis learns it, and this claim's customer gets what is left. */
  const giveWay = async (
    sale: SaleRecord,
    at: SaleEpoch,
    claim: Claim,
    standing: Conflict<Written>,
    live: boolean,
  ): Promise<Reconciled> => {
    const now = live ? { saleId: sale.id, epoch: await sales.epoch(sale.id) } : null;
    if (now !== null) await makeKnown(now, standing.order);
    if (standing.code === 'customer_has_another') {
      // Their order was cancelled, which Redis had forgotten when it made this claim: the share is used up, and the unit goes back.
      if (now !== null && orders.isGone(standing.order)) await giveBack(now, claim, 'forgotten');
      tell(orders.show(standing.order));
      return standing.code;
    }
    // Another unit that the claim gets is of the same variant.
    const offer = offerFor(sale, claim.unit);
    if (now === null) {
      tell(claimedOrder(claim, offer, 'revoked'));
      return 'revoked';
    }
    return now.epoch === at.epoch ? moveOn(now, claim, offer) : bringAlong(now, claim, offer);
  };

  /**
   * A recovery may have read MongoDB before these orders were in it. Its epoch was taken before it read, so the epoch that is
   * read now, after the insert, shows it. The orders stand, and the new epoch must know; while it can't be reached, the batch stays unacknowledged.
   */
  const adoptIfLate = async (
    sale: SaleRecord,
    at: SaleEpoch,
    outcomes: readonly InsertOutcome<Written>[],
  ): Promise<void> => {
    const epoch = await sales.epoch(sale.id);
    if (epoch === at.epoch) return;
    for (const outcome of outcomes) {
      if (outcome.code !== 'stored' && outcome.code !== 'stored_before') continue;
      const adopted = await adopt({ saleId: sale.id, epoch }, outcome.order);
      if (adopted === 'closed') throw notOpen({ saleId: sale.id, epoch });
    }
  };

  return { giveWay, adoptIfLate };
}

/** Nothing was acknowledged; the batch is tried again. */
function notOpen({ saleId, epoch }: SaleEpoch): Error {
  return new Error(`epoch ${epoch} of sale ${saleId} is not open`);
}
