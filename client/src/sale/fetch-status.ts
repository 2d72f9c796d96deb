import type { StatusAnswer } from '@flipzon/protocol/schemas.ts';
import type { Store } from './store.ts';
import { takeSnapshot } from './take-snapshot.ts';

const statusTimeoutMs = 5000;

/**
 * A snapshot, where the page came without one or may be wrong about the opening; and a reading of the server's clock, as wide as the request
 * took. A failure is silent: the socket brings the same.
 */
export async function fetchStatus(store: Store, clock: () => number): Promise<void> {
  const sentAt = clock();
  try {
    const response = await fetch('/status', { signal: AbortSignal.timeout(statusTimeoutMs) });
    if (response.status === 404) {
      store.tell({ type: 'no_sale' });
      return;
    }
    if (!response.ok) {
      return;
    }
    const status: StatusAnswer = await response.json();
    const now = clock();
    takeSnapshot(store, status.sale, { sentAt, answeredAt: now }, now);
  } catch {
    // The socket's own snapshot is on its way, and the page says `loading` until then.
  }
}
