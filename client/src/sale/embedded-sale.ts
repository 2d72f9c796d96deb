import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Store } from './store.ts';
import { takeSnapshot } from './take-snapshot.ts';

/**
 * The snapshot that came with the page itself, and a first reading of the server's clock, as wide as the page's request took. False where there
 * is none: a page that the development server made.
 */
export function readEmbeddedSale(store: Store, clock: () => number): boolean {
  const element = document.getElementById('snapshot');
  if (element === null) {
    return false;
  }
  const { sale }: { sale: Sale | null } = JSON.parse(element.textContent);
  // It is of that one moment.
  element.remove();
  const now = clock();
  if (sale === null) {
    store.tell({ type: 'no_sale' });
    return true;
  }
  takeSnapshot(store, sale, requestTimes(now), now);
  return true;
}

/** Of the page, by the page's clock, which began when it was asked for. */
function requestTimes(now: number): { sentAt: number; answeredAt: number } {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const { requestStart = 0, responseStart = 0 } = page ?? {};
  return responseStart > requestStart && responseStart <= now
    ? { sentAt: requestStart, answeredAt: responseStart }
    : { sentAt: 0, answeredAt: now };
}
