import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { openCount } from '../sale/hold.ts';
import type { Clock } from '../sale/ports.ts';
import { shownProduct } from '../sale/product.ts';
import { isoInstant, type SaleRecord, saleStatus } from '../sale/sale.ts';
import type { ClaimRepairs, HoldStore, SaleStore } from '../sale/store-ports.ts';
import { shownVariant, unitsOf, type Variant } from '../sale/variant.ts';
import { createKeptReads } from '../shared/kept-reads.ts';
import { LatencyHistogram } from '../shared/latency-histogram.ts';
import { type TallyRecord, type TallyStore, tallyWrittenEveryMs } from './buy-tally.ts';
import type { PublishedSeal } from './published-seal.ts';
import type { Seal } from './seal.ts';

/** Anyone may request it; all requests within this time get the same answer. */
const bounds = { keptMs: 1_000, keptMax: 64, atOnceMax: 8 };
const recoveriesShown = 100;

interface Dependencies {
  sales: SaleStore;
  published: Pick<PublishedSeal, 'seal'>;
  tallies: TallyStore;
  repairs: Pick<ClaimRepairs, 'countsOf'>;
  holds: Pick<HoldStore, 'countsOf'>;
  /** Oldest first. */
  recoveryTimes: (saleId: string) => Promise<number[]>;
  /** The invariants of that sale that were found not to hold; null when none was. */
  broken: (saleId: string) => readonly string[] | null;
  current: CurrentSale;
  clock: Clock;
}

/** Null: there is no such sale. */
export type ReadReport = (saleId: string) => Promise<SaleReport | null>;

export function createReadReport(deps: Dependencies): ReadReport {
  const kept = createKeptReads<SaleReport | null>(bounds);
  return (saleId) => kept(saleId, () => read(deps, saleId));
}

async function read(deps: Dependencies, saleId: string): Promise<SaleReport | null> {
  const sale = await deps.sales.byId(saleId);
  if (sale === null) return null;
  const [seal, tallies, repaired, recoveredAt] = await Promise.all([
    deps.published.seal(saleId),
    deps.tallies.ofSale(saleId),
    deps.repairs.countsOf(saleId),
    deps.recoveryTimes(saleId),
  ]);
  const { snapshot } = deps.current;
  const stock = snapshot?.sale.id === saleId ? snapshot.stock : null;
  const remaining = stock?.remaining ?? null;
  const terms = termsOf(sale, remaining, deps.clock.now());
  const over = terms.status === 'sold_out' || terms.status === 'ended';
  const held = remaining === null ? null : sale.terms.quantity - remaining;
  // A unit that is not paid yet is not sold.
  const taken = sale.terms.payment === undefined ? held : (stock?.sold ?? null);
  const holds = sale.terms.payment && (await holdsOf(deps, saleId, over ? seal : null));
  return {
    ...terms,
    ...(sale.terms.variants && {
      variants: soldOf(sale.terms.variants, stock?.variants, over ? seal : null),
    }),
    ...talliedBy(tallies, over ? (seal?.size ?? null) : null),
    // Once the sale is sealed, the figures are those that anyone can compute from the leaves.
    sold: over ? (seal?.figures.confirmed ?? taken) : taken,
    ...(holds && { holds }),
    cancelled: seal?.figures.cancelled ?? null,
    revoked: Math.max(seal?.figures.revoked ?? 0, repaired.revoked),
    soldOutAfterMs: soldOutAfterMs(sale, seal),
    fairness: seal?.figures.fairness ?? null,
    faults: {
      recoveries: recoveredAt.length,
      recoveredAt: recoveredAt.slice(-recoveriesShown).map(isoInstant),
      ...repaired,
    },
    invariants: invariantsOf(seal, deps.broken(saleId)),
    seal: seal && {
      ...{ version: seal.version, root: seal.root, size: seal.size },
      sealedAt: isoInstant(seal.sealedAt),
    },
  };
}

async function holdsOf(
  { holds }: Pick<Dependencies, 'holds'>,
  saleId: string,
  seal: Seal | null,
): Promise<NonNullable<SaleReport['holds']>> {
  if (seal === null) {
    const { done: _, ...counts } = await holds.countsOf(saleId);
    return { ...counts, open: openCount(counts) };
  }
  const { confirmed, cancelled, expired = 0, released = 0 } = seal.figures;
  const paid = confirmed + cancelled;
  return { made: paid + expired + released, open: 0, paid, expired, released };
}

/** Counted as the whole is: once the sale is sealed by its leaves, else by the stock. */
function soldOf(variants: readonly Variant[], counts: readonly number[] | undefined, seal: Seal | null) {
  return variants.map((variant, index) => {
    const left = counts?.[index];
    const held = left === undefined ? null : unitsOf(variant) - left;
    return { ...shownVariant(variant), sold: seal?.figures.confirmedOf?.[index] ?? held };
  });
}

function invariantsOf(seal: Seal | null, broken: readonly string[] | null): SaleReport['invariants'] {
  if (broken !== null) return { hold: false, failed: [...broken] };
  return seal?.invariants === undefined ? null : { hold: true, failed: [] };
}

function termsOf(
  { id, product, perCustomer, simulated, terms }: SaleRecord,
  remaining: number | null,
  now: number,
) {
  const { quantity, startsAt, endsAt, reason } = terms;
  return {
    ...{ saleId: id, product: shownProduct(product), quantity, perCustomer, simulated },
    status: saleStatus(terms, remaining ?? quantity, now),
    startsAt: isoInstant(startsAt),
    endsAt: endsAt === null ? null : isoInstant(endsAt),
    serverTime: isoInstant(now),
    reason,
  };
}

function soldOutAfterMs({ terms }: SaleRecord, seal: Seal | null): number | null {
  if (seal === null || seal.figures.lastClaimAt === null || seal.figures.confirmed < terms.quantity)
    return null;
  return Math.max(0, seal.figures.lastClaimAt - terms.startsAt);
}

/**
 * `claims`: the number of sealed claims, if the sale is sealed. It is exact; the nodes' own counts miss what a killed node had not written, and
 * those of earlier versions count repeated requests as claims.
 */
function talliedBy(tallies: readonly TallyRecord[], claims: number | null) {
  const answers = new Map<string, number>();
  const claimed = new LatencyHistogram();
  const refused = new LatencyHistogram();
  for (const tally of tallies) {
    claimed.add(tally.claimed);
    refused.add(tally.refused);
    for (const [outcome, count] of Object.entries(tally.answers)) {
      answers.set(outcome, (answers.get(outcome) ?? 0) + count);
    }
  }
  if (claims !== null) {
    const answeredAgain = Math.max(0, (answers.get('claimed') ?? 0) - claims);
    answers.set('claimed', claims);
    answers.set('replayed', (answers.get('replayed') ?? 0) + answeredAgain);
  }
  const rows = [...answers].map(([outcome, count]) => ({ outcome, count })).filter(({ count }) => count > 0);
  return {
    asked: rows.reduce((sum, { count }) => sum + count, 0),
    answers: rows.sort((a, b) => b.count - a.count),
    latency: { claimed: latencyOf(claimed), refused: latencyOf(refused) },
    counted: { nodes: tallies.length, unwrittenMsMax: tallyWrittenEveryMs },
  };
}

function latencyOf(histogram: LatencyHistogram) {
  const at = (percentile: number) => rounded(histogram.percentileMs(percentile));
  return {
    count: histogram.total,
    p50Ms: at(50),
    p90Ms: at(90),
    p99Ms: at(99),
    maxMs: rounded(histogram.maxMs),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
