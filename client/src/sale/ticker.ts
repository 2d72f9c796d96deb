import type { Model } from './model.ts';
import { nextTickMs } from './next-tick.ts';
import type { Store } from './store.ts';

export interface Ticker {
  get(): { model: Model; now: number };
  subscribe(listener: () => void): () => void;
}

/**
 * Joins the store with time. Each look is a fresh one at the clock, so a timer that fires late (a hidden tab, a busy device) makes
 * the page late by that once, and never wrong.
 */
export function createTicker(store: Store, clock: () => number): Ticker {
  let moment = { model: store.get(), now: clock() };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function look(): void {
    moment = { model: store.get(), now: clock() };
    clearTimeout(timer);
    if (listeners.size > 0) {
      timer = setTimeout(look, nextTickMs(moment.model, moment.now));
    }
    for (const listener of listeners) {
      listener();
    }
  }

  store.subscribe(look);
  document.addEventListener('visibilitychange', look);
  return {
    get: () => moment,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        look();
      }
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
