import type { StatusAnswer } from '@flipzon/protocol/schemas.ts';
import type { Store } from '../model/store.ts';
import { takeSnapshot } from './take-snapshot.ts';

const statusTimeoutMs = 5000;

/**
 * Reads a snapshot, if the page came without one or may be wrong about the opening, and the server's clock, as precisely as the request
 * allows. False if there was no answer.
 */
export async function fetchStatus(store: Store, clock: () => number): Promise<boolean> {
  const sentAt = clock();
  try {
    const response = await fetch('/status', { signal: AbortSignal.timeout(statusTimeoutMs) });
    if (response.status === 404) {
      store.dispatch({ type: 'no_sale' });
      store.dispatch({ type: 'polled', askedAt: sentAt });
      return true;
    }
    if (!response.ok) {
      return false;
    }
    const status: StatusAnswer = await response.json();
    const now = clock();
    takeSnapshot(store, status.sale, { sentAt, answeredAt: now }, now);
    store.dispatch({ type: 'polled', askedAt: sentAt });
    return true;
  } catch {
    return false;
  }
}
