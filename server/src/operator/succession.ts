import type { OperatorActionName } from '@flipzon/protocol/operator.ts';
import { automatically } from '@flipzon/protocol/sale-phases.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import type { Announcer, Clock } from '../sale/ports.ts';
import type { SaleRecord, SaleTerms } from '../sale/sale.ts';
import { type SalePlan, saleOfPlan } from '../sale/sale-plan.ts';
import type { PlanStore, SaleStore, Successor } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { refusedPayment } from './payment-terms.ts';

interface Dependencies {
  sales: SaleStore;
  plans: Pick<PlanStore, 'remove'>;
  ledger: Pick<ClaimLedger, 'configure'>;
  clock: Clock;
  announcer: Announcer;
  whyNoRealSale(): Promise<string | null>;
  /** Customers of this shop can pay. */
  takesPayments: boolean;
  refresh(): Promise<void>;
  establish(sale: SaleRecord): Promise<void>;
  drain(sale: SaleRecord): Promise<boolean>;
  /** Copies the requests that bought in the previous sale lately to this sale's keys, and removes older copies. */
  carryRequests(sale: SaleRecord): Promise<void>;
}

/**
 * Hands the page from one sale to the next at an instant. The next sale and its keys are made before; at the instant every node uses
 * Redis's clock and needs no message. Safe to repeat, at once, from several nodes.
 */
export function createSuccession(deps: Dependencies) {
  const { sales, ledger, clock } = deps;

  const revise = async (saleId: string, terms: SaleTerms, action: OperatorActionName): Promise<boolean> => {
    const entry = { action, by: automatically, at: clock.now() };
    if ((await sales.revise(saleId, terms, entry)) === 'conflict') return false;
    const epoch = await sales.epoch(saleId);
    if (epoch > 0) await ledger.configure({ saleId, epoch }, terms);
    return true;
  };

  const endsBy = ({ endsAt }: SaleTerms, at: number) => endsAt !== null && endsAt <= at;

  /** The sale on the page ends at `at`, if it does not end before. False: others are changing it. */
  const endAt = async ({ id, terms }: SaleRecord, at: number): Promise<boolean> => {
    if (endsBy(terms, at)) return true;
    const reason = 'replaced by a newer sale';
    return await revise(id, { ...terms, revision: terms.revision + 1, endsAt: at, reason }, 'replace');
  };

  /** The plan was dropped after `endAt`: the sale on the page ends when it would have, unless it is over or has been changed since. */
  const takeBackEnd = async ({ id, terms }: SaleRecord, at: number): Promise<void> => {
    if (!endsBy(terms, at) && clock.now() < at)
      await revise(id, { ...terms, revision: terms.revision + 2 }, 'reschedule');
    await deps.refresh();
    await deps.announcer.announce('sale');
  };

  return {
    /**
     * Makes everything ready for the plan to take the page at `at`, after the sale `seen`. It does nothing where that sale has been changed: the
     * turn was worked out without knowing that, and may not have come.
     */
    async prepare(plan: SalePlan, at: number, seen: SaleRecord | null): Promise<void> {
      const why = plan.simulated ? null : await deps.whyNoRealSale();
      if (why !== null) throw new Error(why);
      const unpaid = refusedPayment(plan, deps.takesPayments);
      if (unpaid !== null) throw new Error(unpaid.message);
      const replaced = await sales.current();
      if (replaced?.id !== seen?.id || replaced?.terms.revision !== seen?.terms.revision) return;
      if (replaced !== null && !(await endAt(replaced, at))) return;
      const sale: SaleRecord = {
        ...saleOfPlan(plan),
        createdAt: Math.max(clock.now(), (replaced?.createdAt ?? 0) + 1),
        takesOverAt: at,
      };
      if ((await sales.create(sale, automatically, replaced?.id ?? null)) === 'dropped') {
        if (replaced !== null) await takeBackEnd(replaced, at);
        await deps.plans.remove(plan.id);
        return;
      }
      crashPoint('start.afterCreate');
      // Another node may have made it. An operator may have started another sale in its place: then the plan keeps waiting.
      const made = await sales.byId(plan.id);
      if (made === null) return;
      await deps.establish(made);
      await deps.plans.remove(plan.id);
      await deps.refresh();
      await deps.announcer.announce('sale');
    },
    /** Once it has the page: the claims of the sale before it are written, and it is a sale like any other. */
    async finish({ sale, replacedId }: Successor): Promise<void> {
      const replaced = replacedId === null ? null : await sales.byId(replacedId);
      if (replaced !== null && !(await deps.drain(replaced))) return;
      // Until now it had only the requests from before it was made ready, and those that nodes have added since.
      await deps.carryRequests(sale);
      await deps.plans.remove(sale.id);
      await sales.tookOver(sale.id);
    },
  };
}

export type Succession = ReturnType<typeof createSuccession>;
