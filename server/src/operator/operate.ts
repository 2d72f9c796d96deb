import type { StartBody } from '@flipzon/protocol/schemas.ts';
import type { SaleTerms } from '../sale/sale.ts';
import { openingInstant } from '../sale/schedule.ts';
import { type Asking, isAhead, type OperatorRefusal, type SaleOutcome, takesOverSoon } from './outcome.ts';
import { createReviseTerms, type ReviseDependencies } from './revise-terms.ts';
import { createStartSale, type StartDependencies } from './start-sale.ts';
import { refusedMove, refusedStep } from './steps.ts';

export interface Operate {
  /** `id`: of the plan that it was; a sale of that id is made only once. */
  start(body: StartBody, asking: Asking, id?: string): Promise<SaleOutcome>;
  pause(saleId: string, reason: string | undefined, asking: Asking): Promise<SaleOutcome>;
  resume(saleId: string, asking: Asking): Promise<SaleOutcome>;
  end(saleId: string, reason: string | undefined, asking: Asking): Promise<SaleOutcome>;
  restock(saleId: string, units: number, asking: Asking): Promise<SaleOutcome>;
  reschedule(saleId: string, times: RescheduleTimes, asking: Asking): Promise<SaleOutcome>;
}

export interface RescheduleTimes {
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
}

interface Dependencies extends ReviseDependencies, StartDependencies {
  quantityMax: number;
}

/** An operator's actions. MongoDB has the sale's history; Redis follows it, also after a loss. */
export function createOperate(deps: Dependencies): Operate {
  const { sales } = deps;
  const revising = createReviseTerms(deps);
  const { revise } = revising;

  /** A revision that the table of steps allows at this moment. */
  const step = (
    saleId: string,
    action: 'pause' | 'resume' | 'end' | 'restock',
    asking: Asking,
    change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
  ) =>
    revise(saleId, action, asking, (terms, now) => refusedStep(terms, [action], now) ?? change(terms, now));

  return {
    start: createStartSale(deps, revising),
    pause: (saleId, reason, asking) =>
      step(saleId, 'pause', asking, (terms) => ({ ...terms, paused: true, reason: reason ?? null })),
    resume: (saleId, asking) =>
      step(saleId, 'resume', asking, (terms) => ({ ...terms, paused: false, reason: null })),
    end: (saleId, reason, asking) =>
      step(saleId, 'end', asking, (terms, now) => ({
        ...terms,
        endsAt: Math.min(terms.endsAt ?? now, now),
        reason: reason ?? null,
      })),
    restock: (saleId, units, asking) =>
      step(saleId, 'restock', asking, (terms) =>
        terms.quantity + units > deps.quantityMax
          ? {
              code: 'invalid_request',
              message: `A sale has at most ${deps.quantityMax} units. Choose a smaller number.`,
            }
          : { ...terms, quantity: terms.quantity + units },
      ),
    async reschedule(saleId, times, asking) {
      const successor = await sales.successor();
      return revise(saleId, 'reschedule', asking, (terms, now) => {
        const moved = [
          ...(times.startsAt === undefined ? [] : ['opening' as const]),
          ...(times.endsAt === undefined ? [] : ['ending' as const]),
        ];
        const refused = refusedStep(terms, moved, now);
        if (refused !== null) return refused;
        if (isAhead(successor, now)) return takesOverSoon;
        const startsAt =
          times.startsAt === undefined ? terms.startsAt : openingInstant(times.startsAt, now, deps.timeZone);
        const endsAt =
          times.endsAt === undefined ? terms.endsAt : times.endsAt === null ? null : Date.parse(times.endsAt);
        return refusedMove(terms, { startsAt, endsAt }, now) ?? { ...terms, startsAt, endsAt };
      });
    },
  };
}
