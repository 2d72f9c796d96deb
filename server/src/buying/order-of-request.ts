import { orderId, type StoredOrder } from '../sale/order.ts';
import type { OrderStore, SaleStore } from '../sale/store-ports.ts';

/** What that request of the customer's has bought in that sale; null: nothing. Its claims are in MongoDB, as those of any sale that has a successor. */
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
    const one = async (n: number): Promise<StoredOrder | null> => {
      const order = await orders.byId(orderId({ saleId, customerId, n }));
      return order?.requestId === requestId ? order : null;
    };
    // Nearly always the only one, and looked up by nothing but its key.
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
