import { askToBuy } from '../socket/ask-to-buy.ts';
import { openSocket } from '../socket/open-socket.ts';
import { stayConnected } from '../socket/stay-connected.ts';
import { createClockSync } from '../socket/sync-clock.ts';
import type { Actions } from './actions.ts';
import { createBuying } from './buying.ts';
import { fetchOrders } from './fetch-orders.ts';
import { fetchStatus } from './fetch-status.ts';
import { keepReceipt, receiptsOf } from './kept-receipts.ts';
import { logIn } from './log-in.ts';
import { initialModel } from './model.ts';
import { deviceStorage } from './storage.ts';
import { createStore } from './store.ts';
import { createTicker, type Ticker } from './ticker.ts';
import { readCustomer, tokenKey } from './token.ts';
import { watchClaim } from './watch-claim.ts';

const clock = () => performance.now();

/** The shop without its looks: puts store, socket, clock and buying together and keeps them going for the life of the page. */
export function openShop(): { ticker: Ticker; actions: Actions } {
  const storage = deviceStorage;
  const customer = readCustomer(storage);
  const store = createStore(initialModel({ customer, online: navigator.onLine, now: clock() }));
  const socket = openSocket(() => {
    const signedIn = store.get().customer;
    return signedIn && { token: signedIn.token, receipts: receiptsOf(storage, signedIn.id) };
  });
  const syncClock = createClockSync(socket, store, clock);
  const buying = createBuying({
    store,
    storage,
    clock,
    isConnected: () => socket.connected,
    ask: (request) => askToBuy(socket, request),
    onAnswer: (answer) => {
      if (answer.ok) {
        const { saleId, customerId } = answer.order;
        keepReceipt(storage, { saleId, customerId, receipt: answer.receipt });
      }
      if (!answer.ok && answer.code === 'sale_not_active') {
        syncClock();
        void fetchStatus(store, clock);
      }
      if (!answer.ok && answer.code === 'unauthenticated') {
        signOut(true);
      }
    },
  });

  socket.on('sale', (sale) => {
    store.tell({ type: 'sale', sale, now: clock() });
    buying.resume();
  });
  socket.on('stock', (stock) => store.tell({ type: 'stock', stock, now: clock() }));
  socket.on('presence', (presence) => store.tell({ type: 'presence', presence }));
  socket.on('order', (order) => store.tell({ type: 'order', order }));
  const link = stayConnected(socket, {
    connected: () => {
      store.tell({ type: 'connected', now: clock() });
      syncClock();
      buying.resume();
    },
    disconnected: (silent) => store.tell({ type: 'disconnected', silent, now: clock() }),
    tokenRefused: () => {
      storage.remove(tokenKey);
      store.tell({ type: 'signed_out', expired: true });
    },
  });

  function signOut(expired: boolean): void {
    storage.remove(tokenKey);
    store.tell({ type: 'signed_out', expired });
    link.restart();
  }

  window.addEventListener('online', () => {
    store.tell({ type: 'online', online: true, now: clock() });
    link.hurry();
  });
  window.addEventListener('offline', () => store.tell({ type: 'online', online: false, now: clock() }));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      link.hurry();
      syncClock();
    }
  });
  // Signing in or out in one tab does so in all.
  window.addEventListener('storage', (event) => {
    if (event.key === tokenKey || event.key === null) {
      const next = readCustomer(storage);
      if (next?.token !== store.get().customer?.token) {
        store.tell(
          next === null ? { type: 'signed_out', expired: false } : { type: 'signed_in', customer: next },
        );
        link.restart();
      }
    }
  });

  watchClaim(store, () => fetchOrders(store));
  void fetchStatus(store, clock).then(() => buying.resume());
  socket.connect();

  return {
    ticker: createTicker(store, clock),
    actions: {
      buy: () => buying.press(),
      askSignIn: () => store.tell({ type: 'sign_in_asked' }),
      closeSignIn: () => store.tell({ type: 'sign_in_closed' }),
      signOut: () => signOut(false),
      async signIn(customerId) {
        const outcome = await logIn(customerId);
        if (outcome.ok) {
          storage.write(tokenKey, outcome.customer.token);
          store.tell({ type: 'signed_in', customer: outcome.customer });
          link.restart();
        }
        return outcome;
      },
    },
  };
}
