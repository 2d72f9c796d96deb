import { isStockOnlyChange } from '../model/is-stock-only-change.ts';
import { nextTickMs } from '../model/next-tick.ts';
import type { Store } from '../model/store.ts';
import { type View, viewOf } from '../model/view.ts';

const countMsMin = 250;

export interface Ticker {
  get(): View;
  subscribe(listener: () => void): () => void;
}

/**
 * Updates the page as time passes. Each tick reads the clock, so a timer that fires late (a hidden tab, a busy device) makes
 * the page late once, and never wrong.
 */
export function createTicker(
  store: Store,
  clock: () => number,
  onLook: () => void = () => undefined,
): Ticker {
  let view = viewOf(store.get(), clock());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  const listeners = new Set<() => void>();

  function lookBy(at: number): void {
    if (at < dueAt && listeners.size > 0) {
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(look, Math.max(0, at - clock()));
    }
  }

  function look(): void {
    onLook();
    view = viewOf(store.get(), clock());
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    lookBy(view.now + nextTickMs(view.model, view.now));
    for (const listener of listeners) {
      listener();
    }
  }

  /** Visitors cannot read twenty counts a second, and drawing them all is work for the device: the newest is drawn a few times a second. */
  function hear(): void {
    if (isStockOnlyChange(view.model, store.get())) {
      lookBy(view.now + countMsMin);
    } else {
      look();
    }
  }

  store.subscribe(hear);
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
