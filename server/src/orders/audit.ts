import type { AuditCheck, AuditReport } from '@flipzon/protocol/schemas.ts';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder, sameClaim } from '../sale/order.ts';
import type { Audit } from '../sale/ports.ts';
import type { SealStore } from '../sale/seal.ts';
import type { ClaimRepairs, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { isWithinWindows, type WindowInForce } from '../sale/windows.ts';
import { check } from './audit-check.ts';
import { sealChecks } from './audit-seal.ts';

/** Of orders that Redis does not hold, so many are looked at a second time. */
const lookedAtMax = 100;

/** Everything that Redis holds of an epoch, read at once. */
export interface LedgerContent {
  remaining: number;
  quantity: number;
  nextUnit: number;
  holders: Claim[];
  returned: number[];
  waiting: Claim[];
  poisoned: number;
}

interface Dependencies {
  sales: SaleStore;
  orders: OrderStore;
  repairs: Pick<ClaimRepairs, 'countsOf'>;
  seals: Pick<SealStore, 'newest' | 'key' | 'chunk'>;
  /** Null when the epoch's keys are gone. */
  ledgerContent: (at: SaleEpoch) => Promise<LedgerContent | null>;
  /** `customers.totalPurchases` as stored, and the customer's confirmed orders as counted. */
  wrongTotals: (saleId: string) => Promise<{ customerId: string; stored: number; counted: number }[]>;
}

/**
 * Recomputes the invariants of a sale from what the two stores hold; trusts no counter. Redis is read first and in one step, MongoDB
 * after it, so that a claim written in between is found in MongoDB rather than missed.
 */
export function createAudit(deps: Dependencies): Audit {
  const { sales, orders, repairs, seals, ledgerContent, wrongTotals } = deps;
  /**
   * Orders that stand and that Redis does not hold. One that it did not hold when it was read may have been claimed since, and one that it
   * does not hold now may have been cancelled since: both are looked at again.
   */
  const notHeld = async (at: SaleEpoch, ledger: LedgerContent, standing: readonly StoredOrder[]) => {
    const unheld = standing.filter(notIn(ledger.holders));
    if (unheld.length === 0) return unheld;
    const again = await ledgerContent(at);
    // A recovery has begun meanwhile.
    if (again === null) return [];
    const missing = unheld.filter(notIn(again.holders));
    const looked: StoredOrder[] = [];
    for (const order of missing.slice(0, lookedAtMax)) {
      if ((await orders.byId(orderId(order)))?.status === 'confirmed') looked.push(order);
    }
    return [...looked, ...missing.slice(lookedAtMax)];
  };

  return async (saleId) => {
    const sale = await sales.byId(saleId);
    if (sale === null) return null;
    const epoch = await sales.epoch(saleId);
    const ledger = epoch === 0 ? null : await ledgerContent({ saleId, epoch });
    const seal = await seals.newest(saleId);
    const stored: StoredOrder[] = [];
    for await (const order of orders.ofSale(saleId)) stored.push(order);
    const { quantity } = (await sales.byId(saleId))?.terms ?? sale.terms;
    const standing = stored.filter((order) => order.status === 'confirmed');

    const windows = await sales.windows(saleId);
    const checks = [
      ...orderChecks(standing, quantity, sale.perCustomer),
      check(
        'every claim lies within a window that was in force when it was made',
        stored.filter(({ claimedAt }) => !isWithinWindows(claimedAt, windows)),
        `${windows.length} windows`,
      ),
      ...(seal?.windows === undefined ? [] : [sealedWindows(seal.windows, windows)]),
      check('customers’ total purchases are the count of their orders', await wrongTotals(saleId)),
      ...(ledger === null
        ? []
        : ledgerChecks(ledger, standing, await notHeld({ saleId, epoch }, ledger, standing))),
      ...(seal === null ? [] : await sealChecks(seals, seal, stored)),
    ];
    return {
      saleId,
      clean: checks.every((each) => each.holds),
      quantity,
      orders: standing.length,
      claims: ledger?.holders.length ?? standing.length,
      remaining: ledger?.remaining ?? quantity - standing.length,
      outbox: ledger?.waiting.length ?? 0,
      poisoned: ledger?.poisoned ?? 0,
      recoveries: Math.max(0, epoch - 1),
      ...(await repairs.countsOf(saleId)),
      seal: seal && { version: seal.version, root: seal.root, size: seal.size },
      checks,
    } satisfies AuditReport;
  };
}

function orderChecks(standing: readonly StoredOrder[], quantity: number, perCustomer: number): AuditCheck[] {
  const perHolder = new Map<string, number>();
  for (const { customerId } of standing) perHolder.set(customerId, (perHolder.get(customerId) ?? 0) + 1);
  return [
    check('no more orders than units', standing.slice(quantity), `${standing.length} of ${quantity}`),
    check(
      'every unit has one order at most',
      duplicates(standing, (order) => order.unit),
    ),
    check(
      'every unit is within 1 and the quantity',
      standing.filter((order) => !Number.isInteger(order.unit) || order.unit < 1 || order.unit > quantity),
    ),
    check(
      'no customer has more than their share',
      [...perHolder].filter(([, count]) => count > perCustomer),
      `${perCustomer} each`,
    ),
    check(
      'every order names the request that made it',
      standing.filter((order) => order.requestId === ''),
    ),
  ];
}

function ledgerChecks(
  ledger: LedgerContent,
  standing: readonly StoredOrder[],
  notHeld: readonly StoredOrder[],
): AuditCheck[] {
  const { holders, remaining, quantity, returned, nextUnit, waiting } = ledger;
  const byId = new Map(standing.map((order) => [orderId(order), order]));
  const waitingIds = new Set(waiting.map(orderId));
  const sums =
    remaining + holders.length === quantity && returned.length + quantity - nextUnit + 1 === remaining;
  return [
    check(
      'Redis: remaining + held = quantity',
      sums ? [] : [{ remaining, held: holders.length, quantity, returned: returned.length, nextUnit }],
      `${remaining} + ${holders.length} = ${quantity}`,
    ),
    check(
      'Redis: every unit has one holder at most',
      duplicates(holders, (claim) => claim.unit),
    ),
    check(
      'every claim is in MongoDB or still in the outbox',
      holders.filter((claim) => {
        const order = byId.get(orderId(claim));
        return order === undefined ? !waitingIds.has(orderId(claim)) : !sameClaim(order, claim);
      }),
      `${standing.length} written, ${waiting.length} waiting`,
    ),
    check('every order that stands is held in Redis', notHeld),
    check(
      'no outbox entry had to be set aside',
      Array.from({ length: ledger.poisoned }),
      `${ledger.poisoned} set aside`,
    ),
  ];
}

/** Later revisions come after those that were published; what was published stays. */
function sealedWindows(published: readonly WindowInForce[], windows: readonly WindowInForce[]): AuditCheck {
  const text = ({ from, startsAt, endsAt, paused }: WindowInForce) =>
    [from, startsAt, endsAt, paused].join(' ');
  return check(
    'the windows are as they were published',
    published.filter((window, index) => {
      const now = windows[index];
      return now === undefined || text(now) !== text(window);
    }),
  );
}

function notIn(holders: readonly Claim[]): (order: StoredOrder) => boolean {
  const held = new Set(holders.map(orderId));
  return (order) => !held.has(orderId(order));
}

function duplicates<T>(items: readonly T[], key: (item: T) => number): T[] {
  const seen = new Set<number>();
  return items.filter((item) => {
    const known = seen.has(key(item));
    seen.add(key(item));
    return known;
  });
}
