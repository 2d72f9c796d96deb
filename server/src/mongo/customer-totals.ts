import type { mongo } from 'mongoose';
import { insertUnordered } from './insert-unordered.ts';
import type { CustomerDoc, Models } from './models.ts';

/** Orders in one piece. On servers without indexes, each piece scans all orders. */
const pieceMax = 5_000;
/** Customers who are counted by one command. */
const countedMax = 500;

type TotalsModels = Pick<Models, 'Order' | 'Customer'>;

/** Two writers may disagree about one customer for a moment; the last one to look sets it right. More rounds than this is a fault. */
const roundsMax = 10;
/** Updates of one command. FerretDB keeps a connection to SQLite for each until the command ends, and hangs permanently once all 100 are taken. */
const updatesMax = 20;

/**
 * After orders of these customers were written (their numbers in `written`): brings `customers.totalPurchases` in line with their confirmed orders. Most buyers are
 * new, and the writer that inserts a customer first need not look for more: the other writers, which find the customer there, have written their orders before
 * and count now, and so see every one.
 */
export async function countPurchases(
  models: TotalsModels,
  written: ReadonlyMap<string, number>,
): Promise<void> {
  const known = await insertTotals(models.Customer, [...written.keys()], (id) => written.get(id) ?? 0);
  await refreshTotals(models, known);
}

/**
 * Sets `customers.totalPurchases` to the number of the customer's confirmed orders. It is counted, not added up, and looked at again
 * after it was set: the last one to set it counts after every order that was there, so the final value is the true one, also when a batch
 * comes twice, two writers meet, or the server loses one of two updates.
 */
export async function refreshTotals(models: TotalsModels, customerIds: readonly string[]): Promise<void> {
  const ids = [...new Set(customerIds)];
  for (let from = 0; from < ids.length; from += countedMax)
    await refreshSome(models, ids.slice(from, from + countedMax));
}

async function refreshSome({ Order, Customer }: TotalsModels, ids: readonly string[]): Promise<void> {
  let unsettled = [...ids];
  for (let round = 0; unsettled.length > 0; round++) {
    if (round === roundsMax) throw new Error(`totals of ${unsettled.length} customers do not settle`);
    const [counted, stored] = await Promise.all([
      countConfirmed(Order, unsettled),
      Customer.find({ _id: { $in: unsettled } }).lean(),
    ]);
    const known = new Map(stored.map((customer) => [customer._id, customer.totalPurchases]));
    const totalOf = (id: string) => counted.get(id) ?? 0;
    const unknown = unsettled.filter((id) => !known.has(id));
    await insertTotals(Customer, unknown, totalOf);
    const wrong = unsettled.filter((id) => known.has(id) && known.get(id) !== totalOf(id));
    for (let from = 0; from < wrong.length; from += updatesMax) {
      const writes = wrong.slice(from, from + updatesMax).map((id) => ({
        updateOne: {
          filter: { _id: id },
          update: { $set: { totalPurchases: totalOf(id), updatedAt: new Date() } },
        },
      }));
      await Customer.bulkWrite(writes, { ordered: false });
    }
    unsettled = [...unknown, ...wrong];
  }
}

/**
 * Inserts rather than upserts, because an upsert makes some servers scan all customers. Existing customers stay unchanged and are
 * returned.
 */
async function insertTotals(
  Customer: Models['Customer'],
  customerIds: readonly string[],
  totalOf: (customerId: string) => number,
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const updatedAt = new Date();
  const docs = customerIds.map((id) => ({ _id: id, totalPurchases: totalOf(id), updatedAt }));
  const refused = await insertUnordered(
    Customer.collection as unknown as mongo.Collection<CustomerDoc>,
    docs,
  );
  return [...refused];
}

function countConfirmed(
  Order: Models['Order'],
  customerIds: readonly string[],
): Promise<Map<string, number>> {
  return countOrdersOf(Order, { customerId: { $in: customerIds }, status: 'confirmed' });
}

async function countOrdersOf(Order: Models['Order'], filter: object): Promise<Map<string, number>> {
  const rows = await Order.aggregate<{ _id: string; count: number }>([
    { $match: filter },
    { $group: { _id: '$customerId', count: { $sum: 1 } } },
  ]);
  return new Map(rows.map((row) => [row._id, row.count]));
}

export interface WrongTotal {
  customerId: string;
  stored: number;
  counted: number;
}

/** Customers of a sale whose stored total is not the count of their orders. */
export async function wrongTotals(
  models: Pick<Models, 'Order' | 'Customer'>,
  saleId: string,
  scans: boolean,
): Promise<WrongTotal[]> {
  const wrong: WrongTotal[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { rows, next } = await wrongTotalsAfter(models, saleId, after, { scans });
    wrong.push(...rows);
    after = next;
  }
  return wrong;
}

/**
 * The same for the customers of the sale's next orders, by the orders' ids, so that neither a command nor an answer grows with the sale.
 * `after`: the `next` of an earlier piece, empty for the first.
 */
export async function wrongTotalsAfter(
  { Order, Customer }: Pick<Models, 'Order' | 'Customer'>,
  saleId: string,
  after: string,
  { scans, limit = pieceMax }: { scans: boolean; limit?: number },
): Promise<{ rows: WrongTotal[]; next: string | null }> {
  const from = after === '' ? `${saleId}:` : after;
  // A semicolon follows the colon in ASCII: the range has all ids that begin with the sale's.
  const orders = await Order.find({ _id: { $gt: from, $lt: `${saleId};` } }, { customerId: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean();
  const customerIds = [...new Set(orders.map((order) => order.customerId))];
  if (customerIds.length === 0) return { rows: [], next: null };
  // With an index a list is cheap to look up; without one, each order is compared with every member.
  const among = scans ? between(customerIds) : { $in: customerIds };
  const stored = await Customer.find({ _id: among }).lean();
  const confirmed = { customerId: among, status: 'confirmed' as const };
  const counted = await countOrdersOf(Order, confirmed);
  const known = new Map(stored.map((customer) => [customer._id, customer.totalPurchases]));
  const rows = customerIds
    .map((customerId) => ({
      customerId,
      stored: known.get(customerId) ?? 0,
      counted: counted.get(customerId) ?? 0,
    }))
    .filter((row) => row.stored !== row.counted);
  return { rows, next: orders.length < limit ? null : (orders.at(-1)?._id ?? null) };
}

/** From the first to the last of them, in the database's order. */
function between(ids: readonly string[]): { $gte: string; $lte: string } {
  const [first = ''] = ids;
  let [$gte, $lte] = [first, first];
  for (const id of ids) {
    if (Buffer.compare(Buffer.from(id), Buffer.from($gte)) < 0) $gte = id;
    if (Buffer.compare(Buffer.from(id), Buffer.from($lte)) > 0) $lte = id;
  }
  return { $gte, $lte };
}
