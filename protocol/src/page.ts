import type { Door } from './identity.ts';
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
  /** Who can sign in through an identity provider: at `/auth/login`. */
  provider: Record<Door, boolean>;
  /** Customers can sign in with a code that is sent to their e-mail address. */
  emailCodes: boolean;
  /** Why the visitor is back here without being signed in. */
  signInFailure?: SignInFailure;
}

export type Transport = 'websocket' | 'polling';

export interface SignInFailure {
  why: keyof typeof signInFailures;
  as: Door;
  /** Where the visitor wanted to go. */
  returnTo: string;
}

/** With the HTTP status. `expired`: too old, of another browser, or not as it was sent; `denied`: the person or the provider said no. */
export const signInFailures = { unavailable: 503, expired: 400, denied: 403 } as const;
