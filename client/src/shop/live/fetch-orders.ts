import type { OrdersAnswer } from '@flipzon/protocol/schemas.ts';
import type { Store } from '../model/store.ts';
import { postJson } from './post-json.ts';

const ordersTimeoutMs = 5000;

export type MyOrders = OrdersAnswer;

export interface OrdersAsked {
  /** Receipts to present: without a socket, they restore lost claims. */
  receipts?: readonly string[];
  /** The customer's token is no longer valid. */
  onTokenRefused: () => void;
}

/** Reads the customer's orders by a request. Null for a failure: the caller tries again. */
export async function fetchOrders(store: Store, asked: OrdersAsked): Promise<MyOrders | null> {
  const { customer } = store.get();
  if (customer === null) {
    return null;
  }
  const { receipts = [] } = asked;
  const authorization = `Bearer ${customer.token}`;
  try {
    const response =
      receipts.length === 0
        ? await fetch('/orders/me', {
            headers: { authorization },
            signal: AbortSignal.timeout(ordersTimeoutMs),
          })
        : await postJson('/receipts', { receipts }, ordersTimeoutMs, { authorization });
    if (store.get().customer !== customer) {
      return null;
    }
    if (response.status === 401) {
      asked.onTokenRefused();
    }
    if (!response.ok) {
      return null;
    }
    const answer: OrdersAnswer = await response.json();
    // The page keeps few orders: those of earlier sales must not displace those of the current one.
    for (const order of answer.orders.filter((each) => each.saleId === store.get().sale?.id)) {
      store.dispatch({ type: 'order', order });
    }
    return answer;
  } catch {
    return null;
  }
}
