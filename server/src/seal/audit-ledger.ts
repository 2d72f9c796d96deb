import { type Claim, orderId, type StoredOrder, sameClaim } from '../sale/order.ts';
import { isUnitOf, type UnitRange, unitsOf } from '../sale/variant.ts';
import { type Finding, find } from './audit-check.ts';

/** Everything that Redis holds of an epoch, read at once. */
export interface LedgerContent {
  /** The epoch sells, or would if the sale were on. If not, Redis may have lost part of it. */
  live: boolean;
  seq: number;
  remaining: number;
  quantity: number;
  nextUnit: number;
  /** Of each variant, in the order of the terms; then `nextUnit` of the whole means nothing. */
  variants?: readonly { ranges: readonly UnitRange[]; remaining: number; nextUnit: number }[];
  holders: Claim[];
  returned: number[];
  waiting: Claim[];
  deadLetters: number;
  /** Of a sale that requires payment: the ids of holds with a time to pay, and the units that are paid. */
  holds?: { due: string[]; sold: Pick<Claim, 'customerId' | 'slot' | 'seq'>[] };
}

/**
 * Checks the content of Redis against the orders, which were read after it. `holds`: what claims have become in a sale that requires payment, as
 * long as they have no order.
 */
export function ledgerFindings(
  ledger: LedgerContent,
  standing: readonly StoredOrder[],
  notHeld: readonly StoredOrder[],
  holds: readonly Claim[] = [],
): Finding[] {
  const { holders, remaining, quantity, returned, nextUnit, waiting, variants } = ledger;
  const byId = Map.groupBy([...standing, ...holds], orderId);
  const waitingIds = new Set(waiting.map(orderId));
  const whole = { ranges: [{ from: 1, to: quantity }], remaining, nextUnit };
  const sums =
    remaining + holders.length === quantity &&
    (variants === undefined
      ? addsUp(whole, ledger)
      : variants.reduce((sum, each) => sum + each.remaining, 0) === remaining);
  return [
    find(
      'Redis: remaining + held = quantity',
      sums ? [] : [{ remaining, held: holders.length, quantity, returned: returned.length, nextUnit }],
      `${remaining} + ${holders.length} = ${quantity}`,
      // The figures change while the sale goes on, but they must always add up.
      () => 'sums',
    ),
    ...(variants === undefined ? [] : [variantSums(variants, ledger)]),
    find(
      'Redis: every unit has one holder at most',
      duplicates(holders, (claim) => claim.unit),
    ),
    find(
      'every claim is in MongoDB or still in the outbox',
      holders.filter((claim) => {
        const written = byId.get(orderId(claim));
        const isWritten = written?.some((each) => sameClaim(each, claim));
        // Another try of the same customer may be written beside a hold that has ended.
        const mayWait = written === undefined || holds.length > 0;
        return !isWritten && !(mayWait && waitingIds.has(orderId(claim)));
      }),
      `${standing.length + holds.length} written, ${waiting.length} waiting`,
    ),
    find('every order that stands is held in Redis', notHeld),
    deadLetterFinding(ledger),
  ];
}

type Stock = NonNullable<LedgerContent['variants']>[number];

/** Each of these units is held, given back, or was never taken. */
function addsUp({ ranges, remaining, nextUnit }: Stock, { holders, returned }: LedgerContent): boolean {
  const held = holders.filter(({ unit }) => isUnitOf(unit, { ranges })).length;
  const back = returned.filter((unit) => isUnitOf(unit, { ranges })).length;
  const fresh = ranges.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, nextUnit) + 1), 0);
  return remaining + held === unitsOf({ ranges }) && back + fresh === remaining;
}

function variantSums(variants: readonly Stock[], ledger: LedgerContent): Finding {
  return find(
    'Redis: remaining + held = quantity of each variant',
    variants.map((each, index) => ({ variant: index + 1, ...each })).filter((each) => !addsUp(each, ledger)),
    `${variants.length} variants`,
    ({ variant }) => String(variant),
  );
}

/** If Redis may have lost part of the keys, only the waiting entries can be checked: they were claimed and must become orders. */
export function leftoverFindings(ledger: LedgerContent, stored: readonly Claim[]): Finding[] {
  const ids = new Set(stored.map(orderId));
  return [
    find(
      'no claim was left in the outbox',
      ledger.waiting.filter((claim) => !ids.has(orderId(claim))),
      `${ledger.waiting.length} waiting`,
    ),
    deadLetterFinding(ledger),
  ];
}

function deadLetterFinding({ deadLetters }: LedgerContent): Finding {
  return find(
    'no outbox entry had to be set aside',
    Array.from({ length: deadLetters }, () => null),
    `${deadLetters} set aside`,
  );
}

export function duplicates<T>(items: readonly T[], key: (item: T) => number): T[] {
  const seen = new Set<number>();
  return items.filter((item) => {
    const known = seen.has(key(item));
    seen.add(key(item));
    return known;
  });
}
