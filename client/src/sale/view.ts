import { derivePhase, isAvailable, type Phase } from './derive-phase.ts';
import { deriveState, isDisconnected, type PageState } from './derive-state.ts';
import { type Model, serverMsAt } from './model.ts';

export type Stale = 'offline' | 'reconnecting' | 'unavailable';

/** What every part of the page is given: the model, the moment, and what follows from both. */
export interface View {
  model: Model;
  now: number;
  serverMs: number;
  state: PageState;
  /** Null until there is a sale. */
  phase: Phase | null;
  /** Why the count may be old: this page does not hear of changes, or the shop itself cannot be sure of it. */
  stale: Stale | null;
}

export function viewOf(model: Model, now: number): View {
  const serverMs = serverMsAt(model, now);
  return {
    model,
    now,
    serverMs,
    state: deriveState(model, now),
    phase: model.sale === null ? null : derivePhase(model.sale, serverMs),
    stale: staleness(model, now),
  };
}

export function staleness(model: Model, now: number): Stale | null {
  if (!model.online) {
    return 'offline';
  }
  if (isDisconnected(model, now)) {
    return 'reconnecting';
  }
  return model.sale === null || isAvailable(model.sale) ? null : 'unavailable';
}
