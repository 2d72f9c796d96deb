import { priced } from '@flipzon/protocol/money.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { isoInstant } from './sale.ts';
import type { UnitOffer } from './variant.ts';

/** How long a request that has bought keeps its answer across later sales. Within its own sale it keeps it for good. */
export const requestsKeptMs = 24 * 3_600_000;

/** Redis has given a unit to a customer. `seq` is the claim's number in its sale: no two claims have the same. */
export interface Claim {
  saleId: string;
  customerId: string;
  /** Which of the customer's units this is, 1 to `perCustomer`. */
  slot: number;
  unit: number;
  seq: number;
  requestId: string;
  claimedAt: number;
  /** When the buy reached the node, by the same clock; 0 when unknown. */
  arrivedAt: number;
}

/** What MongoDB holds of an order. */
export interface StoredOrder extends Claim, UnitOffer {
  status: 'confirmed' | 'cancelled';
  confirmedAt: number;
  /** For people. Missing where the reader does not need it, as in the audit. */
  number?: string;
}

/** Both the id of the order and the primary key that makes one per customer a fact. */
export function orderId(claim: Pick<Claim, 'saleId' | 'customerId' | 'slot'>): string {
  return `${claim.saleId}:${claim.customerId}:${claim.slot}`;
}

/** The customer in the middle may hold colons, the ends may not. */
export function parseOrderId(id: string): { saleId: string; customerId: string; slot: number } | null {
  const match = /^([a-z0-9-]+):(.+):([1-9]\d?)$/s.exec(id);
  if (match === null) return null;
  const [, saleId, customerId, n] = match;
  return { saleId: saleId as string, customerId: customerId as string, slot: Number(n) };
}

export function sameClaim(a: Pick<Claim, 'unit' | 'seq'>, b: Pick<Claim, 'unit' | 'seq'>): boolean {
  return a.unit === b.unit && a.seq === b.seq;
}

/** Adds the arrival time from another record of the same claim: neither Redis nor a receipt has it. */
export function withArrival(known: Claim | undefined, claim: Claim): Claim {
  return known !== undefined && sameClaim(known, claim) && claim.arrivedAt === 0 ? known : claim;
}

export function claimedOrder(
  claim: Claim,
  { price, variant }: UnitOffer,
  status: 'claimed' | 'revoked' | 'cancelled' = 'claimed',
): Order {
  return {
    id: orderId(claim),
    saleId: claim.saleId,
    customerId: claim.customerId,
    unit: claim.unit,
    ...(variant !== undefined && { variant }),
    ...priced(price),
    seq: claim.seq,
    status,
    claimedAt: isoInstant(claim.claimedAt),
    confirmedAt: null,
  };
}

export function storedOrder(order: StoredOrder): Order {
  return {
    ...claimedOrder(order, order),
    ...(order.number !== undefined && { number: order.number }),
    status: order.status,
    confirmedAt: isoInstant(order.confirmedAt),
  };
}
