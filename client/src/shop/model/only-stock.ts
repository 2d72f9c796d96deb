import type { Model } from './model.ts';
import { same } from './same.ts';

/**
 * Nothing has changed but how many of the units are left, and there still are some: what can wait for a moment without anybody
 * being told anything late that they could act upon.
 */
export function isOnlyStock(before: Model, after: Model): boolean {
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
  return same(was, sale) && same(before, { ...after, sale: was, freshAt: before.freshAt });
}
