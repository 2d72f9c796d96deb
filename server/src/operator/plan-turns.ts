import type { SaleSnapshot } from '../sale/current-sale.ts';
import { type SaleTerms, saleStatus, shownCounts } from '../sale/sale.ts';
import type { SalePlan } from '../sale/sale-plan.ts';

/** If the page is free, people see the countdown for at least this long. */
export const shownBeforeMs = 3_600_000;
/** A shop that was down when a plan was due makes up for it within this time; later it is an operator's decision. */
const lateMsMax = 60_000;

/** The parts of the current sale that decide when it gives up the page. */
export interface SaleOnPage {
  terms: SaleTerms;
  /** Units that are free, or that come back if they are not paid. */
  remaining: number;
  lastClaimAt: number | null;
}

export function onPage({
  sale,
  stock,
  lastClaimAt,
}: Pick<SaleSnapshot, 'sale' | 'stock' | 'lastClaimAt'>): SaleOnPage {
  const { remaining, inCheckout = 0 } = shownCounts(sale.terms, stock);
  return { terms: sale.terms, remaining: remaining + inCheckout, lastClaimAt };
}

export interface Turn {
  plan: SalePlan;
  /** When it takes the page, ms since 1970; not after its opening, unless the shop was down. */
  at: number;
}

/**
 * The plan that takes the page automatically, and when. A sale gives up the page once it is over; a sold-out sale does so at the opening of
 * the next one. A plan whose opening passed while another sale was selling is skipped: an operator decides about it.
 */
export function nextTurn(sale: SaleOnPage | null, plans: readonly SalePlan[], nowMs: number): Turn | null {
  const page = sale === null ? { freeFrom: Number.NEGATIVE_INFINITY, isSoldOut: false } : pageOf(sale, nowMs);
  const plan = plans
    .filter((each) => !isOver(each, nowMs) && each.startsAt > nowMs - lateMsMax)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .find((each) => page.freeFrom <= each.startsAt);
  if (plan === undefined) return null;
  return {
    plan,
    at: page.isSoldOut ? plan.startsAt : Math.max(page.freeFrom, plan.startsAt - shownBeforeMs),
  };
}

/** When another sale may take the page. */
function pageOf({ terms, remaining, lastClaimAt }: SaleOnPage, nowMs: number) {
  const end = terms.endsAt ?? Number.POSITIVE_INFINITY;
  const isSoldOut = saleStatus(terms, remaining, nowMs) === 'sold_out';
  return { freeFrom: isSoldOut ? Math.min(lastClaimAt ?? end, end) : end, isSoldOut };
}

/** The sale would already be over when it takes the page. */
export function isOver({ endsAt }: Pick<SalePlan, 'endsAt'>, nowMs: number): boolean {
  return endsAt !== null && endsAt <= nowMs;
}
