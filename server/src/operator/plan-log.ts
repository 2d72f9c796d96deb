import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import { isoInstant } from '../sale/sale.ts';
import type { SalePlan } from '../sale/sale-plan.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import { shownPresale, shownUnits } from './operator-actions.ts';

type Entry = Parameters<OperatorLog['begin']>[0];
type Term = OperatorAction['changes'][number]['before'];

/** What the log says of a plan. */
function shown(plan: SalePlan): Record<string, Term> {
  return {
    startsAt: isoInstant(plan.startsAt),
    quantity: plan.quantity,
    ...Object.fromEntries(shownUnits(plan.variants)),
    ...(plan.presale && { codesUntil: shownPresale(plan.presale) }),
    ...plan.payment,
    ...(plan.draft === true ? { draft: true } : {}),
  };
}

export function planned(plan: SalePlan, by: string): Entry {
  return entry(plan, 'plan', by, plan.createdAt, { before: {}, after: shown(plan) });
}

export function unplanned(plan: SalePlan, by: string, at: number): Entry {
  return entry(plan, 'unplan', by, at, { before: shown(plan), after: {} });
}

export function edited(before: SalePlan, after: SalePlan, by: string, at: number): Entry {
  const edit = entry(after, 'edit', by, at, {
    before: { name: before.product.name, ...shown(before) },
    after: { name: after.product.name, ...shown(after) },
  });
  return { ...edit, id: `${after.id}:edit:${at}` };
}

function entry(
  plan: SalePlan,
  action: 'plan' | 'unplan' | 'edit',
  by: string,
  at: number,
  terms: Record<'before' | 'after', Record<string, Term>>,
): Entry {
  const fields = new Set([...Object.keys(terms.before), ...Object.keys(terms.after)]);
  const changes = [...fields].map((field) => ({
    field,
    before: terms.before[field] ?? null,
    after: terms.after[field] ?? null,
  }));
  return {
    id: `${plan.id}:${action}`,
    saleId: plan.id,
    ...{ action, by, at, reason: null },
    changes: changes.filter(({ before, after }) => before !== after),
  };
}
