import type { Order, OrderStatus } from '@flipzon/protocol/schemas.ts';
import type { Model } from './model.ts';

const ordersKeptMax = 20;

const rank: Record<OrderStatus, number> = {
  claimed: 0,
  held: 1,
  confirmed: 2,
  expired: 2,
  released: 2,
  cancelled: 3,
  revoked: 3,
};

/**
 * News about one order may arrive out of order (an answer, an event, a snapshot): only what is newer may change what is shown. A claim
 * that was taken back may be made again under the same id, with a larger number.
 */
export function isNewer(incoming: Order, known: Order): boolean {
  // An earlier version of the server does not number them.
  const [mine, other] = [incoming.seq ?? known.seq ?? 0, known.seq ?? incoming.seq ?? 0];
  return mine === other ? rank[incoming.status] > rank[known.status] : mine > other;
}

export function mergeOrder(orders: readonly Order[], incoming: Order): readonly Order[] {
  const known = orders.find((order) => order.id === incoming.id);
  if (known !== undefined && !isNewer(incoming, known)) {
    return orders;
  }
  const others = orders.filter((order) => order.id !== incoming.id);
  return [...others, incoming].slice(-ordersKeptMax);
}

/** This customer's orders of the sale that is shown, the latest claim first. */
export function ownOrders(model: Model): Order[] {
  return model.orders
    .filter((order) => order.saleId === model.sale?.id && order.customerId === model.customer?.id)
    .sort((a, b) => (b.seq ?? 0) - (a.seq ?? 0));
}

export type HeldOrder = Order & { status: 'claimed' | 'confirmed' };

/** Orders that hold a unit. */
export function heldOrders(model: Model): HeldOrder[] {
  return ownOrders(model).filter(
    (order): order is HeldOrder => order.status === 'claimed' || order.status === 'confirmed',
  );
}

/** A cancelled order uses its customer's share in this sale, like an active one; a revoked one does not. */
export function mayHoldMore(model: Model): boolean {
  const used = ownOrders(model).filter((order) => order.status !== 'revoked').length;
  return used < (model.sale?.perCustomer ?? 1);
}
