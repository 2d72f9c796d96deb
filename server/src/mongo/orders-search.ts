import { parseOrderId } from '../sale/order.ts';
import { type NumberOrder, readOrderNumber } from '../sale/order-number.ts';
import type { OrderStore, OrdersPage } from '../sale/store-ports.ts';
import type { Models, OrderDoc } from './models.ts';
import { fromDoc } from './order-doc.ts';
import { pageOf, readCursor } from './page-by-time.ts';
import { unnumberedOrder } from './unnumbered.ts';

/** Sorts after every text that begins with the same characters. */
const last = '\u{10ffff}';
const byCustomer = { customerId: 1, claimedAt: -1, _id: -1 } as const;

type Wanted = Parameters<OrderStore['search']>[0];

/**
 * Over all sales. An order's id or number finds one order; anything else is how a customer's id begins, which is one range of the index over
 * customers, in the order of that index: a page costs the same with a thousand orders and with a million.
 */
export async function searchOrders(
  models: Pick<Models, 'Order'>,
  { search, after, limit }: Wanted,
  numberOrder: NumberOrder | null,
): Promise<OrdersPage> {
  const { Order } = models;
  const read = (doc: OrderDoc) => fromDoc(doc, numberOrder);
  if (after === undefined) {
    const found = await named(models, search, limit, numberOrder);
    // A customer's id may look like an order's.
    if (found.length > 0) return { orders: found.map(read), next: null };
  }
  const docs = await Order.find(matching(search, after))
    .sort(byCustomer)
    .limit(limit + 1)
    .lean<OrderDoc[]>();
  const { rows, next } = pageOf(docs, limit, (doc) => doc.claimedAt);
  return { orders: rows.map(read), next };
}

async function named(
  models: Pick<Models, 'Order'>,
  search: string,
  limit: number,
  numberOrder: NumberOrder | null,
): Promise<OrderDoc[]> {
  const find = (one: object) => models.Order.find(one).limit(limit).lean<OrderDoc[]>();
  if (parseOrderId(search) !== null) return find({ _id: search });
  const number = readOrderNumber(search);
  if (number === null) return [];
  const found = await find({ number });
  if (found.length > 0 || numberOrder === null) return found;
  const _id = await unnumberedOrder(models, {}, number, numberOrder);
  return _id === null ? [] : find({ _id });
}

function matching(search: string, after: string | undefined): object {
  const range = { $gte: search, $lt: search + last };
  if (after === undefined) return { customerId: range };
  const { at: claimedAt, id } = readCursor(after);
  const customerId = parseOrderId(id)?.customerId ?? last;
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
