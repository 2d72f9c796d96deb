import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Variant } from '@flipzon/protocol/variants.ts';
import type { Holding, Purchase } from '../customers/buyer.ts';
import { sum } from '../measure/tally.ts';
import type { WatchedReport } from '../shards/messages.ts';

export interface Judgement {
  holds: boolean;
  says: string;
}

export interface Evidence {
  /** The sale that the crowd took part in. */
  saleId: string;
  /** Each node's answer to `GET /status` after the last buy was answered. */
  sales: Sale[];
  /** Buyers that were to be simulated, whether or not they got in. */
  buyers: number;
  purchases: Purchase[];
  watched: Pick<WatchedReport, 'spectators' | 'lastCounts'>;
  spectators: number;
  audit: AuditReport | null;
}

const shown = 5;
/** Answers that are final for a shopper. After any other, the outcome is unknown. */
const decisive = new Set(['claimed', 'sold_out', 'already_purchased', 'sale_not_active']);

/** Compares the shop's promises with what the crowd saw; each line is independent. */
export function judge(evidence: Evidence): Judgement[] {
  const { sales, audit } = evidence;
  const sale = sales[0];
  if (sale === undefined) return [{ holds: false, says: 'GET /status told no sale' }];
  if (sale.id !== evidence.saleId) {
    return [
      {
        holds: false,
        says: `another sale, ${sale.id}, has replaced ${evidence.saleId}: nothing can be said`,
      },
    ];
  }
  const holdings = evidence.purchases.flatMap((purchase) => purchase.holdings.filter(stands));
  return [
    judgeSold(evidence, sale, holdings),
    judgeUnits(holdings, sale.quantity),
    ...(sale.variants === undefined ? [] : [judgeVariants(evidence, sale.variants, holdings)]),
    judgeConfirmed(evidence.purchases),
    judgeOneEach(evidence.purchases, sale.perCustomer),
    judgeRepeats(evidence.purchases),
    judgeAnswered(evidence),
    judgeNodes(sales),
    judgeSpectators(evidence, sale.remaining),
    judgeAudit(audit),
  ];
}

function stands(holding: Holding): boolean {
  return holding.status === 'claimed' || holding.status === 'confirmed';
}

/** Others may buy in the same sale (a person in a browser), so their orders, which the audit knows of, count as demand too. */
function judgeSold(evidence: Evidence, sale: Sale, holdings: Holding[]): Judgement {
  const { audit, buyers } = evidence;
  const crowd = new Set(holdings.map((holding) => holding.orderId)).size;
  const sold = audit?.orders ?? crowd;
  const others = sold - crowd;
  // With variants, some may be left of one while another had more buyers than units.
  const expected =
    sale.variants === undefined
      ? Math.min(sale.quantity, buyers + others)
      : sale.variants.reduce(
          (total, variant) => total + Math.min(variant.quantity, demandFor(evidence, variant, holdings)),
          0,
        );
  const holds = others >= 0 && sold === expected && sale.remaining === sale.quantity - sold;
  const toOthers =
    others > 0
      ? `, ${others} of them not to this crowd`
      : others < 0
        ? `, ${-others} fewer than were claimed`
        : '';
  return {
    holds,
    says: `sold ${sold} of ${sale.quantity} to ${buyers} shoppers${toOthers}; min(stock, demand) is ${expected}, remaining ${sale.remaining}`,
  };
}

/** Buyers of the crowd who wanted it, and others who have bought it. */
function demandFor({ purchases, audit }: Evidence, { sku }: Variant, holdings: Holding[]): number {
  const crowd = new Set(holdings.filter(({ variant }) => variant === sku).map(({ orderId }) => orderId)).size;
  const sold = audit?.variants?.find((each) => each.sku === sku)?.orders ?? crowd;
  return purchases.filter(({ variant }) => variant === sku).length + sold - crowd;
}

function judgeVariants(evidence: Evidence, variants: readonly Variant[], holdings: Holding[]): Judgement {
  const wrong: string[] = [];
  const says: string[] = [];
  for (const variant of variants) {
    const { sku, quantity, remaining } = variant;
    const sold = evidence.audit?.variants?.find((each) => each.sku === sku)?.orders ?? quantity - remaining;
    const expected = Math.min(quantity, demandFor(evidence, variant, holdings));
    says.push(`${sku} ${sold} of ${quantity}`);
    if (sold !== expected || remaining !== quantity - sold)
      wrong.push(`${sku}: ${sold} of ${quantity}, ${remaining} remaining, expected ${expected}`);
  }
  for (const { customerId, variant, holdings: own } of evidence.purchases) {
    const other = own.find((holding) => holding.variant !== variant);
    if (other !== undefined) wrong.push(`${customerId} wanted ${variant} and got ${other.variant}`);
  }
  return line(wrong, `each variant sold for itself: ${says.join(', ')}`, 'wrong variants');
}

function judgeUnits(holdings: Holding[], quantity: number): Judgement {
  const orderOfUnit = new Map<number, string>();
  const wrong: string[] = [];
  for (const { unit, orderId } of holdings) {
    const other = orderOfUnit.get(unit);
    if (unit < 1 || unit > quantity) wrong.push(`unit ${unit} of ${orderId}`);
    else if (other !== undefined && other !== orderId) wrong.push(`unit ${unit}: ${other} and ${orderId}`);
    orderOfUnit.set(unit, orderId);
  }
  return line(wrong, `${orderOfUnit.size} units, all different and within 1 to ${quantity}`, 'wrong units');
}

function judgeConfirmed(purchases: Purchase[]): Judgement {
  const claims = purchases.filter(({ outcome }) => outcome === 'claimed');
  const wrong = claims
    .filter(({ holdings }) => holdings.length === 0 || holdings.some(({ status }) => status !== 'confirmed'))
    .map(
      ({ customerId, holdings }) =>
        `${customerId} ${holdings.map(({ status }) => status).join('+') || 'nothing'}`,
    );
  return line(wrong, `all ${claims.length} claims were confirmed`, 'claims not confirmed');
}

function judgeOneEach(purchases: Purchase[], perCustomer: number): Judgement {
  const wrong: string[] = [];
  for (const { customerId, holdings } of purchases) {
    const units = new Set(holdings.filter(stands).map(({ unit }) => unit)).size;
    if (units > perCustomer) wrong.push(`${customerId} has ${units}`);
    for (const { holder, orderId } of holdings)
      if (holder !== customerId) wrong.push(`${customerId} got ${orderId}, held by ${holder}`);
  }
  return line(wrong, `no customer got more than ${perCustomer}, or another’s order`, 'wrong holders');
}

function judgeRepeats(purchases: Purchase[]): Judgement {
  const wrong = purchases.filter(({ changedAnswer }) => changedAnswer).map(({ customerId }) => customerId);
  return line(wrong, 'the same request asked again got the same answer', 'other answers to the same request');
}

function judgeAnswered({ purchases, buyers }: Evidence): Judgement {
  const wrong = purchases
    .filter(({ outcome }) => !decisive.has(outcome))
    .map(({ customerId, outcome }) => `${customerId} ${outcome}`);
  const absent = buyers - purchases.length;
  if (absent > 0) wrong.push(`${absent} that could not connect`);
  return line(wrong, `all ${buyers} shoppers got an answer`, 'shoppers without an answer');
}

function judgeNodes(sales: Sale[]): Judgement {
  const counts = [...new Set(sales.map(({ id, remaining }) => `${id}: ${remaining}`))];
  return {
    holds: counts.length === 1,
    says: counts.length === 1 ? 'every node says the same' : `nodes differ: ${counts.join(', ')}`,
  };
}

function judgeSpectators({ watched, spectators }: Evidence, remaining: number): Judgement {
  const right = watched.lastCounts[String(remaining)] ?? 0;
  const wrong = Object.entries(watched.lastCounts)
    .filter(([count]) => count !== String(remaining))
    .map(([count, watchers]) => `${watchers} saw ${count}`);
  const absent = spectators - sum(watched.lastCounts);
  if (absent > 0) wrong.push(`${absent} could not connect`);
  return line(
    wrong,
    `${right} spectators ended on the true count, ${remaining}`,
    'spectators with a wrong last count',
  );
}

export function judgeAudit(audit: AuditReport | null): Judgement {
  if (audit === null) return { holds: false, says: 'the server’s own audit gave no answer' };
  const broken = audit.checks
    .filter(({ holds }) => !holds)
    .map(({ invariant, detail }) => `${invariant} (${detail})`);
  if (audit.checks.length === 0) broken.push('that it checks nothing');
  else if (!audit.clean && broken.length === 0) broken.push('that it is not clean');
  return line(
    broken,
    `the server’s own audit of ${audit.checks.length} invariants is clean`,
    'the server’s own audit found',
  );
}

function line(wrong: string[], ifNone: string, otherwise: string): Judgement {
  if (wrong.length === 0) return { holds: true, says: ifNone };
  const more = wrong.length > shown ? `, … (${wrong.length} in all)` : '';
  return { holds: false, says: `${otherwise}: ${wrong.slice(0, shown).join('; ')}${more}` };
}
