import type { Phase } from '../../sale/derive-phase.ts';
import type { ChangeKind, SteeringKind } from './change.ts';

/** What there is to be done about a sale, the likeliest first. Cancelling an order is always possible: it may be of an earlier sale. */
export function possibleChanges(phase: Phase): readonly SteeringKind[] {
  switch (phase) {
    case 'scheduled':
    case 'countdown':
      return ['open', 'pause', 'move', 'restock', 'end', 'cancel'];
    case 'live':
    case 'sold_out':
      return ['pause', 'restock', 'move', 'end', 'cancel'];
    case 'paused':
      return ['resume', 'move', 'restock', 'end', 'cancel'];
    case 'ended':
      return ['cancel'];
  }
}

/** What can't be taken back is confirmed by typing. */
export function isFinal(kind: ChangeKind): boolean {
  return kind === 'end' || kind === 'cancel' || kind === 'start';
}
