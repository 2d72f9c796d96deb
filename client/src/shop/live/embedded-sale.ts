import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Store } from '../model/store.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** Takes what came with the page itself. Null where there is nothing: a page that the development server made. */
export function takeEmbedded(): PageSnapshot | null {
  const element = document.getElementById('snapshot');
  // It is of that one moment.
  element?.remove();
  return element === null ? null : JSON.parse(element.textContent);
}

/** The sale that came with the page, and a first reading of the server's clock, as wide as the page's request took. */
export function tellEmbedded(store: Store, sale: Sale | null, now: number): void {
  if (sale === null) {
    store.tell({ type: 'no_sale' });
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
