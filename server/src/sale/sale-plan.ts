import type { Product } from './product.ts';
import type { ProductDetails } from './sale.ts';

/** A planned sale, which is not on the page yet. Times are ms since 1970. */
export interface SalePlan {
  id: string;
  product: Product;
  details?: ProductDetails;
  quantity: number;
  perCustomer: number;
  simulated: boolean;
  startsAt: number;
  endsAt: number | null;
  createdAt: number;
  createdBy: string;
}
