import { parseOrderId } from '../sale/order.ts';
import { type NumberOrder, readOrderNumber } from '../sale/order-number.ts';
import type { OrderStore, OrdersWanted } from '../sale/store-ports.ts';
import type { Models, OrderDoc } from './models.ts';
import { fromDoc } from './order-doc.ts';
import { unnumberedOrder } from './unnumbered.ts';

/** `UNIT~SEQ` of the last order of a page. A unit has more than one order once one was cancelled; their claims have different numbers. */
const cursorForm = /^(\d{1,8})~(\d{1,15})$/;

export async function ordersPage(
  models: Pick<Models, 'Order'>,
  { saleId, search, after, limit }: OrdersWanted,
  numberOrder: NumberOrder | null,
): ReturnType<OrderStore['page']> {
  const conditions: object[] = [{ saleId }];
  if (search !== undefined) conditions.push(await matching(models, saleId, search, numberOrder));
  if (after !== undefined) {
    const [unit = 0, seq = 0] = cursorForm.exec(after)?.slice(1).map(Number) ?? [];
    conditions.push({ $or: [{ unit: { $gt: unit } }, { unit, seq: { $gt: seq } }] });
  }
  const docs = await models.Order.find({ $and: conditions })
    .sort({ unit: 1, seq: 1 })
    .limit(limit + 1)
    .lean<OrderDoc[]>();
  const page = docs.slice(0, limit);
  const last = page.at(-1);
  return {
    orders: page.map((doc) => fromDoc(doc, numberOrder)),
    next: docs.length > limit && last !== undefined ? `${last.unit}~${last.seq}` : null,
  };
}

async function matching(
  models: Pick<Models, 'Order'>,
  saleId: string,
  search: string,
  numberOrder: NumberOrder | null,
): Promise<object> {
  if (parseOrderId(search)?.saleId === saleId) return { _id: search };
  const customer = { customerId: { $regex: `^${search.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}` } };
  if (/^\d{1,8}$/.test(search)) return { $or: [{ unit: Number(search) }, customer] };
  const number = readOrderNumber(search);
  if (number === null) return customer;
  const _id = numberOrder && (await unnumberedOrder(models, { saleId }, number, numberOrder));
  return { $or: [{ number }, customer, ...(_id === null ? [] : [{ _id }])] };
}
