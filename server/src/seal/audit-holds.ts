import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { type Hold, type HoldRecord, keepsPlace, overdueMsMax } from '../sale/hold.ts';
import { orderId, type StoredOrder, sameClaim } from '../sale/order.ts';
import type { PaymentTerms } from '../sale/sale.ts';
import { type Finding, find } from './audit-check.ts';
import { duplicates, type LedgerContent } from './audit-ledger.ts';

/** Within this a decided end is carried out, by the node that decided it or by the sweep after that one died. */
const carryOutMsMax = 30_000;
/** Of a sale that requires payment. The orders were read before the holds: whatever an order rests on was there then. */
export interface AuditedHolds {
  records: readonly HoldRecord[];
  orders: readonly StoredOrder[];
  terms: PaymentTerms;
  /** By Redis's clock. */
  now: number;
}

/** Holds and their ends against each other and against the orders. */
export function holdFindings({ records, orders, terms, now }: AuditedHolds): Finding[] {
  const byId = new Map(orders.map((order) => [orderId(order), order]));
  const orderOf = ({ hold }: HoldRecord) => {
    const order = byId.get(orderId(hold));
    return order !== undefined && sameClaim(order, hold) ? order : undefined;
  };
  const paid = records.filter(({ end }) => end?.outcome === 'paid');
  const open = records.filter(({ end }) => end === null);
  const paidFor = new Set(paid.map(({ hold }) => claimName(hold)));
  const isCancelled = (record: HoldRecord) => orderOf(record)?.status === 'cancelled';
  return [
    findHolds(
      'every paid hold has its order',
      paid.filter((record) => orderOf(record) === undefined && !isBeingCarriedOut(record, now)),
      `${paid.length} paid`,
    ),
    find(
      'every order has a paid hold',
      orders.filter((order) => !paidFor.has(claimName(order))),
    ),
    findHolds(
      'every hold ends once its time to pay is over',
      open.filter(({ hold }) => isOverdue(hold, now)),
      `${open.length} open`,
    ),
    findHolds(
      'what follows from the end of a hold is done',
      records.filter(({ end, isDone }) => end !== null && !isDone && now - end.at > carryOutMsMax),
    ),
    findHolds(
      'no hold expires before its time to pay is over',
      records.filter(({ hold, end }) => end?.outcome === 'expired' && end.at < hold.payBy),
    ),
    findHolds('every payment is the price of its unit', paid.filter(hasWrongPayment)),
    findHolds(
      'every unit has one hold or order at most',
      duplicates([...open, ...paid.filter((record) => !isCancelled(record))], ({ hold }) => hold.unit),
    ),
    findHolds(
      'no unit is let go before its hold has ended or its order was cancelled',
      records.filter((record) => record.hold.letGo && keepsPlace(record.end) && !isCancelled(record)),
    ),
    findHolds('each try begins after the one before it has ended', tooEarly(records)),
    findHolds(
      'no customer tries more often than the sale allows',
      records.filter(({ hold }) => hold.tryNumber > terms.holdsMax),
      `${terms.holdsMax} each`,
    ),
  ];
}

/** Redis's content against the holds, which were read after `ledger` and before `again`. */
export function ledgerHoldFindings(
  { records, orders }: AuditedHolds,
  ledger: LedgerContent,
  again: LedgerContent,
): Finding[] {
  const inEither = (names: (content: LedgerContent) => readonly string[]) =>
    new Set([...names(ledger), ...names(again)]);
  const held = inEither(({ holders }) => holders.map(claimName));
  const heldNow = new Set(again.holders.map(claimName));
  const waiting = inEither((content) => content.waiting.map(claimName));
  const due = inEither(({ holds }) => holds?.due ?? []);
  const counted = inEither(({ holds }) => (holds?.sold ?? []).map(soldName));
  const standing = orders.filter(({ status }) => status === 'confirmed');
  const stands = new Set(standing.map(soldName));
  const isPaidAndDone = new Set(
    records.filter(({ end, isDone }) => isDone && end?.outcome === 'paid').map(({ hold }) => claimName(hold)),
  );
  const open = records.filter(({ hold, end }) => end === null && !waiting.has(claimName(hold)));
  return [
    soldSums(ledger),
    findHolds(
      'every open hold has its unit in Redis',
      open.filter(({ hold }) => !held.has(claimName(hold))),
    ),
    findHolds(
      'no hold that has ended keeps its unit in Redis',
      records.filter(({ hold, end, isDone }) => isDone && !keepsPlace(end) && heldNow.has(claimName(hold))),
    ),
    findHolds(
      'the sweep will find every open hold',
      open.filter(({ hold }) => !due.has(hold.id)),
      `${ledger.holds?.due.length ?? 0} due later or now`,
    ),
    find(
      'Redis counts as sold what has an order',
      [
        ...standing.filter((order) => isPaidAndDone.has(claimName(order)) && !counted.has(soldName(order))),
        ...(ledger.holds?.sold ?? []).filter((each) => !stands.has(soldName(each))),
      ].map(({ customerId, slot, seq }) => ({ customerId, slot, seq })),
      `${ledger.holds?.sold.length ?? 0} sold`,
    ),
  ];
}

/** What a claim in Redis may have become: an order that stands, or a hold that has no order yet. */
export function writtenAs(records: readonly HoldRecord[], orders: readonly StoredOrder[]): readonly Hold[] {
  const ordered = new Set(orders.map(claimName));
  return records.map(({ hold }) => hold).filter((hold) => !ordered.has(claimName(hold)));
}

export function holdFigures({ records, now }: AuditedHolds): NonNullable<AuditReport['holds']> {
  const count = (outcome: string) => records.filter(({ end }) => end?.outcome === outcome).length;
  const open = records.filter(({ end }) => end === null);
  return {
    ...{ open: open.length, paid: count('paid'), expired: count('expired'), released: count('released') },
    overdue: open.filter(({ hold }) => isOverdue(hold, now)).length,
  };
}

/** The customers whose purchases are being counted just now. */
export function beingCounted({ records, now }: AuditedHolds): string[] {
  return records
    .filter((record) => record.end?.outcome === 'paid' && isBeingCarriedOut(record, now))
    .map(({ hold }) => hold.customerId);
}

function soldSums({ holders, holds, remaining, quantity }: LedgerContent): Finding {
  const sold = holds?.sold ?? [];
  const held = new Set(holders.map(soldName));
  const strays = sold.filter((each) => !held.has(soldName(each)));
  const inCheckout = holders.length - sold.length;
  const isSum = remaining + inCheckout + sold.length === quantity && strays.length === 0;
  return find(
    'Redis: remaining + in checkout + sold = quantity',
    isSum ? [] : [{ remaining, inCheckout, sold: sold.length, quantity, strays: strays.slice(0, 5) }],
    `${remaining} + ${inCheckout} + ${sold.length} = ${quantity}`,
    () => 'sums',
  );
}

function isBeingCarriedOut({ end, isDone }: HoldRecord, now: number): boolean {
  return end !== null && !isDone && now - end.at <= carryOutMsMax;
}

function isOverdue({ payBy }: Hold, now: number): boolean {
  return now - payBy > overdueMsMax;
}

function hasWrongPayment({ hold: { price }, end }: HoldRecord): boolean {
  const payment = end?.payment;
  return payment?.amountMinor !== price.minor || payment.currency !== price.currency;
}

/** Tries beside one of the same place that is still open, was paid, or is missing. */
function tooEarly(records: readonly HoldRecord[]): HoldRecord[] {
  const gaveWay = new Set(
    records.filter(({ end }) => !keepsPlace(end)).map(({ hold }) => placeName(hold, 0)),
  );
  return records.filter(({ hold }) => hold.tryNumber > 1 && !gaveWay.has(placeName(hold, -1)));
}

function placeName(hold: Hold, before: number): string {
  return `${orderId(hold)}:${hold.tryNumber + before}`;
}

function claimName(claim: Parameters<typeof orderId>[0] & { unit: number; seq: number }): string {
  return `${orderId(claim)} ${claim.unit} ${claim.seq}`;
}

function soldName({ customerId, slot, seq }: { customerId: string; slot: number; seq: number }): string {
  return `${slot}:${customerId} ${seq}`;
}

/** By the hold's id: how it ended may differ between two looks. */
function findHolds(invariant: string, records: readonly HoldRecord[], figures?: string): Finding {
  return find(invariant, records, figures, ({ hold }) => hold.id);
}
