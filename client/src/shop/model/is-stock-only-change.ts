import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Model } from './model.ts';
import { shallowEqual } from './shallow-equal.ts';

/**
 * Whether only the number of units left has changed, and some are left: such a change may be shown a moment later, because
 * no visitor could act on it.
 */
export function isStockOnlyChange(before: Model, after: Model): boolean {
  const [was, is] = [before.sale, after.sale];
  if (was === null || is === null || outOf(was) !== outOf(is) || is.remaining <= 0) {
    return false;
  }
  const sale = {
    ...is,
    remaining: was.remaining,
    seq: was.seq,
    serverTime: was.serverTime,
    product: was.product,
    ...(was.variants && is.variants && { variants: was.variants }),
  };
  return shallowEqual(was, sale) && shallowEqual(before, { ...after, sale: was, freshAt: before.freshAt });
}

/** What is sold out: the sale, or variants of it. */
function outOf({ remaining, variants = [] }: Sale): string {
  return [remaining, ...variants.map((each) => each.remaining)].map((left) => left <= 0).join();
}
