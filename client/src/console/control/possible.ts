import { isAllowed, phaseOf, type SalePhase, type SaleStep } from '@flipzon/protocol/sale-phases.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Phase } from '../../shop/model/derive-phase.ts';
import type { ChangeKind, SteeringKind } from './change.ts';

/** The steps of the shop's table behind each button. A button is offered while the shop allows one of its steps. */
const stepsOf: Record<Exclude<SteeringKind, 'cancel'>, readonly SaleStep[]> = {
  open: ['opening'],
  resume: ['resume'],
  pause: ['pause'],
  move: ['opening', 'ending'],
  presale: ['ending'],
  edit: ['describing'],
  restock: ['restock'],
  end: ['end'],
};

/** The likeliest first. A paused sale cannot be paused, and an opened one cannot be opened. */
const likeliest: Record<SalePhase, readonly (keyof typeof stepsOf)[]> = {
  scheduled: ['open', 'pause', 'move', 'presale', 'edit', 'restock', 'end'],
  blocked: ['resume', 'move', 'presale', 'edit', 'restock', 'end'],
  live: ['pause', 'restock', 'move', 'presale', 'end'],
  paused: ['resume', 'move', 'presale', 'restock', 'end'],
  sold_out: ['pause', 'restock', 'move', 'end'],
  called_off: ['move', 'edit'],
  ended: [],
};

/** The actions that a sale allows now. Cancelling an order is always possible: it may belong to an earlier sale. */
export function possibleChanges(phase: SalePhase): readonly SteeringKind[] {
  const offered = likeliest[phase].filter((kind) => stepsOf[kind].some((step) => isAllowed(phase, step)));
  return [...offered, 'cancel'];
}

export function salePhase(sale: Sale, phase: Phase, serverMs: number): SalePhase {
  const window = {
    startsAt: Date.parse(sale.startsAt),
    endsAt: sale.endsAt === null ? null : Date.parse(sale.endsAt),
  };
  return phaseOf(window, phase === 'countdown' ? 'scheduled' : phase, serverMs);
}

/** Steps that can't be undone are confirmed by typing. */
export function isFinal(kind: ChangeKind): boolean {
  return kind === 'end' || kind === 'cancel' || kind === 'start';
}
