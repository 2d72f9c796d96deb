import { holdsMaxMax } from '@flipzon/protocol/sale-terms.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { type Claim, claimedOrder, orderId, parseOrderId } from './order.ts';
import { isoInstant, type PaymentTerms } from './sale.ts';
import type { UnitOffer } from './variant.ts';

/** A claim that Redis made after it had lost its memory may be one more than the sale allows. */
export const triesMax = 2 * holdsMaxMax;

/** Within this after its time to pay a hold has ended, however many are due. */
export const overdueMsMax = 60_000;

/** A claim of a sale that requires payment, once it is durable: the unit waits for its payment. Times are ms since 1970, by Redis's clock. */
export interface Hold extends Claim, UnitOffer {
  id: string;
  /** Which of the customer's holds in this place of their share, from 1. */
  tryNumber: number;
  heldAt: number;
  payBy: number;
  /** Its unit was let go: it ended without a payment, or its order was cancelled. */
  letGo: boolean;
}

export type HoldOutcome = 'paid' | 'expired' | 'released';

/** What a provider or a shop's own checkout has taken for a hold. */
export interface Payment {
  /** Names the payment where it was made. */
  reference: string;
  amountMinor: number;
  currency: string;
}

/** How a hold ended. Decided once, never changed. */
export interface HoldEnd {
  outcome: HoldOutcome;
  at: number;
  /** The customer, the operator, or the sweep with its fencing number. */
  by: string;
  /** Of a hold that ended as `paid`. */
  payment?: Payment;
}

/** A hold and how it ended; null: it is open. */
export interface HoldRecord {
  hold: Hold;
  end: HoldEnd | null;
  /** What follows from the end is done; missing where the hold is open or has just been written. */
  isDone?: boolean;
}

/** `made`: all of them, with those that are open; `done`: ends of which all that follows is done. */
export interface HoldCounts extends Record<HoldOutcome, number> {
  made: number;
  done: number;
}

export function openCount({ made, paid, expired, released }: Omit<HoldCounts, 'done'>): number {
  return made - paid - expired - released;
}

export function holdId(claim: Pick<Claim, 'saleId' | 'customerId' | 'slot'>, tryNumber: number): string {
  return `${orderId(claim)}:${tryNumber}`;
}

export function parseHoldId(
  id: string,
): { saleId: string; customerId: string; slot: number; tryNumber: number } | null {
  const match = /^(.+):([1-9]\d?)$/s.exec(id);
  const order = parseOrderId(match?.[1] ?? '');
  return order && { ...order, tryNumber: Number(match?.[2]) };
}

export function payByOf(heldAt: number, { holdSeconds }: Pick<PaymentTerms, 'holdSeconds'>): number {
  return heldAt + holdSeconds * 1_000;
}

export function isDue({ payBy }: Pick<Hold, 'payBy'>, nowMs: number): boolean {
  return nowMs >= payBy;
}

/** Whether the hold was the last one that its customer may have in this place of their share. */
export function isLastTry(
  { tryNumber }: Pick<Hold, 'tryNumber'>,
  { holdsMax }: Pick<PaymentTerms, 'holdsMax'>,
): boolean {
  return tryNumber >= holdsMax;
}

/** Whether the customer's place is taken by it: it waits for its payment, or was paid. */
export function keepsPlace(end: HoldEnd | null): boolean {
  return end === null || end.outcome === 'paid';
}

/** Whether the unit belongs to the hold's customer. An end that is decided and not carried out yet has let it go already. */
export function keepsUnit({ hold, end }: HoldRecord): boolean {
  return keepsPlace(end) && !hold.letGo;
}

/**
 * What a claim is to the holds in its place of the customer's share: one of them, the next one, or a claim that must give way to the
 * newest of them.
 */
export type PlaceOfClaim =
  | { is: 'known'; record: HoldRecord }
  | { is: 'next'; tryNumber: number }
  | { is: 'blocked'; by: HoldRecord };

/** `holds`: all that the customer has had in this place, in any order. */
export function placeOfClaim(claim: Pick<Claim, 'unit' | 'seq'>, holds: readonly HoldRecord[]): PlaceOfClaim {
  const known = holds.find(({ hold }) => hold.unit === claim.unit && hold.seq === claim.seq);
  if (known !== undefined) return { is: 'known', record: known };
  const newest = holds.reduce<HoldRecord | null>(
    (last, each) => (each.hold.tryNumber > (last?.hold.tryNumber ?? 0) ? each : last),
    null,
  );
  if (newest === null) return { is: 'next', tryNumber: 1 };
  if (keepsPlace(newest.end)) return { is: 'blocked', by: newest };
  return { is: 'next', tryNumber: newest.hold.tryNumber + 1 };
}

/** Why a payment is not that of the hold; null: it is. */
export function faultOfPayment(
  hold: Pick<Hold, 'price'>,
  payment: Pick<Payment, 'amountMinor' | 'currency'>,
): 'wrong_amount' | null {
  const { minor, currency } = hold.price;
  return payment.amountMinor === minor && payment.currency === currency ? null : 'wrong_amount';
}

/** A hold as its customer sees it, as long as it has no order. One that is paid has one in a moment. */
export function heldOrder({ hold, end }: HoldRecord): Order {
  return {
    ...claimedOrder(hold, hold),
    status: end === null || end.outcome === 'paid' ? 'held' : end.outcome,
    holdId: hold.id,
    payBy: isoInstant(hold.payBy),
  };
}
