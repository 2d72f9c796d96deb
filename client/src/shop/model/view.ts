import type { Sale } from '@flipzon/protocol/schemas.ts';
import { derivePhase, isAvailable, type Phase } from './derive-phase.ts';
import { deriveState, isDisconnected, type PageState } from './derive-state.ts';
import { type FrozenUpdates, isPolling, type Model, serverMsAt } from './model.ts';

/** Why the count may be old: this page gets no changes, or the shop itself is not sure of it. */
export type Stale = 'offline' | 'reconnecting' | 'unavailable' | 'polling';

/** The input of every component: the model, the time, and what follows from both. */
export interface View {
  model: Model;
  now: number;
  serverMs: number;
  state: PageState;
  /** Null until there is a sale. */
  phase: Phase | null;
  stale: Stale | null;
  /** The count and the spectators to show: the visitor may freeze them while the sale is live. */
  frozen: FrozenUpdates | null;
  /** What is shown may differ from what is left now. */
  old: boolean;
  remaining: number;
  variants: Sale['variants'];
  connected: number | null;
}

export function viewOf(model: Model, now: number): View {
  const serverMs = serverMsAt(model, now);
  const phase = model.sale === null ? null : derivePhase(model.sale, serverMs);
  const frozen = phase === 'live' ? model.frozen : null;
  const stale = staleness(model, now);
  return {
    model,
    now,
    serverMs,
    state: deriveState(model, now),
    phase,
    stale,
    frozen,
    old: stale !== null || frozen !== null,
    remaining: frozen?.remaining ?? model.sale?.remaining ?? 0,
    variants: frozen === null ? model.sale?.variants : frozen.variants,
    connected: frozen === null ? model.connected : frozen.connected,
  };
}

export function staleness(model: Model, now: number): Stale | null {
  if (!model.online) {
    return 'offline';
  }
  if (isDisconnected(model, now)) {
    return 'reconnecting';
  }
  if (model.sale !== null && !isAvailable(model.sale)) {
    return 'unavailable';
  }
  return isPolling(model, now) ? 'polling' : null;
}
