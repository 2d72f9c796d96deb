import { orderId, type StoredOrder } from '../sale/order.ts';
import type { OrderStore, SaleStore } from '../sale/store-ports.ts';

/** The order that the request made in that sale, or null. The sale has a successor, so its claims are in MongoDB. */
export type OrderOfRequest = (
  saleId: string,
  customerId: string,
  requestId: string,
) => Promise<StoredOrder | null>;

export function createOrderOfRequest({
  orders,
  sales,
}: {
  orders: Pick<OrderStore, 'byId'>;
  sales: Pick<SaleStore, 'byId'>;
}): OrderOfRequest {
  return async (saleId, customerId, requestId) => {
    const one = async (slot: number): Promise<StoredOrder | null> => {
      const order = await orders.byId(orderId({ saleId, customerId, slot }));
      return order?.requestId === requestId ? order : null;
    };
    // Nearly always the only one, found by its key alone.
    const first = await one(1);
    if (first !== null) return first;
    const perCustomer = (await sales.byId(saleId))?.perCustomer ?? 0;
    for (let n = 2; n <= perCustomer; n++) {
      const order = await one(n);
      if (order !== null) return order;
    }
    return null;
  };
}
