import type { OrdersAnswer } from '@flipzon/protocol/schemas.ts';
import type { Store } from './store.ts';

const ordersTimeoutMs = 5000;

export type MyOrders = OrdersAnswer;

/** The customer's orders, asked for rather than waited for. Null for a failure: whoever asks, asks again. */
export async function fetchOrders(store: Store): Promise<MyOrders | null> {
  const { customer } = store.get();
  if (customer === null) {
    return null;
  }
  try {
    const response = await fetch('/orders/me', {
      headers: { authorization: `Bearer ${customer.token}` },
      signal: AbortSignal.timeout(ordersTimeoutMs),
    });
    if (!response.ok || store.get().customer !== customer) {
      return null;
    }
    const answer: OrdersAnswer = await response.json();
    // The page keeps few: those of earlier sales must not push out the one that is looked at.
    for (const order of answer.orders.filter((each) => each.saleId === store.get().sale?.id)) {
      store.tell({ type: 'order', order });
    }
    return answer;
  } catch {
    return null;
  }
}
