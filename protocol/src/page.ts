import type { Sale } from './schemas.ts';

/** The data that a page gets with its HTML, in the element `#snapshot`. */
export interface PageSnapshot {
  /** The sale when the page was sent; null if there is none. */
  sale: Sale | null;
  /** Transports of Socket.IO that this node accepts, the preferred one first. */
  transports: Transport[];
  /** `POST /login` gives a token for any name. */
  demoLogin: boolean;
  /** Of sales that name none. */
  currency: string;
}

export type Transport = 'websocket' | 'polling';
