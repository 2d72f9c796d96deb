import { parseOrderId } from '../sale/order.ts';
import type { OrderStore, OrdersWanted } from '../sale/store-ports.ts';
import type { Models, OrderDoc } from './models.ts';
import { fromDoc } from './order-doc.ts';

/** `UNIT~SEQ` of the last order of a page. A unit has more than one order once one was cancelled; their claims have different numbers. */
const cursorForm = /^(\d{1,8})~(\d{1,15})$/;

export async function ordersPage(
  { Order }: Pick<Models, 'Order'>,
  { saleId, search, after, limit }: OrdersWanted,
): ReturnType<OrderStore['page']> {
  const conditions: object[] = [{ saleId }];
  if (search !== undefined) conditions.push(matching(saleId, search));
  if (after !== undefined) {
    const [unit = 0, seq = 0] = cursorForm.exec(after)?.slice(1).map(Number) ?? [];
    conditions.push({ $or: [{ unit: { $gt: unit } }, { unit, seq: { $gt: seq } }] });
  }
  const docs = await Order.find({ $and: conditions })
    .sort({ unit: 1, seq: 1 })
    .limit(limit + 1)
    .lean<OrderDoc[]>();
  const page = docs.slice(0, limit);
  const last = page.at(-1);
  return {
    orders: page.map(fromDoc),
    next: docs.length > limit && last !== undefined ? `${last.unit}~${last.seq}` : null,
  };
}

function matching(saleId: string, search: string): object {
  if (parseOrderId(search)?.saleId === saleId) return { _id: search };
  const customer = { customerId: { $regex: `^${search.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}` } };
  return /^\d{1,8}$/.test(search) ? { $or: [{ unit: Number(search) }, customer] } : customer;
}
