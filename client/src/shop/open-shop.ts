import { usualCurrency } from '@flipzon/protocol/money.ts';
import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import type { BuyAnswer } from '@flipzon/protocol/schemas.ts';
import { createPasses } from '../challenge/passes.ts';
import type { Storage } from '../storage.ts';
import type { Actions } from './actions.ts';
import { keepChoice, keptChoice } from './device/kept-choice.ts';
import { keepReceipt, receiptFor, receiptsOf } from './device/kept-receipts.ts';
import { askToRemind, forgetReminder, keptReminder } from './device/reminder.ts';
import { createSleepWatch } from './device/sleep-watch.ts';
import { doorOf, readCustomer, signInAddress, tokenKeyOf, type Visitor } from './device/token.ts';
import { keepCustomer } from './keep-customer.ts';
import { createBuying } from './live/buying.ts';
import { askWithoutSocket } from './live/by-requests.ts';
import { tellEmbedded } from './live/embedded-sale.ts';
import { fetchOrders } from './live/fetch-orders.ts';
import { fetchStatus } from './live/fetch-status.ts';
import { openSocket, type ShopSocket } from './live/open-socket.ts';
import type { Renewal } from './live/session.ts';
import { stayConnected } from './live/stay-connected.ts';
import { watchStock } from './live/stock-watch.ts';
import { createClockSync } from './live/sync-clock.ts';
import { createTicker } from './live/ticker.ts';
import { watchClaim } from './live/watch-claim.ts';
import { watchDevice } from './live/watch-device.ts';
import { watchProduct } from './live/watch-product.ts';
import { initialModel, isPolling, serverMsAt } from './model/model.ts';
import { createStore } from './model/store.ts';
import { createSendBuy } from './send-buy.ts';
import type { ShopParts } from './use-view.ts';

const clock = () => performance.now();
/** A message that took longer than this is a reason to look at the clock, too. */
const clockOffMsMax = 1_000;

export interface OpenShop extends ShopParts {
  socket: ShopSocket;
  /** Signs in with a token of an identity provider; false if it is not a token. */
  signInWith(token: string): boolean;
  /** Asks for the next token, where the visitor has signed in at this shop. */
  renew(): Promise<Renewal>;
}

/**
 * The shop without its components: connects store, socket, clock and buying, and runs them for the life of the page. `embedded`: the sale that
 * came with the page.
 */
export function openShop(storage: Storage, visitor: Visitor, embedded: PageSnapshot | null): OpenShop {
  const tokenKey = tokenKeyOf(visitor);
  const { demoLogin = false, currency = usualCurrency } = embedded ?? {};
  const provider = embedded?.provider[doorOf(visitor)] ?? false;
  const emailCodes = visitor === 'customer' && embedded?.emailCodes === true;
  const store = createStore({
    ...initialModel({
      customer: readCustomer(storage, tokenKey),
      online: navigator.onLine,
      now: clock(),
      ...{ demoLogin, currency, provider, emailCodes },
    }),
    reminder: keptReminder(storage),
    choice: keptChoice(storage),
  });
  const socket = openSocket(embedded?.transports ?? ['websocket'], () => kept.credentials());
  const passes = createPasses(() => store.get().customer);
  const kept = keepCustomer({
    ...{ visitor, store, storage, tokenKey, clock, socket },
    restart: () => link.restart(),
    onSignedIn: makeReady,
    onBlocked: () => void myOrders(),
  });
  const { session, signOut } = kept;
  const syncClock = createClockSync(socket, clock, (measured) => {
    const reading = { ...measured, source: 'round_trips' } as const;
    store.dispatch({ type: 'clock', reading, deviceMs: Date.now(), now: clock() });
  });
  const buying = createBuying({
    ...{ store, storage, clock },
    isConnected: () => socket.connected || isPolling(store.get(), clock()),
    ask: createSendBuy({ store, storage, socket, session, passes }),
    onAnswer: learnFrom,
  });
  const link = stayConnected(socket, {
    connected: () => {
      store.dispatch({ type: 'connected', now: clock() });
      syncClock();
      buying.resume();
    },
    disconnected: (silent) => store.dispatch({ type: 'disconnected', silent, now: clock() }),
    tokenRefused: kept.tokenRefused,
  });
  follow();
  const stockWatch = watchStock(store, clock);
  if (embedded === null) {
    void fetchStatus(store, clock).then(() => buying.resume());
  } else {
    tellEmbedded(store, embedded.sale, clock());
    buying.resume();
  }
  socket.connect();
  makeReady();

  return {
    ticker: createTicker(store, clock, createSleepWatch({ clock, deviceClock: Date.now, onWake: syncClock })),
    stockWatch,
    actions: actions(),
    socket,
    renew: kept.renew,
    signInWith: kept.signInWith,
  };

  function makeReady(): void {
    if (visitor === 'customer') void passes.renew();
  }

  /** Takes what the shop sends into the model, and asks for what it does not send. */
  function follow(): void {
    socket.on('sale', (sale) => {
      store.dispatch({ type: 'sale', sale, now: clock() });
      // The shop's clock has been set, or this device slept.
      if (Math.abs(Date.parse(sale.serverTime) - serverMsAt(store.get(), clock())) > clockOffMsMax)
        syncClock();
      buying.resume();
    });
    socket.on('stock', (stock) => store.dispatch({ type: 'stock', stock, now: clock() }));
    socket.on('presence', (presence) => store.dispatch({ type: 'presence', presence }));
    socket.on('order', (order) => store.dispatch({ type: 'order', order }));
    socket.on('sessionEnded', ({ code }) => kept.tokenRefused(code));
    watchDevice({ store, storage, link, clock, syncClock, tokenKey, onRenewed: kept.goOnWith });
    watchClaim(store, () => myOrders());
    askWithoutSocket({
      store,
      isConnected: () => socket.connected,
      askStatus: () => fetchStatus(store, clock),
      askOrders: (first) => {
        const { customer: signedIn } = store.get();
        return myOrders(first && signedIn !== null ? receiptsOf(storage, signedIn.id) : []);
      },
      onAnswer: () => buying.resume(),
    });
    watchProduct(store, () => fetchStatus(store, clock));
  }

  function myOrders(receipts: readonly string[] = []) {
    return fetchOrders(store, { receipts, onTokenRefused: () => void kept.renew() });
  }

  function learnFrom(answer: BuyAnswer): void {
    if (answer.ok) {
      const { id, saleId, customerId } = answer.order;
      keepReceipt(storage, { orderId: id, saleId, customerId, receipt: answer.receipt });
      store.dispatch({ type: 'receipt_kept' });
    } else if (answer.code === 'sale_not_active') {
      syncClock();
      void fetchStatus(store, clock);
    } else if (answer.code === 'unauthenticated') {
      signOut(true);
    }
  }

  function actions(): Actions {
    return {
      buy: () => buying.press(),
      choose: (sku) => keepChoice(store, storage, sku),
      askSignIn: () =>
        provider && !demoLogin && !emailCodes
          ? location.assign(signInAddress(visitor))
          : store.dispatch({ type: 'sign_in_asked' }),
      closeSignIn: () => store.dispatch({ type: 'sign_in_closed' }),
      signOut: (everywhere = false) => {
        session.end(everywhere);
        signOut(false);
      },
      freezeUpdates: (frozen) => store.dispatch({ type: 'updates_frozen', frozen, now: clock() }),
      receiptOf: (orderId) => receiptFor(storage, orderId),
      myOrders: () => myOrders(),
      remind: () => askToRemind(store, storage),
      forgetReminder: () => forgetReminder(store, storage),
      signInAs: kept.signInAs,
      signInWithToken: (token) => kept.signInWith(token) && session.begin(),
    };
  }
}
