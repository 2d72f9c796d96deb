import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect } from 'vitest';
import { countFaults, newlyRestored, takeClaims } from '../_support/fault-figures.ts';
import type { Address, Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

/** The answers that the shoppers of a run got, to compare with the stores at the end (after Jepsen's set test). */
export interface History {
  /** All customers who pressed. */
  attempted: ReadonlySet<string>;
  /** The orders that were confirmed to shoppers, by customer. */
  confirmed: ReadonlyMap<string, Order>;
}

/** No order is lost, unrequested or doubled, no unit is left unsold, and the books add up. */
export async function checkSale(
  shop: Shop,
  { saleId, quantity, node }: { saleId: string; quantity: number; node: Address },
  history: History,
): Promise<Order[]> {
  const sold = Math.min(quantity, history.attempted.size);
  await eventually(async () => {
    const report = await shop.audit(saleId, node);
    expect({ ...report, broken: report.checks.filter(({ holds }) => !holds) }).toMatchObject({
      broken: [],
      clean: true,
      orders: sold,
      outbox: 0,
      poisoned: 0,
    });
  });
  const answer = await shop.operate<{ orders: Order[] }>('GET', `/sales/${saleId}/orders`, undefined, node);
  const final = answer.body.orders.filter((order) => order.status === 'confirmed');
  const byId = new Map(final.map((order) => [order.id, order]));
  const lost = [...history.confirmed.values()].filter((order) => byId.get(order.id)?.unit !== order.unit);
  const unexpected = final.filter((order) => !history.attempted.has(order.customerId));
  countFaults({
    ...claimsOf(saleId, byId),
    confirmed: history.confirmed.size,
    lost: lost.length,
    restored: await newlyRestored(node.url),
  });
  expect({ lost, unexpected }).toEqual({ lost: [], unexpected: [] });
  expect(new Set(final.map((order) => order.unit)).size).toBe(final.length);
  expect(new Set(final.map((order) => order.customerId)).size).toBe(final.length);
  return final;
}

/** A claim that was acknowledged and is not among the orders, or on another unit, was taken back. */
function claimsOf(saleId: string, byId: ReadonlyMap<string, Order>): { claimed: number; revoked: number } {
  const claims = takeClaims(saleId);
  return {
    claimed: claims.length,
    revoked: claims.filter((claim) => byId.get(claim.id)?.unit !== claim.unit).length,
  };
}
