import type { Order } from '@flipzon/protocol/schemas.ts';
import { type HoldRecord, heldOrder } from '../sale/hold.ts';
import { type Claim, claimedOrder, orderId, sameClaim, storedOrder } from '../sale/order.ts';
import type { OrderStore } from '../sale/store-ports.ts';
import type { UnitOffer } from '../sale/variant.ts';
import { withTimeout } from '../shared/with-timeout.ts';

/** A shopper waits at most this long for MongoDB to learn the status of their order. */
const lookUpMsMax = 500;

/** A claim as an order, or as a hold, with the status that MongoDB knows; `claimed` while it does not know it or does not answer. */
export type OrderStatusReader = (claim: Claim, offer: UnitOffer, cancelled?: boolean) => Promise<Order>;

/** `holdOf`: the hold that the claim became; null in sales without payment. */
export function createOrderStatusReader(
  orders: Pick<OrderStore, 'byId'>,
  holdOf: (claim: Claim) => Promise<HoldRecord | null> | null = () => null,
): OrderStatusReader {
  return async (claim, offer, cancelled = false) => {
    const stored = await withTimeout(lookUpMsMax, orders.byId(orderId(claim))).catch(() => null);
    if (stored !== null && sameClaim(stored, claim)) return storedOrder(stored);
    const asked = holdOf(claim);
    const held = asked && (await withTimeout(lookUpMsMax, asked).catch(() => null));
    if (held !== null) return heldOrder(held);
    return claimedOrder(claim, offer, cancelled ? 'cancelled' : 'claimed');
  };
}
