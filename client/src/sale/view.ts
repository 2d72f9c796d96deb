import { derivePhase, type Phase } from './derive-phase.ts';
import { deriveState, isDisconnected, type PageState } from './derive-state.ts';
import { type Model, serverMsAt } from './model.ts';

/** What every part of the page is given: the model, the moment, and what follows from both. */
export interface View {
  model: Model;
  now: number;
  serverMs: number;
  state: PageState;
  /** Null until there is a sale. */
  phase: Phase | null;
  /** The count may have changed without this page hearing of it. */
  stale: boolean;
}

export function viewOf(model: Model, now: number): View {
  const serverMs = serverMsAt(model, now);
  return {
    model,
    now,
    serverMs,
    state: deriveState(model, now),
    phase: model.sale === null ? null : derivePhase(model.sale, serverMs),
    stale: !model.online || isDisconnected(model, now),
  };
}
