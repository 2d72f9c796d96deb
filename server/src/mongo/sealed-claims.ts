import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SealedClaim } from '../seal/seal.ts';
import type { ClaimRepairDoc, Models, OrderDoc } from './models.ts';

/**
 * Everything that Redis decided in a sale and that is known to have stood once, by claim number: orders, cancelled ones among them, and
 * claims that a disaster took back. The database sorts, so that no node has to hold a sale.
 */
export async function* claimsInOrder(
  { Order, ClaimRepair }: Pick<Models, 'Order' | 'ClaimRepair'>,
  saleId: string,
): AsyncGenerator<SealedClaim> {
  const revoked = await ClaimRepair.find({ saleId, outcome: 'revoked' })
    .sort({ seq: 1, _id: 1 })
    .lean<ClaimRepairDoc[]>();
  let next = 0;
  const cursor = Order.find({ saleId })
    .sort({ seq: 1, _id: 1 })
    .allowDiskUse(true)
    .lean<OrderDoc>()
    .cursor({ batchSize: 1000 });
  for await (const order of cursor as AsyncIterable<OrderDoc>) {
    for (
      let repair = revoked[next];
      repair !== undefined && repair.seq <= order.seq;
      repair = revoked[++next]
    ) {
      // Taken back, and later brought back after all by the customer's receipt: it is the order.
      if (repair.seq === order.seq && repair.customerId === order.customerId) continue;
      yield fromRepair(repair);
    }
    yield {
      ...fieldsOf(order),
      claimedAt: order.claimedAt.getTime(),
      arrivedAt: order.arrivedAt?.getTime() ?? 0,
      status: order.status,
      price: moneyOf(order),
    };
  }
  for (const repair of revoked.slice(next)) yield fromRepair(repair);
}

function fromRepair(repair: ClaimRepairDoc): SealedClaim {
  const { claimedAt, arrivedAt } = repair;
  return { ...fieldsOf(repair), claimedAt, arrivedAt, status: 'revoked', price: null };
}

function fieldsOf({ saleId, customerId, n, unit, seq, requestId }: OrderDoc | ClaimRepairDoc) {
  return { saleId, customerId, slot: n, unit, seq, requestId };
}
