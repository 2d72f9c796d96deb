import { priceOf } from '@flipzon/protocol/money.ts';
import type { StartBody } from '@flipzon/protocol/schemas.ts';
import type { Clock } from '../sale/ports.ts';
import { parseProduct } from '../sale/product.ts';
import { isoInstant, newSaleId } from '../sale/sale.ts';
import type { SalePlan } from '../sale/sale-plan.ts';
import { openingInstant } from '../sale/schedule.ts';
import type { OperatorLog, PlanStore, SaleStore } from '../sale/store-ports.ts';
import { type Describe, wantedOf } from './describe.ts';
import type { Operate } from './operate.ts';
import type { OperatorRefusal, OperatorRequest, SaleOutcome } from './outcome.ts';
import { isOver } from './plan-turns.ts';
import { refusedNewWindow } from './steps.ts';

/** Planned sales at a time. */
export const plansMax = 50;

export type PlanOutcome = { ok: true; plan: SalePlan } | ({ ok: false } & OperatorRefusal);

export interface Plans {
  plan(body: StartBody, by: string): Promise<PlanOutcome>;
  unplan(id: string, by: string): Promise<PlanOutcome>;
  /** Puts it on the page, in place of the sale that is there. */
  activate(id: string, request: OperatorRequest): Promise<SaleOutcome>;
}

interface Dependencies {
  plans: PlanStore;
  sales: Pick<SaleStore, 'byId'>;
  operate: Pick<Operate, 'start'>;
  log: OperatorLog;
  clock: Clock;
  timeZone: string;
  /** For sales that name none. */
  currency: string;
  describe: Describe;
  /** Why no real sale may be planned; null: it may. */
  whyNoRealSale(): Promise<string | null>;
  /** Its turn may be near. */
  onPlan(): void;
}

/** Planned sales. A plan becomes a sale under its own id, so it becomes one only once. */
export function createPlans(deps: Dependencies): Plans {
  const { plans, sales, operate, log, clock, timeZone, currency, onPlan } = deps;
  const waiting = async (id: string): Promise<PlanOutcome> => {
    if ((await sales.byId(id)) !== null) return publishedBefore;
    const plan = await plans.byId(id);
    return plan === null
      ? { ok: false, code: 'not_found', message: 'Planned sale not found. Check its id.' }
      : { ok: true, plan };
  };

  return {
    async plan(body, by) {
      const why = body.simulated ? null : await deps.whyNoRealSale();
      if (why !== null) return { ok: false, code: 'redis_unsafe', message: why };
      const now = clock.now();
      const startsAt = openingInstant(body.startsAt, now, timeZone);
      const endsAt = body.endsAt == null ? null : Date.parse(body.endsAt);
      if (startsAt <= now) return invalid('A planned sale opens later than now.');
      const wrong = refusedNewWindow({ startsAt, endsAt }, now);
      if (wrong !== null) return { ok: false, ...wrong };
      if ((await plans.all()).length >= plansMax) {
        return {
          ok: false,
          code: 'conflict',
          message: `There are already ${plansMax} planned sales. Delete one and try again.`,
        };
      }
      const offered = parseProduct(body, currency);
      if (!offered.ok) return offered;
      const described = await deps.describe(body, 1);
      if (!described.ok) return described;
      const { quantity, perCustomer, simulated } = body;
      const plan: SalePlan = {
        id: newSaleId(startsAt),
        product: offered.product,
        ...(described.details === null ? {} : { details: described.details }),
        ...{ quantity, perCustomer, simulated, startsAt, endsAt },
        createdAt: now,
        createdBy: by,
      };
      await note(log, plan, 'plan', by, now);
      await plans.add(plan);
      await log.done(`${plan.id}:plan`);
      onPlan();
      return { ok: true, plan };
    },
    async unplan(id, by) {
      const found = await waiting(id);
      if (!found.ok) return found;
      await note(log, found.plan, 'unplan', by, clock.now());
      // A node may be making its sale at this moment.
      if (!(await plans.drop(found.plan))) return publishedBefore;
      await log.done(`${id}:unplan`);
      return found;
    },
    async activate(id, request) {
      const found = await waiting(id);
      if (!found.ok) return found;
      const { plan } = found;
      if (isOver(plan, clock.now()))
        return invalid('The end time of this planned sale has passed. Delete it and plan it again.');
      const outcome = await operate.start(bodyOf(plan, clock.now()), request, id);
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

function bodyOf(plan: SalePlan, nowMs: number): StartBody {
  const { product, details, quantity, perCustomer, simulated } = plan;
  return {
    name: product.name,
    price: priceOf(product.price),
    currency: product.price.currency,
    ...(details === undefined ? {} : wantedOf(details)),
    ...{ quantity, perCustomer, simulated },
    // One whose time came while it waited opens when it is put on the page, and not before.
    startsAt: plan.startsAt <= nowMs ? 'now' : isoInstant(plan.startsAt),
    endsAt: plan.endsAt === null ? null : new Date(plan.endsAt).toISOString(),
  };
}

function note(
  log: OperatorLog,
  plan: SalePlan,
  action: 'plan' | 'unplan',
  by: string,
  at: number,
): Promise<void> {
  const is = (value: string | number) =>
    (action === 'plan' ? [null, value] : [value, null]) as [null, string];
  const shown = { startsAt: new Date(plan.startsAt).toISOString(), quantity: plan.quantity };
  return log.begin({
    id: `${plan.id}:${action}`,
    saleId: plan.id,
    action,
    by,
    at,
    reason: null,
    changes: Object.entries(shown).map(([field, value]) => {
      const [before, after] = is(value);
      return { field, before, after };
    }),
  });
}

function invalid(message: string): { ok: false } & OperatorRefusal {
  return { ok: false, code: 'invalid_request', message };
}
