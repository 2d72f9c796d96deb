import type { NumberOrder } from '../sale/order-number.ts';
import type { Models } from './models.ts';

/** A search computes the numbers of at most this many orders without a stored one. Only earlier versions wrote such orders. */
const unnumberedMax = 100_000;

/** The id of the order with this number, among those without a stored one: one range of the index over numbers, empty where this version wrote all orders. */
export async function unnumberedOrder(
  { Order }: Pick<Models, 'Order'>,
  among: { saleId?: string },
  number: string,
  numberOrder: NumberOrder,
): Promise<string | null> {
  const ids = Order.find({ ...among, number: null }, { _id: 1 })
    .limit(unnumberedMax)
    .lean();
  for await (const { _id } of ids.cursor({ batchSize: 5000 })) if (numberOrder(_id) === number) return _id;
  return null;
}
