import { type Claim, parseOrderId } from '../sale/order.ts';
import type { ClaimRepairs, OrderStore } from '../sale/store-ports.ts';

/** The claim behind an order's id: of the order that is stored, or of the last claim of that id that was taken back. */
export function createClaimOfOrder({
  orders,
  repairs,
}: {
  orders: Pick<OrderStore, 'byId'>;
  repairs: Pick<ClaimRepairs, 'revokedOf'>;
}) {
  return async (orderId: string): Promise<Claim | null> => {
    const parsed = parseOrderId(orderId);
    if (parsed === null) return null;
    const stored = await orders.byId(orderId);
    if (stored !== null) return stored;
    const revoked = await repairs.revokedOf(parsed.saleId, parsed.customerId);
    return revoked.find((claim) => claim.slot === parsed.slot) ?? null;
  };
}
