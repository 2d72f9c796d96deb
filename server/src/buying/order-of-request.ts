import type { EarlierClaim } from '../sale/ledger-ports.ts';
import { orderId } from '../sale/order.ts';
import type { HoldStore, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { ownOffer } from '../sale/variant.ts';
import { RecentMap } from '../shared/recent-map.ts';

/**
 * The order or hold that the request made in that sale, or null; `busy`: too many others ask. The sale has a successor, so its claims are in MongoDB.
 */
export type OrderOfRequest = (
  saleId: string,
  customerId: string,
  requestId: string,
) => Promise<EarlierClaim | null | 'busy'>;

/** Searches under way on this node. Anyone may ask, for any sale: more would take database time from the writing of orders. */
export const searchesMax = 16;
const salesMax = 100;

export function createOrderOfRequest({
  orders,
  holds,
  sales,
}: {
  orders: Pick<OrderStore, 'byId'>;
  holds: Pick<HoldStore, 'inSale'>;
  sales: Pick<SaleStore, 'byId'>;
}): OrderOfRequest {
  /** They never change. */
  const termsOf = new RecentMap<string, { perCustomer: number; isPaid: boolean }>(salesMax);
  let underWay = 0;

  const readTerms = async (saleId: string) => {
    const known = termsOf.get(saleId);
    if (known !== undefined) return known;
    const sale = await sales.byId(saleId);
    if (sale === null) return { perCustomer: 0, isPaid: false };
    const terms = { perCustomer: sale.perCustomer, isPaid: sale.terms.payment !== undefined };
    termsOf.set(saleId, terms);
    return terms;
  };

  const search: (...wanted: Parameters<OrderOfRequest>) => Promise<EarlierClaim | null> = async (
    saleId,
    customerId,
    requestId,
  ) => {
    const { perCustomer, isPaid } = await readTerms(saleId);
    // By their keys alone, which every database looks up at once.
    for (let slot = 1; slot <= perCustomer; slot++) {
      const order = await orders.byId(orderId({ saleId, customerId, slot }));
      if (order?.requestId === requestId) return { claim: order, ...ownOffer(order) };
    }
    if (!isPaid) return null;
    const held = await holds.inSale(saleId, customerId, perCustomer);
    const own = held.find(({ hold }) => hold.requestId === requestId)?.hold;
    return own === undefined ? null : { claim: own, ...ownOffer(own) };
  };

  return async (...wanted) => {
    if (underWay >= searchesMax) return 'busy';
    underWay++;
    try {
      return await search(...wanted);
    } finally {
      underWay--;
    }
  };
}
