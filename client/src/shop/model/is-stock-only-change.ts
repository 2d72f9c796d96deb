import type { Model } from './model.ts';
import { shallowEqual } from './shallow-equal.ts';

/**
 * Whether only the number of units left has changed, and some are left: such a change may be shown a moment later, because
 * no visitor could act on it.
 */
export function isStockOnlyChange(before: Model, after: Model): boolean {
  const [was, is] = [before.sale, after.sale];
  if (was === null || is === null || was.remaining <= 0 || is.remaining <= 0) {
    return false;
  }
  const sale = {
    ...is,
    remaining: was.remaining,
    seq: was.seq,
    serverTime: was.serverTime,
    product: was.product,
  };
  return shallowEqual(was, sale) && shallowEqual(before, { ...after, sale: was, freshAt: before.freshAt });
}
