import type { Order, OrderedProduct } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { HoldRecord } from '../sale/hold.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import { claimedOrder, orderId } from '../sale/order.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { ClaimRepairs, HoldStore, OrderStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';
import { withTimeout } from '../shared/with-timeout.ts';
import { byClaim, type ClaimNow, withoutOrder } from './holds-of-customer.ts';
import type { OrderStatusReader } from './order-status.ts';

/** Sales whose products are named beside a customer's orders: the newest ones. */
const productsMax = 50;
/** Of one customer, the newest ones. */
const holdsMax = 100;
/** A socket that has just connected waits at most this long for its customer's holds. */
const holdsMsMax = 500;

interface Dependencies {
  current: CurrentSale;
  ledger: ClaimLedger;
  orders: OrderStore;
  holds: Pick<HoldStore, 'inSale' | 'ofCustomer'>;
  /** Customers of this shop can pay, so they may have holds. */
  takesPayments: boolean;
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
  holds,
  takesPayments,
  orderStatus,
  repairs,
  productOf,
}: Dependencies): CustomerOrders {
  const claimsNow = async (customerId: string): Promise<ClaimNow[]> => {
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
  const holdsOf = async (customerId: string): Promise<HoldRecord[]> => {
    const mayHaveAny = takesPayments || current.snapshot?.sale.terms.payment !== undefined;
    return mayHaveAny ? holds.ofCustomer(customerId, holdsMax) : [];
  };

  /** Redis does not have the holds that have ended. Only paid ones have orders. */
  const heldIn = async (sale: SaleRecord, customerId: string, claims: readonly ClaimNow[]) => {
    const records = await holds.inSale(sale.id, customerId, sale.perCustomer);
    const paid = records.filter(({ end }) => end?.outcome === 'paid');
    const found = await Promise.all(paid.map(({ hold }) => orders.byId(orderId(hold))));
    const stored = found.filter((order) => order !== null);
    const known = new Set(stored.map(orderId));
    const { unwritten, held } = withoutOrder(claims, records, (id) => known.has(id));
    return [...unwritten, ...byClaim(stored, held)];
  };
  const inPaidSale = async (sale: SaleRecord, customerId: string): Promise<Order[]> => {
    const claims = await claimsNow(customerId);
    return withTimeout(holdsMsMax, heldIn(sale, customerId, claims)).catch((error: unknown) => {
      // Customers see the units that they have; how a hold ended is looked up again a little later.
      const claimed = claims.filter(({ cancelled }) => !cancelled);
      if (claimed.length === 0) throw error;
      return claimed.map(({ claim, offer }) => claimedOrder(claim, offer));
    });
  };
  return {
    async inCurrentSale(customerId) {
      const { sale } = current.snapshot ?? {};
      if (sale?.terms.payment !== undefined) {
        const shown = await inPaidSale(sale, customerId);
        return shown.length === 0 ? revokedNow(customerId, new Set()) : shown;
      }
      const claims = await claimsNow(customerId);
      if (claims.length === 0) return revokedNow(customerId, new Set());
      return Promise.all(claims.map(({ claim, offer, cancelled }) => orderStatus(claim, offer, cancelled)));
    },
    async page(customerId, wanted) {
      const isFirst = wanted.before === undefined;
      const claims = isFirst ? await claimsNow(customerId) : [];
      const [{ orders: stored, next }, totalPurchases, records] = await Promise.all([
        orders.pageOfCustomer(customerId, wanted),
        orders.totalPurchases(customerId),
        isFirst ? holdsOf(customerId) : [],
      ]);
      const known = new Set(stored.map(orderId));
      const paid = records.filter(({ end }) => end?.outcome === 'paid').map(({ hold }) => hold);
      for (const id of [...claims.map(({ claim }) => claim), ...paid].map(orderId)) {
        // Written, and on a later page.
        if (!known.has(id) && (await orders.byId(id)) !== null) known.add(id);
      }
      const { unwritten, held } = withoutOrder(claims, records, (id) => known.has(id));
      for (const { id } of [...unwritten, ...held]) known.add(id);
      const revoked = isFirst ? await revokedNow(customerId, known) : [];
      return { orders: [...unwritten, ...revoked, ...byClaim(stored, held)], totalPurchases, next };
    },
    async all(customerId) {
      // Redis first: a claim that is written in between shows up in MongoDB's answer, and none is missed.
      const claims = await claimsNow(customerId);
      const [stored, totalPurchases, records] = await Promise.all([
        orders.ofCustomer(customerId),
        orders.totalPurchases(customerId),
        holdsOf(customerId),
      ]);
      const known = new Set(stored.map(orderId));
      const { unwritten, held } = withoutOrder(claims, records, (id) => known.has(id));
      for (const { id } of [...unwritten, ...held]) known.add(id);
      const all = [...unwritten, ...(await revokedNow(customerId, known)), ...byClaim(stored, held)];
      if (all.length === 0) return { orders: all, totalPurchases };
      const sales = [...new Set(all.map((order) => order.saleId))].slice(0, productsMax);
      const products = (await Promise.all(sales.map(productOf))).filter((product) => product !== null);
      return { orders: all, products, totalPurchases };
    },
  };
}
