import { parseOrderId, type StoredOrder } from '../sale/order.ts';
import { readOrderNumber } from '../sale/order-number.ts';
import type { OrderStore, OrdersPage } from '../sale/store-ports.ts';
import type { Models, OrderDoc } from './models.ts';

/** `MS~ID` of the last order of a page. */
const cursorForm = /^(\d{1,15})~(.+)$/s;
/** Sorts after every text that begins with the same characters. */
const last = '\u{10ffff}';
const byCustomer = { customerId: 1, claimedAt: -1, _id: -1 } as const;

type Wanted = Parameters<OrderStore['search']>[0];

/**
 * Over all sales. An order's id or number finds one order; anything else is how a customer's id begins, which is one range of the index over
 * customers, in the order of that index: a page costs the same with a thousand orders and with a million.
 */
export async function searchOrders(
  { Order }: Pick<Models, 'Order'>,
  { search, after, limit }: Wanted,
  read: (doc: OrderDoc) => StoredOrder,
): Promise<OrdersPage> {
  if (after === undefined) {
    const number = readOrderNumber(search);
    const one = parseOrderId(search) === null ? (number === null ? null : { number }) : { _id: search };
    const found = one === null ? [] : await Order.find(one).limit(limit).lean<OrderDoc[]>();
    // A customer's id may look like an order's.
    if (found.length > 0) return { orders: found.map(read), next: null };
  }
  const docs = await Order.find(matching(search, after))
    .sort(byCustomer)
    .limit(limit + 1)
    .lean<OrderDoc[]>();
  const page = docs.slice(0, limit);
  const end = page.at(-1);
  return {
    orders: page.map(read),
    next: docs.length > limit && end !== undefined ? `${end.claimedAt.getTime()}~${end._id}` : null,
  };
}

function matching(search: string, after: string | undefined): object {
  const range = { $gte: search, $lt: search + last };
  if (after === undefined) return { customerId: range };
  const [, ms = '0', id = ''] = cursorForm.exec(after) ?? [];
  const customerId = parseOrderId(id)?.customerId ?? last;
  const claimedAt = new Date(Number(ms));
  return {
    // The range begins with the last customer, so that a later page does not read the earlier ones again.
    customerId: { ...range, $gte: customerId > search ? customerId : search },
    $or: [
      { customerId: { $gt: customerId } },
      { customerId, claimedAt: { $lt: claimedAt } },
      { customerId, claimedAt, _id: { $lt: id } },
    ],
  };
}
