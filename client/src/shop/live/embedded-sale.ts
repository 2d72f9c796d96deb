import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Store } from '../model/store.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** Reads the sale in the page itself. Null if there is none, as in a page of the development server. */
export function takeEmbedded(): PageSnapshot | null {
  const element = document.getElementById('snapshot');
  // It is valid only for that moment.
  element?.remove();
  return element === null ? null : JSON.parse(element.textContent);
}

/** The sale that came with the page, and a first reading of the server's clock, as wide as the page's request took. */
export function tellEmbedded(store: Store, sale: Sale | null, now: number): void {
  if (sale === null) {
    store.dispatch({ type: 'no_sale' });
  } else {
    takeSnapshot(store, sale, requestTimes(now), now);
  }
}

/** Of the page, by the page's clock, which began when it was asked for. */
function requestTimes(now: number): { sentAt: number; answeredAt: number } {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const { requestStart = 0, responseStart = 0 } = page ?? {};
  return responseStart > requestStart && responseStart <= now
    ? { sentAt: requestStart, answeredAt: responseStart }
    : { sentAt: 0, answeredAt: now };
}
