import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Store } from '../model/store.ts';

/** By the page's clock; the server made the answer somewhere in between. */
interface RequestTimes {
  sentAt: number;
  answeredAt: number;
}

/** Stores the sale of an answer, and the server's clock, as precisely as the request allows. */
export function takeSnapshot(
  store: Store,
  sale: Sale,
  { sentAt, answeredAt }: RequestTimes,
  now: number,
): void {
  const offsetMs = Date.parse(sale.serverTime) - (sentAt + answeredAt) / 2;
  const reading = { offsetMs, rttMs: answeredAt - sentAt, source: 'status' } as const;
  store.dispatch({ type: 'clock', reading, deviceMs: Date.now(), now });
  store.dispatch({ type: 'sale', sale, now, askedAt: sentAt });
}
