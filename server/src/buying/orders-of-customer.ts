import type { Order } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import { claimedOrder, orderId, storedOrder } from '../sale/order.ts';
import type { ClaimRepairs, OrderStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';
import type { OrderStatusReader } from './order-status.ts';

interface Dependencies {
  current: CurrentSale;
  ledger: ClaimLedger;
  orders: OrderStore;
  orderStatus: OrderStatusReader;
  repairs: Pick<ClaimRepairs, 'revokedOf'>;
}

export interface CustomerOrders {
  /** The customer's orders in the current sale, for a socket that has just connected. */
  inCurrentSale(customerId: string): Promise<Order[]>;
  /** All of the customer's orders, newest first, including claims that MongoDB does not have yet. */
  all(customerId: string): Promise<{ orders: Order[]; totalPurchases: number }>;
}

export function createCustomerOrders({
  current,
  ledger,
  orders,
  orderStatus,
  repairs,
}: Dependencies): CustomerOrders {
  const claimsNow = async (customerId: string) => {
    const snapshot = current.snapshot;
    if (snapshot === null || snapshot.epoch === 0) return [];
    const { sale, epoch } = snapshot;
    const claims = await ledger.claimsOf({ saleId: sale.id, epoch }, customerId, sale.perCustomer);
    return claims.map((held) => ({ ...held, offer: offerFor(sale, held.claim.unit) }));
  };
  /** Revoked claims of the current sale without a later order in their place, the newest of each. */
  const revokedNow = async (customerId: string, known: Set<string>): Promise<Order[]> => {
    const snapshot = current.snapshot;
    // Claims are revoked only by a recovery, so without one there is no need to look.
    if (snapshot === null || snapshot.epoch <= 1) return [];
    const { sale } = snapshot;
    const revoked = await repairs.revokedOf(sale.id, customerId);
    return revoked
      .filter((claim) => !known.has(orderId(claim)) && known.add(orderId(claim)))
      .map((claim) => claimedOrder(claim, offerFor(sale, claim.unit), 'revoked'));
  };
  return {
    async inCurrentSale(customerId) {
      const claims = await claimsNow(customerId);
      if (claims.length === 0) return revokedNow(customerId, new Set());
      return Promise.all(claims.map(({ claim, offer, cancelled }) => orderStatus(claim, offer, cancelled)));
    },
    async all(customerId) {
      // Redis first: a claim that is written in between shows up in MongoDB's answer, and none is missed.
      const claims = await claimsNow(customerId);
      const [stored, totalPurchases] = await Promise.all([
        orders.ofCustomer(customerId),
        orders.totalPurchases(customerId),
      ]);
      const known = new Set(stored.map(orderId));
      const unwritten = claims.filter(({ claim }) => !known.has(orderId(claim)));
      for (const { claim } of unwritten) known.add(orderId(claim));
      return {
        orders: [
          ...unwritten.map(({ claim, offer, cancelled }) =>
            claimedOrder(claim, offer, cancelled ? 'cancelled' : 'claimed'),
          ),
          ...(await revokedNow(customerId, known)),
          ...stored.map(storedOrder),
        ],
        totalPurchases,
      };
    },
  };
}
