import { moneyOf } from '@flipzon/protocol/money.ts';
import { orderId } from '../sale/order.ts';
import type { SealedClaim } from '../seal/seal.ts';
import type { HoldDoc, HoldOutcomeDoc } from './hold-models.ts';
import type { ClaimRepairDoc, Models, OrderDoc } from './models.ts';

/** Claims that are read together with what has become of them. */
const pageMax = 1_000;

/**
 * Everything that Redis decided in a sale and that is known to have stood once, by claim number: orders, cancelled ones among them, holds that
 * ended without one, and claims that a disaster took back. The database sorts, so that no node has to hold a sale.
 */
export async function* claimsInOrder(
  models: Models,
  saleId: string,
  withHolds: boolean,
): AsyncGenerator<SealedClaim> {
  const revoked = await models.ClaimRepair.find({ saleId, outcome: 'revoked' })
    .sort({ seq: 1, _id: 1 })
    .lean<ClaimRepairDoc[]>();
  let next = 0;
  for await (const claim of withHolds ? ofHolds(models, saleId) : ofOrders(models, saleId)) {
    for (
      let repair = revoked[next];
      repair !== undefined && repair.seq <= claim.seq;
      repair = revoked[++next]
    ) {
      // Taken back, and later brought back after all by the customer's receipt: it is the order.
      if (repair.seq === claim.seq && repair.customerId === claim.customerId) continue;
      yield fromRepair(repair);
    }
    yield claim;
  }
  for (const repair of revoked.slice(next)) yield fromRepair(repair);
}

async function* ofOrders({ Order }: Models, saleId: string): AsyncGenerator<SealedClaim> {
  const cursor = Order.find({ saleId })
    .sort({ seq: 1, _id: 1 })
    .allowDiskUse(true)
    .lean<OrderDoc>()
    .cursor({ batchSize: pageMax });
  for await (const order of cursor as AsyncIterable<OrderDoc>)
    yield { ...claimOf(order), status: order.status, price: moneyOf(order) };
}

/** Each hold with its end, and with its order if it was paid. One that is not done yet has no place in a seal. */
async function* ofHolds(models: Models, saleId: string): AsyncGenerator<SealedClaim> {
  const cursor = models.Hold.find({ saleId })
    .sort({ seq: 1, _id: 1 })
    .allowDiskUse(true)
    .lean<HoldDoc>()
    .cursor({ batchSize: pageMax });
  let page: HoldDoc[] = [];
  for await (const hold of cursor as AsyncIterable<HoldDoc>) {
    page.push(hold);
    if (page.length < pageMax) continue;
    yield* await sealedHolds(models, page);
    page = [];
  }
  yield* await sealedHolds(models, page);
}

async function sealedHolds({ Order, HoldOutcome }: Models, page: readonly HoldDoc[]): Promise<SealedClaim[]> {
  const orderIds = page.map((hold) => orderId({ ...hold, slot: hold.n }));
  const [ends, orders] = await Promise.all([
    HoldOutcome.find({ _id: { $in: page.map(({ _id }) => _id) } }).lean<HoldOutcomeDoc[]>(),
    Order.find({ _id: { $in: orderIds } }, { status: 1, seq: 1 }).lean<
      Pick<OrderDoc, '_id' | 'status' | 'seq'>[]
    >(),
  ]);
  const endOf = new Map(ends.map((end) => [end._id, end]));
  const orderOf = new Map(orders.map((order) => [`${order._id} ${order.seq}`, order]));
  return page.flatMap((hold, index): SealedClaim[] => {
    const end = endOf.get(hold._id);
    if (end === undefined) return [];
    const { outcome, at } = end;
    const status = outcome === 'paid' ? orderOf.get(`${orderIds[index]} ${hold.seq}`)?.status : outcome;
    if (status === undefined) return [];
    return [
      {
        ...claimOf(hold),
        ...{ status, price: moneyOf(hold) },
        hold: {
          ...{ tryNumber: hold.tryNumber, heldAt: hold.heldAt.getTime(), payBy: hold.payBy.getTime() },
          ...{ outcome, endedAt: at.getTime() },
        },
      },
    ];
  });
}

function fromRepair(repair: ClaimRepairDoc): SealedClaim {
  const { claimedAt, arrivedAt } = repair;
  return { ...fieldsOf(repair), claimedAt, arrivedAt, status: 'revoked', price: null };
}

function claimOf(doc: OrderDoc | HoldDoc) {
  return {
    ...fieldsOf(doc),
    claimedAt: doc.claimedAt.getTime(),
    arrivedAt: doc.arrivedAt?.getTime() ?? 0,
  };
}

function fieldsOf({ saleId, customerId, n, unit, seq, requestId }: OrderDoc | HoldDoc | ClaimRepairDoc) {
  return { saleId, customerId, slot: n, unit, seq, requestId };
}
