import type { SaleResult } from '@flipzon/protocol/operator.ts';

const shownBeforeMs = 3_600_000;

export interface AfterEnd {
  /** Takes the page by itself: at once, or an hour before its opening. */
  next: { plan: SaleResult; isSoon: boolean } | null;
  /** Opens when an operator puts it on the page, and not by itself. */
  missed: SaleResult[];
}

/** The sale that follows if the current one is ended now, as the shop decides it in operator/plan-turns.ts. */
export function afterEnd(plans: readonly SaleResult[], nowMs: number): AfterEnd {
  const waiting = plans
    .filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > nowMs)
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const plan = waiting.find(({ startsAt }) => Date.parse(startsAt) > nowMs);
  return {
    next: plan === undefined ? null : { plan, isSoon: Date.parse(plan.startsAt) - shownBeforeMs <= nowMs },
    missed: waiting.filter(({ startsAt }) => Date.parse(startsAt) <= nowMs),
  };
}
