import { useSyncExternalStore } from 'react';
import type { Model } from './model.ts';
import type { Ticker } from './ticker.ts';

/** What the page knows, and the moment at which it is to be shown: changes with news and with time. */
export function useSale(ticker: Ticker): { model: Model; now: number } {
  return useSyncExternalStore(ticker.subscribe, ticker.get);
}
