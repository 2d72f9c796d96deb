import type { Order, OrderedProduct } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder, orderId, storedOrder } from '../sale/order.ts';
import type { ClaimRepairs, OrderStore } from '../sale/store-ports.ts';
import { offerFor, type UnitOffer } from '../sale/variant.ts';
import type { OrderStatusReader } from './order-status.ts';

/** Sales whose products are named beside a customer's orders: the newest ones. */
const productsMax = 50;

interface Dependencies {
  current: CurrentSale;
  ledger: ClaimLedger;
  orders: OrderStore;
  orderStatus: OrderStatusReader;
  repairs: Pick<ClaimRepairs, 'revokedOf'>;
  /** Null: it cannot be read now. */
  productOf: (saleId: string) => Promise<OrderedProduct | null>;
}

export interface CustomerOrders {
  /** The customer's orders in the current sale, for a socket that has just connected. */
  inCurrentSale(customerId: string): Promise<Order[]>;
  /** All of the customer's orders, newest first, including claims that MongoDB does not have yet. */
  all(customerId: string): Promise<{ orders: Order[]; products?: OrderedProduct[]; totalPurchases: number }>;
  /** The same, page by page; the first begins with the claims that MongoDB does not have yet. `before` is the `next` of an earlier page. */
  page(
    customerId: string,
    wanted: { before?: string | undefined; limit: number },
  ): Promise<{ orders: Order[]; totalPurchases: number; next: string | null }>;
}

export function createCustomerOrders({
  current,
  ledger,
  orders,
  orderStatus,
  repairs,
  productOf,
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
    async page(customerId, wanted) {
      const isFirst = wanted.before === undefined;
      const claims = isFirst ? await claimsNow(customerId) : [];
      const [{ orders: stored, next }, totalPurchases] = await Promise.all([
        orders.pageOfCustomer(customerId, wanted),
        orders.totalPurchases(customerId),
      ]);
      const known = new Set(stored.map(orderId));
      const unwritten: typeof claims = [];
      for (const claim of claims) {
        const id = orderId(claim.claim);
        if (known.has(id)) continue;
        known.add(id);
        // Written, and on a later page.
        if ((await orders.byId(id)) === null) unwritten.push(claim);
      }
      const revoked = isFirst ? await revokedNow(customerId, known) : [];
      return {
        orders: [...unwritten.map(shown), ...revoked, ...stored.map(storedOrder)],
        totalPurchases,
        next,
      };
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
      const all = [
        ...unwritten.map(shown),
        ...(await revokedNow(customerId, known)),
        ...stored.map(storedOrder),
      ];
      if (all.length === 0) return { orders: all, totalPurchases };
      const sales = [...new Set(all.map((order) => order.saleId))].slice(0, productsMax);
      const products = (await Promise.all(sales.map(productOf))).filter((product) => product !== null);
      return { orders: all, products, totalPurchases };
    },
  };
}

function shown({ claim, offer, cancelled }: { claim: Claim; offer: UnitOffer; cancelled: boolean }): Order {
  return claimedOrder(claim, offer, cancelled ? 'cancelled' : 'claimed');
}
