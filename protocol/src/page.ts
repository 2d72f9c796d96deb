import type { Sale } from './schemas.ts';

/** What a page is given with its HTML, in the element `#snapshot`. */
export interface PageSnapshot {
  /** As it was at that moment; null where there is none. */
  sale: Sale | null;
  /** Of Socket.IO, as this node accepts them, the preferred one first. */
  transports: Transport[];
  /** `POST /login` gives out a token for any name. */
  demoLogin: boolean;
}

export type Transport = 'websocket' | 'polling';
