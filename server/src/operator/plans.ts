import { randomBytes } from 'node:crypto';
import type { PlanBody } from '@flipzon/protocol/sale-terms.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Clock } from '../sale/ports.ts';
import { fullStock, newSaleId, saleView } from '../sale/sale.ts';
import { type SalePlan, saleOfPlan } from '../sale/sale-plan.ts';
import { openingInstant } from '../sale/schedule.ts';
import type { OperatorLog, PlanStore, SaleStore } from '../sale/store-ports.ts';
import type { Describe } from './describe.ts';
import { readOffer } from './new-offer.ts';
import type { Operate } from './operate.ts';
import type { OperatorRefusal, OperatorRequest, SaleOutcome } from './outcome.ts';
import { refusedPayment } from './payment-terms.ts';
import { edited, planned, unplanned } from './plan-log.ts';
import { isOver } from './plan-turns.ts';
import { parsePresale } from './presale.ts';
import { refusedNewWindow } from './steps.ts';

/** Planned sales at a time. */
export const plansMax = 50;

export type PlanOutcome = { ok: true; plan: SalePlan } | ({ ok: false } & OperatorRefusal);

export interface Plans {
  plan(body: PlanBody, by: string): Promise<PlanOutcome>;
  /** Other values for a plan or a draft; a draft may become a plan, and the other way round. */
  replace(id: string, body: PlanBody, by: string): Promise<PlanOutcome>;
  unplan(id: string, by: string): Promise<PlanOutcome>;
  /** Puts it on the page, in place of the sale that is there. */
  activate(id: string, request: OperatorRequest): Promise<SaleOutcome>;
  /** As shoppers will see it; null if no plan and no draft has this key. */
  preview(key: string): Promise<Sale | null>;
}

interface Dependencies {
  plans: PlanStore;
  sales: Pick<SaleStore, 'byId'>;
  operate: Pick<Operate, 'startPlan'>;
  log: OperatorLog;
  clock: Clock;
  timeZone: string;
  /** For sales that name none. */
  currency: string;
  describe: Describe;
  /** Customers of this shop can pay. */
  takesPayments: boolean;
  /** Why no real sale may be planned; null: it may. */
  whyNoRealSale(): Promise<string | null>;
  /** Its turn may be near. */
  onPlan(): void;
}

/** Planned sales. A plan becomes a sale under its own id, so it becomes one only once. */
export function createPlans(deps: Dependencies): Plans {
  const { plans, sales, operate, log, clock, timeZone, onPlan } = deps;
  const waiting = async (id: string): Promise<PlanOutcome> => {
    if ((await sales.byId(id)) !== null) return publishedBefore;
    const plan = await plans.byId(id);
    return plan === null ? notFound : { ok: true, plan };
  };

  /** The window that was asked for, or why it cannot be. A draft may have any. */
  const windowOf = (body: PlanBody, now: number) => {
    const startsAt = openingInstant(body.startsAt, now, timeZone);
    const endsAt = body.endsAt == null ? null : Date.parse(body.endsAt);
    if (body.draft) return { ok: true, startsAt, endsAt } as const;
    if (startsAt <= now) return invalid('A planned sale opens later than now.');
    const wrong = refusedNewWindow({ startsAt, endsAt }, now);
    return wrong === null ? ({ ok: true, startsAt, endsAt } as const) : ({ ok: false, ...wrong } as const);
  };

  /** `before`: the plan that it takes the place of. */
  const planOf = async (body: PlanBody, by: string, before: SalePlan | null): Promise<PlanOutcome> => {
    const why = body.simulated || body.draft ? null : await deps.whyNoRealSale();
    if (why !== null) return { ok: false, code: 'redis_unsafe', message: why };
    const now = clock.now();
    const window = windowOf(body, now);
    if (!window.ok) return window;
    const offered = await readOffer(deps, body);
    if (!offered.ok) return offered;
    const { product, details, quantity, variants, payment } = offered;
    const unpaid = body.draft ? null : refusedPayment(offered, deps.takesPayments);
    if (unpaid !== null) return { ok: false, ...unpaid };
    const { startsAt, endsAt } = window;
    const presale = parsePresale(body.presale, body.draft ? 0 : startsAt);
    if (presale !== undefined && 'code' in presale) return { ok: false, ...presale };
    const { perCustomer, simulated } = body;
    const plan: SalePlan = {
      id: before?.id ?? newSaleId(startsAt),
      product,
      ...(details && { details }),
      ...(body.draft ? { draft: true } : {}),
      previewKey: before?.previewKey ?? randomBytes(16).toString('base64url'),
      ...{ quantity, perCustomer, simulated, startsAt, endsAt },
      ...(variants && { variants }),
      ...(presale && { presale }),
      ...(payment && { payment }),
      createdAt: before?.createdAt ?? now,
      createdBy: before?.createdBy ?? by,
    };
    return { ok: true, plan };
  };

  const isFull = async (draft: boolean): Promise<boolean> =>
    (await (draft ? plans.drafts() : plans.all())).length >= plansMax;

  return {
    async plan(body, by) {
      const made = await planOf(body, by, null);
      if (!made.ok) return made;
      if (await isFull(body.draft)) return full;
      const { plan } = made;
      await log.begin(planned(plan, by));
      await plans.add(plan);
      await log.done(`${plan.id}:plan`);
      onPlan();
      return { ok: true, plan };
    },
    async replace(id, body, by) {
      const found = await waiting(id);
      if (!found.ok) return found;
      const before = found.plan;
      const made = await planOf(body, by, before);
      if (!made.ok) return made;
      if ((before.draft ?? false) !== body.draft && (await isFull(body.draft))) return full;
      const entry = edited(before, made.plan, by, clock.now());
      await log.begin(entry);
      if (!(await plans.replace(made.plan))) return notFound;
      // Its turn may have come meanwhile, with the values of before.
      if ((await sales.byId(id)) !== null) return publishedBefore;
      await log.done(entry.id);
      onPlan();
      return made;
    },
    async preview(key) {
      const plan = await plans.byPreviewKey(key);
      if (plan === null) return null;
      const sale = saleOfPlan(plan);
      const stock = fullStock(sale.terms);
      return saleView({ sale, stock, lastClaimAt: null, available: true }, clock.now());
    },
    async unplan(id, by) {
      const found = await waiting(id);
      if (!found.ok) return found;
      await log.begin(unplanned(found.plan, by, clock.now()));
      // A node may be making its sale at this moment.
      if (!(await plans.drop(found.plan))) return publishedBefore;
      await log.done(`${id}:unplan`);
      return found;
    },
    async activate(id, request) {
      const found = await waiting(id);
      if (!found.ok) return found;
      const { plan } = found;
      if (plan.draft === true) return isDraft;
      if (isOver(plan, clock.now()))
        return invalid('The end time of this planned sale has passed. Delete it and plan it again.');
      const outcome = await operate.startPlan(plan, request);
      if (outcome.ok || outcome.code === 'not_found') await plans.remove(id);
      return outcome;
    },
  };
}

const publishedBefore = {
  ok: false,
  code: 'conflict',
  message: 'This sale is already published, so it is no longer a plan.',
} as const;

function invalid(message: string): { ok: false } & OperatorRefusal {
  return { ok: false, code: 'invalid_request', message };
}

const notFound = {
  ok: false,
  code: 'not_found',
  message: 'Planned sale not found. Check its id.',
} as const;

const full = {
  ok: false,
  code: 'conflict',
  message: `There are already ${plansMax} of them. Delete one and try again.`,
} as const;

const isDraft = {
  ok: false,
  code: 'conflict',
  message: 'This is a draft. Schedule it first, with PUT /sales/:id and without draft.',
} as const;
