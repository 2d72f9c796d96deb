import type { OrdersAnswer } from '@flipzon/protocol/schemas.ts';
import type { Store } from './store.ts';

const ordersTimeoutMs = 5000;

/** The customer's orders, asked for rather than waited for. A failure is silent: whoever asks, asks again. */
export async function fetchOrders(store: Store): Promise<void> {
  const { customer } = store.get();
  if (customer === null) {
    return;
  }
  try {
    const response = await fetch('/orders/me', {
      headers: { authorization: `Bearer ${customer.token}` },
      signal: AbortSignal.timeout(ordersTimeoutMs),
    });
    if (response.ok && store.get().customer === customer) {
      const { orders }: OrdersAnswer = await response.json();
      for (const order of orders) {
        store.tell({ type: 'order', order });
      }
    }
  } catch {
    // The socket brings the same news, or the next try does.
  }
}
