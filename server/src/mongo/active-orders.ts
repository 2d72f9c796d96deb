import type { OrderStore } from '../sale/store-ports.ts';
import type { Models } from './models.ts';

/** More duplicates than this are counted as this many. */
const duplicatesMax = 1_000;

/** Counted from the orders themselves: the indexes that forbid duplicates are what is being checked. */
export async function activeOrders(
  { Order }: Pick<Models, 'Order'>,
  saleId: string,
  perCustomer: number,
): ReturnType<OrderStore['active']> {
  const inSale = { saleId, status: 'confirmed' as const };
  const whichHaveMore = (field: 'unit' | 'customerId', max: number, among: object) =>
    Order.aggregate<{ _id: unknown }>([
      { $match: { ...inSale, ...among } },
      { $group: { _id: `$${field}`, count: { $sum: 1 } } },
      { $match: { count: { $gt: max } } },
      { $limit: duplicatesMax },
    ]);
  const withMoreThan = async (field: 'unit' | 'customerId', max: number): Promise<number> => {
    const rows = await whichHaveMore(field, max, {});
    if (rows.length === 0) return 0;
    // A unit that is cancelled and sold again during the scan may be counted twice. The next scan counts it once.
    return (await whichHaveMore(field, max, { [field]: { $in: rows.map((row) => row._id) } })).length;
  };
  const [orders, units, customers] = await Promise.all([
    Order.countDocuments(inSale),
    withMoreThan('unit', 1),
    withMoreThan('customerId', perCustomer),
  ]);
  return { orders, duplicates: units + customers };
}
