import { nextTickMs } from './next-tick.ts';
import type { Store } from './store.ts';
import { type View, viewOf } from './view.ts';

export interface Ticker {
  get(): View;
  subscribe(listener: () => void): () => void;
}

/**
 * Joins the store with time. Each look is a fresh one at the clock, so a timer that fires late (a hidden tab, a busy device) makes
 * the page late by that once, and never wrong.
 */
export function createTicker(store: Store, clock: () => number): Ticker {
  let view = viewOf(store.get(), clock());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function look(): void {
    view = viewOf(store.get(), clock());
    clearTimeout(timer);
    if (listeners.size > 0) {
      timer = setTimeout(look, nextTickMs(view.model, view.now));
    }
    for (const listener of listeners) {
      listener();
    }
  }

  store.subscribe(look);
  document.addEventListener('visibilitychange', look);
  return {
    get: () => view,
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
