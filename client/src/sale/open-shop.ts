import { createPasses } from '../challenge/passes.ts';
import { askToBuy } from '../socket/ask-to-buy.ts';
import { openSocket } from '../socket/open-socket.ts';
import { stayConnected } from '../socket/stay-connected.ts';
import { createClockSync } from '../socket/sync-clock.ts';
import { createBuying } from './buying.ts';
import { fetchOrders } from './fetch-orders.ts';
import { fetchStatus } from './fetch-status.ts';
import { keepReceipt, receiptFor, receiptsOf } from './kept-receipts.ts';
import { logIn } from './log-in.ts';
import { initialModel } from './model.ts';
import { askToRemind, keptReminder } from './reminder.ts';
import { watchStock } from './stock-watch.ts';
import type { Storage } from './storage.ts';
import { createStore } from './store.ts';
import { createTicker } from './ticker.ts';
import { readCustomer, tokenKey } from './token.ts';
import type { ShopParts } from './use-view.ts';
import { watchClaim } from './watch-claim.ts';
import { watchDevice } from './watch-device.ts';

const clock = () => performance.now();

/**
 * The shop without its looks: puts store, socket, clock and buying together and keeps them going for the life of the page. A
 * spectator's page is nobody's, whoever is signed in on the device.
 */
export function openShop(storage: Storage, who: 'customer' | 'spectator'): ShopParts {
  const customer = who === 'spectator' ? null : readCustomer(storage);
  const store = createStore({
    ...initialModel({ customer, online: navigator.onLine, now: clock() }),
    reminder: keptReminder(storage),
  });
  const socket = openSocket(() => {
    const signedIn = store.get().customer;
    return signedIn && { token: signedIn.token, receipts: receiptsOf(storage, signedIn.id) };
  });
  const passes = createPasses(() => store.get().customer);
  const syncClock = createClockSync(socket, store, clock);
  const buying = createBuying({
    store,
    storage,
    clock,
    isConnected: () => socket.connected,
    ask: async (request) => {
      const answer = await askToBuy(socket, passes.with(request));
      if (answer === 'no_answer' || answer.ok || answer.code !== 'challenge_required') return answer;
      return (await passes.renew()) ? askToBuy(socket, passes.with(request)) : answer;
    },
    onAnswer: (answer) => {
      if (answer.ok) {
        const { id, saleId, customerId } = answer.order;
        keepReceipt(storage, { orderId: id, saleId, customerId, receipt: answer.receipt });
        store.tell({ type: 'receipt_kept' });
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

  watchDevice({ store, storage, link, clock, syncClock, follows: who === 'customer' });
  watchClaim(store, () => fetchOrders(store));
  const stockWatch = watchStock(store, clock);
  void fetchStatus(store, clock).then(() => buying.resume());
  socket.connect();
  void passes.renew();

  return {
    ticker: createTicker(store, clock),
    stockWatch,
    actions: {
      buy: () => buying.press(),
      askSignIn: () => store.tell({ type: 'sign_in_asked' }),
      closeSignIn: () => store.tell({ type: 'sign_in_closed' }),
      signOut: () => signOut(false),
      holdUpdates: (held) => store.tell({ type: 'updates_held', held, now: clock() }),
      receiptOf: (orderId) => receiptFor(storage, orderId),
      myOrders: () => fetchOrders(store),
      remind: () => askToRemind(store, storage),
      async signIn(customerId) {
        const outcome = await logIn(customerId);
        if (outcome.ok) {
          storage.write(tokenKey, outcome.customer.token);
          store.tell({ type: 'signed_in', customer: outcome.customer });
          link.restart();
          void passes.renew();
        }
        return outcome;
      },
    },
  };
}
