import { orderId, type StoredOrder } from '../sale/order.ts';
import type { OrderStore, SaleStore } from '../sale/store-ports.ts';
import { RecentMap } from '../shared/recent-map.ts';

/**
 * The order that the request made in that sale, or null; `busy`: too many others ask. The sale has a successor, so its claims are in MongoDB.
 */
export type OrderOfRequest = (
  saleId: string,
  customerId: string,
  requestId: string,
) => Promise<StoredOrder | null | 'busy'>;

/** Searches under way on this node. Anyone may ask, for any sale: more would take the database's time from the orders that are to be written. */
export const searchesMax = 16;
const salesMax = 100;

export function createOrderOfRequest({
  orders,
  sales,
}: {
  orders: Pick<OrderStore, 'byId'>;
  sales: Pick<SaleStore, 'byId'>;
}): OrderOfRequest {
  /** It never changes. */
  const perCustomerOf = new RecentMap<string, number>(salesMax);
  let underWay = 0;

  const unitsPerCustomer = async (saleId: string): Promise<number> => {
    const known = perCustomerOf.get(saleId);
    if (known !== undefined) return known;
    const sale = await sales.byId(saleId);
    if (sale !== null) perCustomerOf.set(saleId, sale.perCustomer);
    return sale?.perCustomer ?? 0;
  };

  const search: (...wanted: Parameters<OrderOfRequest>) => Promise<StoredOrder | null> = async (
    saleId,
    customerId,
    requestId,
  ) => {
    const perCustomer = await unitsPerCustomer(saleId);
    // By nothing but their keys, which every database finds at once.
    for (let slot = 1; slot <= perCustomer; slot++) {
      const order = await orders.byId(orderId({ saleId, customerId, slot }));
      if (order?.requestId === requestId) return order;
    }
    return null;
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
