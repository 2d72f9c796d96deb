import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { shownProduct } from '../sale/product.ts';
import { isoInstant, paymentView, presaleView } from '../sale/sale.ts';
import type { SalePlan } from '../sale/sale-plan.ts';
import { shownVariant } from '../sale/variant.ts';

/** The result of a sale without any claim yet. */
export function planResult(plan: SalePlan): SaleResult {
  const { id, product, quantity, perCustomer, simulated, createdBy } = plan;
  return {
    ...{ id, quantity, perCustomer, simulated, createdBy },
    product: shownProduct(product, plan.details),
    ...(plan.variants && { variants: plan.variants.map(shownVariant) }),
    ...(plan.presale && { presale: presaleView(plan.presale) }),
    ...paymentView(plan.payment),
    status: plan.draft === true ? 'draft' : 'planned',
    ...(plan.previewKey === undefined ? {} : { preview: `/preview/${plan.previewKey}` }),
    version: 0,
    startsAt: isoInstant(plan.startsAt),
    endsAt: plan.endsAt === null ? null : isoInstant(plan.endsAt),
    reason: null,
    createdAt: isoInstant(plan.createdAt),
    orders: 0,
    cancelled: 0,
    soldOutAt: null,
    soldOutAfterMs: null,
  };
}
