import type { SaleTerms } from '../sale/sale.ts';
import { faultOfVariant, hasRangeFor, restocked } from '../sale/variant.ts';
import { createChangeSale, type SaleChange } from './change-sale.ts';
import type { OperatorRefusal, OperatorRequest, SaleOutcome } from './outcome.ts';
import { createReviseTerms, type ReviseDependencies } from './revise-terms.ts';
import { createStartSale, type StartDependencies, type StartSale } from './start-sale.ts';
import { refusedStep } from './steps.ts';

export interface Operate extends StartSale {
  pause(saleId: string, reason: string | undefined, request: OperatorRequest): Promise<SaleOutcome>;
  resume(saleId: string, request: OperatorRequest): Promise<SaleOutcome>;
  end(saleId: string, reason: string | undefined, request: OperatorRequest): Promise<SaleOutcome>;
  /** `sku`: of the variant that gets the units, where the product has any. */
  restock(
    saleId: string,
    more: { units: number; sku?: string | undefined },
    request: OperatorRequest,
  ): Promise<SaleOutcome>;
  /** Other times, or another name, description or images, or both. */
  change(saleId: string, wanted: SaleChange, request: OperatorRequest): Promise<SaleOutcome>;
}

const variantMessages = {
  variant_required: 'This product has variants. Say which one gets the units.',
  unknown_variant: 'The product has no such variant. See GET /status.',
} as const;

const restockedTooOften = {
  code: 'conflict',
  message:
    'This sale has had too many restocks of different variants. Restock the one that was restocked last, or start a new sale.',
} as const;

interface Dependencies extends ReviseDependencies, StartDependencies {
  quantityMax: number;
}

/** An operator's actions. MongoDB has the sale's history; Redis follows it, also after a loss. */
export function createOperate(deps: Dependencies): Operate {
  const revising = createReviseTerms(deps);
  const { revise } = revising;

  /** A revision that the table of steps allows at this moment. */
  const step = (
    saleId: string,
    action: 'pause' | 'resume' | 'end' | 'restock',
    request: OperatorRequest,
    change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
  ) =>
    revise(saleId, action, request, (terms, now) => refusedStep(terms, [action], now) ?? change(terms, now));

  return {
    ...createStartSale(deps, revising),
    pause: (saleId, reason, request) =>
      step(saleId, 'pause', request, (terms) => ({ ...terms, paused: true, reason: reason ?? null })),
    resume: (saleId, request) =>
      step(saleId, 'resume', request, (terms) => ({ ...terms, paused: false, reason: null })),
    end: (saleId, reason, request) =>
      step(saleId, 'end', request, (terms, now) => ({
        ...terms,
        endsAt: Math.min(terms.endsAt ?? now, now),
        reason: reason ?? null,
      })),
    restock: (saleId, { units, sku }, request) =>
      step(saleId, 'restock', request, (terms) => {
        const fault = faultOfVariant(terms.variants, sku);
        if (fault !== null) return { code: fault, message: variantMessages[fault] };
        const quantity = terms.quantity + units;
        if (quantity > deps.quantityMax)
          return {
            code: 'invalid_request',
            message: `A sale has at most ${deps.quantityMax} units. Choose a smaller number.`,
          };
        const { variants } = terms;
        if (variants === undefined || sku === undefined) return { ...terms, quantity };
        if (!hasRangeFor(variants, sku)) return restockedTooOften;
        return { ...terms, quantity, variants: restocked(variants, sku, units) };
      }),
    change: createChangeSale(deps, revising),
  };
}
