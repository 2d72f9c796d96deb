import type { Order } from '@flipzon/protocol/schemas.ts';
import { type HoldRecord, heldOrder } from '../sale/hold.ts';
import type { HeldClaim } from '../sale/ledger-ports.ts';
import { claimedOrder, orderId, type StoredOrder, sameClaim, storedOrder } from '../sale/order.ts';
import type { UnitOffer } from '../sale/variant.ts';

export type ClaimNow = HeldClaim & { offer: UnitOffer };

/** The newest hold in each place of the customer's share, by the id of its order. The earlier ones have ended. */
function newestHolds(records: readonly HoldRecord[]): Map<string, HoldRecord> {
  const newest = new Map<string, HoldRecord>();
  for (const record of records) {
    const id = orderId(record.hold);
    if (record.hold.tryNumber > (newest.get(id)?.hold.tryNumber ?? 0)) newest.set(id, record);
  }
  return newest;
}

/**
 * What a customer has beside their orders: claims that MongoDB does not have yet, and holds, one for each place of their share. Of a place with
 * an order, the order counts; of one with a claim that is no hold yet, the claim.
 */
export function withoutOrder(
  claims: readonly ClaimNow[],
  records: readonly HoldRecord[],
  hasOrder: (id: string) => boolean,
): { unwritten: Order[]; held: Order[] } {
  const holds = newestHolds(records);
  const unwritten: Order[] = [];
  for (const { claim, offer, cancelled } of claims) {
    const id = orderId(claim);
    if (hasOrder(id)) continue;
    const record = holds.get(id);
    if (record !== undefined && sameClaim(record.hold, claim)) continue;
    holds.delete(id);
    unwritten.push(claimedOrder(claim, offer, cancelled ? 'cancelled' : 'claimed'));
  }
  const held = [...holds].filter(([id]) => !hasOrder(id)).map(([, record]) => heldOrder(record));
  return { unwritten, held };
}

/** Orders and holds, the newest claim first. */
export function byClaim(stored: readonly StoredOrder[], held: readonly Order[]): Order[] {
  const all = [...held, ...stored.map(storedOrder)];
  return held.length === 0 ? all : all.toSorted((a, b) => Date.parse(b.claimedAt) - Date.parse(a.claimedAt));
}
