import type { BuyRate } from '../sale/ports.ts';
import { RecentMap } from '../shared/recent-map.ts';

export interface Rate {
  points: number;
  perMs: number;
}

/** A node remembers at most this many customers; the oldest make room. */
const customersMax = 50_000;

interface Window {
  endsAt: number;
  buys: number;
}

/**
 * The part of customers' rates that a node keeps. The claim script counts over all nodes; here are the customers that it has
 * refused, until their window is over, and a count of the buys that need no Redis, in windows that begin with the first. `clock`: monotonic, ms; a clock that
 * steps back would leave windows open for longer.
 */
export function createBuyRate(rate: Rate, clock: () => number = () => performance.now()): BuyRate {
  const windows = new RecentMap<string, Window>(customersMax);
  let agedAt = Number.NEGATIVE_INFINITY;
  const open = (customerId: string, window: Window, now: number): void => {
    // No window is longer than this, so all that are forgotten are over.
    if (now - agedAt >= rate.perMs) {
      windows.age();
      agedAt = now;
    }
    windows.set(customerId, window);
  };
  const current = (customerId: string, now: number): Window | null => {
    const window = windows.get(customerId);
    return window !== undefined && window.endsAt > now ? window : null;
  };
  return {
    waitMs(customerId) {
      const now = clock();
      const window = current(customerId, now);
      return window !== null && window.buys > rate.points ? window.endsAt - now : 0;
    },
    refuse(customerId, retryAfterMs) {
      const now = clock();
      open(customerId, { endsAt: now + retryAfterMs, buys: rate.points + 1 }, now);
    },
    takeLocally(customerId) {
      const now = clock();
      const window = current(customerId, now);
      if (window === null) {
        open(customerId, { endsAt: now + rate.perMs, buys: 1 }, now);
        return 0;
      }
      window.buys++;
      return window.buys > rate.points ? window.endsAt - now : 0;
    },
  };
}
