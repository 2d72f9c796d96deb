import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { HoldRecord } from '../sale/hold.ts';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { HoldStore, OrderStore, Recounts, SaleStore } from '../sale/store-ports.ts';
import { type Finding, find } from './audit-check.ts';
import {
  type AuditedHolds,
  beingCounted,
  holdFigures,
  holdFindings,
  ledgerHoldFindings,
  writtenAs,
} from './audit-holds.ts';
import { duplicates, type LedgerContent, ledgerFindings, leftoverFindings } from './audit-ledger.ts';
import { sealFindings } from './audit-seal.ts';
import { ledgerVariantsFinding, variantFigures, variantFindings } from './audit-variants.ts';
import { windowFindings } from './audit-windows.ts';
import type { Seal, SealStore } from './seal.ts';

/** At most this many orders that Redis does not hold are checked a second time. */
const lookedAtMax = 100;
const totalsInvariant = 'customers’ total purchases are the count of their orders';

export interface LookDependencies {
  sales: Pick<SaleStore, 'byId' | 'current' | 'epoch' | 'windows'>;
  orders: Pick<OrderStore, 'ofSale' | 'byId'>;
  holds: Pick<HoldStore, 'ofSale'>;
  clock: Clock;
  recounts: Pick<Recounts, 'isDue'>;
  seals: Pick<SealStore, 'newest' | 'key' | 'chunk'>;
  /** Null when the epoch's keys are gone. `withHolds`: the sale requires payment. */
  ledgerContent: (at: SaleEpoch, withHolds: boolean) => Promise<LedgerContent | null>;
  /** `customers.totalPurchases` as stored, and the customer's confirmed orders as counted. */
  wrongTotals: (saleId: string) => Promise<{ customerId: string; stored: number; counted: number }[]>;
}

type NotChecked = NonNullable<AuditReport['notChecked']>[number];

export interface Look {
  sale: SaleRecord;
  epoch: number;
  quantity: number;
  variants?: NonNullable<AuditReport['variants']>;
  holds?: NonNullable<AuditReport['holds']>;
  standing: number;
  ledger: LedgerContent | null;
  seal: Seal | null;
  findings: Finding[];
  notChecked: NotChecked[];
}

/**
 * Reads both stores once. Redis is read first and in one step, MongoDB after it, so that a claim written in between is found in MongoDB rather
 * than missed; then Redis again, for what has ended meanwhile.
 */
export async function look(deps: LookDependencies, saleId: string): Promise<Look | null> {
  const { sales, orders, recounts, seals, ledgerContent } = deps;
  const sale = await sales.byId(saleId);
  if (sale === null) return null;
  const epoch = await sales.epoch(saleId);
  const at = { saleId, epoch };
  const requiresPayment = sale.terms.payment !== undefined;
  const ledger = epoch === 0 ? null : await ledgerContent(at, requiresPayment);
  const seal = await seals.newest(saleId);
  const stored: StoredOrder[] = [];
  for await (const order of orders.ofSale(saleId)) stored.push(order);
  const held = await readHolds(deps, sale, stored);
  const { terms } = (await sales.byId(saleId)) ?? sale;
  const { quantity } = terms;
  const standing = stored.filter((order) => order.status === 'confirmed');
  const recounting = await recounts.isDue(saleId);
  const wrong = recounting ? [] : await deps.wrongTotals(saleId);

  const again = ledger?.live ? await ledgerContent(at, requiresPayment) : null;
  const findings = [
    ...orderFindings(standing, quantity, sale.perCustomer),
    ...(terms.variants === undefined ? [] : variantFindings(standing, { ...sale, terms }, terms.variants)),
    ...windowFindings(withHolds(stored, held), await sales.windows(saleId), seal),
    ...(held === null ? [] : holdFindings(held)),
  ];
  const notChecked: NotChecked[] = [];
  if (recounting) {
    const detail = 'The customers are being counted again after a recovery.';
    notChecked.push({ invariant: totalsInvariant, why: 'not_yet', detail });
  } else {
    const writing = new Set([...(ledger?.waiting ?? []), ...(again?.waiting ?? [])].map(customerOf));
    // A claim leaves the outbox once its customer was counted; a paid hold is done then.
    for (const customerId of held === null ? [] : beingCounted(held)) writing.add(customerId);
    findings.push(
      find(
        totalsInvariant,
        wrong.filter((row) => !writing.has(row.customerId)),
      ),
    );
  }
  if (ledger?.live && again?.live) {
    const missing = await notHeld(orders, standing, ledger, again);
    const unordered = held === null ? [] : writtenAs(held.records, stored);
    findings.push(...ledgerFindings(ledger, standing, missing, unordered));
    if (held !== null) findings.push(...ledgerHoldFindings(held, ledger, again));
    if (ledger.variants !== undefined || terms.variants !== undefined)
      findings.push(ledgerVariantsFinding(ledger, terms.variants));
  } else {
    if (ledger !== null) findings.push(...leftoverFindings(ledger, withHolds(stored, held)));
    notChecked.push(await whyNoLedger(sales, saleId));
  }
  if (seal !== null) findings.push(...(await sealFindings(seals, seal, stored, held?.records)));
  const variants = terms.variants?.map((variant, index) => variantFigures(variant, standing, ledger, index));
  return {
    sale,
    epoch,
    quantity,
    ...(variants && { variants }),
    ...(held && { holds: holdFigures(held) }),
    standing: standing.length,
    ledger,
    seal,
    findings,
    notChecked,
  };
}

/** Null: the sale requires no payment. Read after the orders. */
async function readHolds(
  { holds, clock }: Pick<LookDependencies, 'holds' | 'clock'>,
  { id, terms: { payment } }: SaleRecord,
  orders: readonly StoredOrder[],
): Promise<AuditedHolds | null> {
  if (payment === undefined) return null;
  const records: HoldRecord[] = [];
  for await (const record of holds.ofSale(id)) records.push(record);
  return { records, orders, terms: payment, now: clock.now() };
}

/** All claims that MongoDB has. */
function withHolds(orders: readonly StoredOrder[], held: AuditedHolds | null): readonly Claim[] {
  return held === null ? orders : [...orders, ...writtenAs(held.records, orders)];
}

/**
 * Active orders that Redis does not hold. An order that it did not hold when it was read may have been claimed since, and one that it
 * does not hold now may have been cancelled since: both are checked again.
 */
async function notHeld(
  orders: LookDependencies['orders'],
  standing: readonly StoredOrder[],
  ledger: LedgerContent,
  again: LedgerContent,
): Promise<StoredOrder[]> {
  const missing = standing.filter(notIn(ledger.holders)).filter(notIn(again.holders));
  const looked: StoredOrder[] = [];
  for (const order of missing.slice(0, lookedAtMax)) {
    if ((await orders.byId(orderId(order)))?.status === 'confirmed') looked.push(order);
  }
  return [...looked, ...missing.slice(lookedAtMax)];
}

async function whyNoLedger(sales: LookDependencies['sales'], saleId: string): Promise<NotChecked> {
  const invariant = 'Redis holds what MongoDB has';
  // The current sale is recovered; earlier ones are not.
  return (await sales.current())?.id === saleId
    ? { invariant, why: 'not_yet', detail: 'Redis is being rebuilt. Audit again once the sale is open.' }
    : { invariant, why: 'gone', detail: 'Redis no longer has this past sale. MongoDB alone was audited.' };
}

function orderFindings(standing: readonly StoredOrder[], quantity: number, perCustomer: number): Finding[] {
  const perHolder = new Map<string, number>();
  for (const { customerId } of standing) perHolder.set(customerId, (perHolder.get(customerId) ?? 0) + 1);
  return [
    find('no more orders than units', standing.slice(quantity), `${standing.length} of ${quantity}`),
    find(
      'every unit has one order at most',
      duplicates(standing, (order) => order.unit),
    ),
    find(
      'every unit is within 1 and the quantity',
      standing.filter((order) => !Number.isInteger(order.unit) || order.unit < 1 || order.unit > quantity),
    ),
    find(
      'no customer has more than their share',
      [...perHolder].filter(([, count]) => count > perCustomer),
      `${perCustomer} each`,
    ),
    find(
      'every order names the request that made it',
      standing.filter((order) => order.requestId === ''),
    ),
  ];
}

function customerOf({ customerId }: Claim): string {
  return customerId;
}

function notIn(holders: readonly Claim[]): (order: StoredOrder) => boolean {
  const held = new Set(holders.map(orderId));
  return (order) => !held.has(orderId(order));
}
