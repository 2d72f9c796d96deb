import type { Storage } from '../../storage.ts';
import { readCustomer } from '../device/token.ts';
import type { Customer } from '../model/model.ts';
import type { Store } from '../model/store.ts';
import type { Link } from './stay-connected.ts';

/** Watches the device: the network goes and comes back, the tab becomes visible again, a customer signs in or out in another tab. */
export function watchDevice(needs: {
  store: Store;
  storage: Storage;
  link: Link;
  clock: () => number;
  syncClock: () => void;
  /** Where the token is kept: signing in or out in one tab does so in this one. */
  tokenKey: string | null;
  /** Another tab has got the next token of the same customer. */
  onRenewed: (customer: Customer) => void;
}): void {
  const { store, storage, link, clock, syncClock, tokenKey, onRenewed } = needs;
  window.addEventListener('online', () => {
    store.dispatch({ type: 'online', online: true, now: clock() });
    link.hurry();
  });
  window.addEventListener('offline', () => store.dispatch({ type: 'online', online: false, now: clock() }));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      link.hurry();
      syncClock();
    }
  });
  window.addEventListener('storage', (event) => {
    if (tokenKey !== null && (event.key === tokenKey || event.key === null)) {
      const next = readCustomer(storage, tokenKey);
      const before = store.get().customer;
      if (next !== null && next.id === before?.id) {
        if (next.token !== before.token) {
          onRenewed(next);
        }
      } else if (next?.token !== before?.token) {
        store.dispatch(
          next === null ? { type: 'signed_out', expired: false } : { type: 'signed_in', customer: next },
        );
        link.restart();
      }
    }
  });
}
