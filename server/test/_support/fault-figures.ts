import { appendFileSync } from 'node:fs';
import type { Order } from '@flipzon/protocol/schemas.ts';

/** What the fault tests of a run add up to. */
export interface FaultFigures {
  /** Processes killed with SIGKILL, by a test or by themselves at a crash point. */
  kills: number;
  /** Claims that shoppers got. */
  claimed: number;
  /** Orders that were confirmed to a shopper. */
  confirmed: number;
  /** Of these, not there in the end. */
  lost: number;
  /** Claims that a disaster took back before they were confirmed. */
  revoked: number;
  /** Claims that Redis forgot and that were brought back. */
  restored: number;
}

export const noFigures: FaultFigures = {
  kills: 0,
  claimed: 0,
  confirmed: 0,
  lost: 0,
  revoked: 0,
  restored: 0,
};

/** Test files run in separate processes: each appends to one file, whose lines are summed up at the end. */
export function countFaults(figures: Partial<FaultFigures>): void {
  const file = process.env.FAULT_FIGURES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figures)}\n`);
}

const acknowledged = new Map<string, Map<string, Order>>();

/** A shopper got a claim. If a later answer names another unit, they have lost the first one. */
export function noteClaim(order: Order): void {
  const ofSale = acknowledged.get(order.saleId) ?? new Map<string, Order>();
  const before = ofSale.get(order.id);
  if (before !== undefined && before.unit !== order.unit) countFaults({ revoked: 1 });
  acknowledged.set(order.saleId, ofSale.set(order.id, order));
}

/** The claims of a sale that this file's shoppers got; returned once, so that nothing is counted twice. */
export function takeClaims(saleId: string): Order[] {
  const claims = [...(acknowledged.get(saleId)?.values() ?? [])];
  acknowledged.delete(saleId);
  return claims;
}

const restoredSeen = new Map<string, number>();

/** Claims that a node has brought back since this was asked last; 0 when it does not answer any more. */
export async function newlyRestored(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  const restored = Number(/^flipzon_restores_total\{outcome="restored"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  const seen = restoredSeen.get(url) ?? 0;
  restoredSeen.set(url, Math.max(seen, restored));
  return Math.max(0, restored - seen);
}
