import type { Product, ProductDetails } from './product.ts';
import { firstTerms, type PaymentTerms, type Presale, type SaleRecord } from './sale.ts';
import type { Variant } from './variant.ts';

/** A planned sale, which is not on the page yet. Times are ms since 1970. */
export interface SalePlan {
  id: string;
  product: Product;
  details?: ProductDetails;
  /** Kept for an operator to continue; it takes the page only after it has been scheduled. */
  draft?: boolean;
  /** Part of the preview’s address, which no one can guess. */
  previewKey?: string;
  quantity: number;
  /** `quantity` is their sum. */
  variants?: readonly Variant[];
  presale?: Presale;
  payment?: PaymentTerms;
  perCustomer: number;
  simulated: boolean;
  startsAt: number;
  endsAt: number | null;
  createdAt: number;
  createdBy: string;
}

/** The sale that the plan becomes, as it is when it opens at its time. */
export function saleOfPlan(plan: SalePlan): SaleRecord {
  const { id, product, perCustomer, simulated, createdAt } = plan;
  return { id, product, perCustomer, simulated, createdAt, terms: firstTerms(plan) };
}
