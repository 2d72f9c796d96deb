import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { type Operated, soldWhileClosed } from './operator.ts';
import type { Told } from './shoppers.ts';

export interface Judgement {
  /** Confirmed to a shopper, but missing or with another unit in the end. Must be empty. */
  lost: Order[];
  /** Orders that no shopper requested. Must be empty. */
  unexpected: Order[];
  /** Claims that a disaster took back before they were confirmed; the shopper asked again and got another unit, or none. */
  takenBack: number;
  /** Units left over although shoppers asked for one. */
  unsold: number;
  broken: string[];
}

/** After Jepsen's set test: attempted, acknowledged, final. */
export function judge(
  { quantity, told, operated }: { quantity: number; told: readonly Told[]; operated: Operated | null },
  audit: AuditReport,
  orders: readonly Order[],
): Judgement {
  const isOver = operated?.over ?? false;
  const standing = orders.filter(({ status }) => status !== 'cancelled');
  const final = new Map(orders.map((order) => [order.customerId, order]));
  const attempted = new Set(told.map((shopper) => shopper.customerId));
  const confirmed = told.flatMap((shopper) => shopper.confirmed ?? []);
  const claimed = told.flatMap((shopper) => shopper.claimed ?? []);
  const lost = confirmed.filter((order) => final.get(order.customerId)?.unit !== order.unit);
  const unexpected = orders.filter((order) => !attempted.has(order.customerId));
  // A customer whose order was cancelled has had their share.
  const sold = Math.min(audit.quantity, attempted.size - (orders.length - standing.length));
  const units = new Set(standing.map((order) => order.unit));
  const broken = [
    ...(audit.clean ? [] : audit.checks.filter((check) => !check.holds).map((check) => check.invariant)),
    // A sale that was ended early has sold less.
    ...(standing.length === sold || (isOver && standing.length < sold)
      ? []
      : [`${standing.length} sold, min(stock, demand) is ${sold}`]),
    ...(units.size === standing.length ? [] : ['a unit was sold twice']),
    ...(final.size === orders.length ? [] : ['a customer has two units']),
    ...(lost.length === 0 ? [] : [`${lost.length} confirmed orders lost`]),
    ...(operated === null ? [] : notAsTold(operated, quantity, audit, orders)),
    ...(unexpected.length === 0 ? [] : [`${unexpected.length} orders that no shopper requested`]),
  ];
  return {
    lost,
    unexpected,
    unsold: isOver ? 0 : Math.max(0, sold - standing.length),
    takenBack: claimed.filter((order) => final.get(order.customerId)?.unit !== order.unit).length,
    broken,
  };
}

/** Differences between the shop's state and the answers that the operator got. */
function notAsTold(
  operated: Operated,
  quantity: number,
  audit: AuditReport,
  orders: readonly Order[],
): string[] {
  const added = audit.quantity - quantity;
  const { cancelled, unitsAdded, unitsInDoubt } = operated;
  const standing = orders.filter(({ id, status }) => cancelled.has(id) && status !== 'cancelled');
  const early = soldWhileClosed(operated, orders);
  return [
    ...(added >= unitsAdded && added <= unitsAdded + unitsInDoubt
      ? []
      : [`${added} units added, ${unitsAdded} acknowledged`]),
    ...(standing.length === 0 ? [] : [`${standing.length} orders cancelled with 200 still stand`]),
    ...(early.length === 0 ? [] : [`${early.length} claims while the sale was paused or over`]),
  ];
}
