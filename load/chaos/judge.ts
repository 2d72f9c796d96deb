import type { AuditReport, Order } from '@flipzon/protocol/schemas.ts';
import type { Told } from './shoppers.ts';

export interface Judgement {
  /** Confirmed to a shopper, and not there, or with another unit, in the end. Must be empty. */
  lost: Order[];
  /** There, and nobody asked for it. Must be empty. */
  unexpected: Order[];
  /** Claims that a disaster took back before they were confirmed; the shopper asked again and got another unit, or none. */
  takenBack: number;
  broken: string[];
}

/** After Jepsen's set test: attempted, acknowledged, final. */
export function judge(
  { quantity, told }: { quantity: number; told: readonly Told[] },
  audit: AuditReport,
  orders: readonly Order[],
): Judgement {
  const final = new Map(orders.map((order) => [order.customerId, order]));
  const attempted = new Set(told.map((shopper) => shopper.customerId));
  const confirmed = told.flatMap((shopper) => shopper.confirmed ?? []);
  const claimed = told.flatMap((shopper) => shopper.claimed ?? []);
  const lost = confirmed.filter((order) => final.get(order.customerId)?.unit !== order.unit);
  const unexpected = orders.filter((order) => !attempted.has(order.customerId));
  const sold = Math.min(quantity, attempted.size);
  const units = new Set(orders.map((order) => order.unit));
  const broken = [
    ...(audit.clean ? [] : audit.checks.filter((check) => !check.holds).map((check) => check.invariant)),
    ...(orders.length === sold ? [] : [`${orders.length} sold, min(stock, demand) is ${sold}`]),
    ...(units.size === orders.length ? [] : ['a unit was sold twice']),
    ...(final.size === orders.length ? [] : ['a customer has two units']),
    ...(lost.length === 0 ? [] : [`${lost.length} confirmed orders lost`]),
    ...(unexpected.length === 0 ? [] : [`${unexpected.length} orders that nobody asked for`]),
  ];
  return {
    lost,
    unexpected,
    takenBack: claimed.filter((order) => final.get(order.customerId)?.unit !== order.unit).length,
    broken,
  };
}
