import type { Storage } from '../storage.ts';
import { receiptsOf } from './device/kept-receipts.ts';
import { customerOf, type Visitor } from './device/token.ts';
import { type KeptSession, keepSession } from './keep-session.ts';
import type { ShopSocket } from './live/open-socket.ts';
import type { Renewal } from './live/session.ts';
import type { Customer } from './model/model.ts';
import type { Store } from './model/store.ts';

const renewTimeoutMs = 5_000;

interface Needs {
  visitor: Visitor;
  store: Store;
  storage: Storage;
  /** Where the token is kept; null for a spectator. */
  tokenKey: string | null;
  clock: () => number;
  socket: ShopSocket;
  /** Connects with the current token. */
  restart: () => void;
  onSignedIn: () => void;
  onBlocked: () => void;
}

export interface KeptCustomer {
  session: KeptSession;
  /** For the next connection; null for a spectator. */
  credentials(): { token: string; receipts: string[] } | null;
  tokenRefused(why: 'unauthenticated' | 'forbidden'): void;
  /** What the current token is refused may be granted to the next one. */
  renew(): Promise<Renewal>;
  signInAs(next: Customer): void;
  /** False if it is not a token. */
  signInWith(token: string): boolean;
  /** The connection stays, if the node still knows whose it is. */
  goOnWith(next: Customer): void;
  signOut(expired: boolean): void;
}

/** Who is signed in on this page: a customer comes with a token, gets the next one before it expires, and goes. */
export function keepCustomer(needs: Needs): KeptCustomer {
  const { visitor, store, storage, tokenKey, clock, socket, restart } = needs;
  let refusedToken = '';
  const session = keepSession({
    ...{ visitor, store, clock, onToken: keepRenewed },
    onEnd: () => store.get().customer !== null && signOut(true),
  });

  function forgetToken(): void {
    if (tokenKey !== null) storage.remove(tokenKey);
  }

  function signInAs(next: Customer): void {
    if (tokenKey !== null) storage.write(tokenKey, next.token);
    store.dispatch({ type: 'signed_in', customer: next });
    restart();
    needs.onSignedIn();
  }

  function keepRenewed(next: Customer): void {
    if (next.id !== store.get().customer?.id) {
      signInAs(next);
      return;
    }
    if (tokenKey !== null) storage.write(tokenKey, next.token);
    goOnWith(next);
  }

  function goOnWith(next: Customer): void {
    store.dispatch({ type: 'token_renewed', customer: next });
    if (!socket.connected) return;
    void socket
      .timeout(renewTimeoutMs)
      .emitWithAck('renew', { token: next.token })
      .then(({ ok }) => ok || restart(), restart);
  }

  function signOut(expired: boolean): void {
    forgetToken();
    store.dispatch({ type: 'signed_out', expired });
    restart();
  }

  return {
    session,
    credentials() {
      const { customer, blocked } = store.get();
      // A blocked customer may still watch, as anyone may, and so may one whose next token is on its way.
      return blocked || customer?.token === refusedToken
        ? null
        : customer && { token: customer.token, receipts: receiptsOf(storage, customer.id) };
    },
    tokenRefused(why) {
      if (why === 'forbidden' && visitor === 'customer') {
        store.dispatch({ type: 'blocked' });
        needs.onBlocked();
        return;
      }
      const { customer } = store.get();
      refusedToken = customer?.token ?? '';
      void session.renew().then((outcome) => {
        if (outcome === 'ended' && store.get().customer === customer) {
          forgetToken();
          store.dispatch({ type: 'signed_out', expired: true });
        }
      });
    },
    async renew() {
      const { customer } = store.get();
      const outcome = await session.renew();
      if (outcome === 'ended' && customer !== null && store.get().customer === customer) signOut(true);
      return outcome;
    },
    signInAs,
    signInWith(token) {
      const next = customerOf(token);
      if (next !== null) signInAs(next);
      return next !== null;
    },
    goOnWith,
    signOut,
  };
}
