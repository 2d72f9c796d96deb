import { createRoot } from 'react-dom/client';
import { BoardPage } from '../src/board/BoardPage.tsx';
import { ShopPage } from '../src/shop/components/ShopPage.tsx';
import { watchStock } from '../src/shop/live/stock-watch.ts';
import { createTicker } from '../src/shop/live/ticker.ts';
import { type PageState, pageStates } from '../src/shop/model/derive-state.ts';
import type { Model } from '../src/shop/model/model.ts';
import { createStore } from '../src/shop/model/store.ts';
import { viewOf } from '../src/shop/model/view.ts';
import { ShopContext, type ShopParts } from '../src/shop/use-view.ts';
import '../src/styles.css';
import { LanguageRoot } from '../src/text/LanguageRoot.tsx';
import { loadLanguage, tagFor } from '../src/text/language.ts';
import { everyState } from '../test/_support/every-state.ts';
import { iso, modelOf, orderOf, saleOf, withVariants } from '../test/_support/fixtures.ts';
import { memoryStorage } from '../test/_support/memory-storage.ts';
import { recentUnitsOf, seenOf } from './seen.ts';

/*
 * For looking at the pages without a server. /dev/gallery.html?state=lost is one state; &spectator is a visitor who is not signed in,
 * &board the board, &lang=ar a language. &variants is a product with variants, and &variants=hall has one of them chosen; &gone sells it out,
 * &many are twenty sizes. ?run=20 is a sale in which 20 counts a second arrive, for measuring what the page costs.
 * Not part of the production build, which starts at index.html only.
 */

const wanted = new URLSearchParams(location.search);
const state = pageStates.find((one) => one === wanted.get('state')) ?? null;
const nothing = () => {};
const actions = {
  buy: nothing,
  choose: nothing,
  askSignIn: nothing,
  closeSignIn: nothing,
  signOut: nothing,
  freezeUpdates: nothing,
  remind: async () => {},
  forgetReminder: () => {},
  receiptOf: () => 'eyJzYWxlIjoic2FsZS0xIiwidW5pdCI6MzE3fQ.2c1b8fN0yq4vVxkY0uV5rQ',
  myOrders: async () => ({
    orders: [
      orderOf({ status: 'confirmed', confirmedAt: iso(489) }),
      orderOf({ id: 'sale-0:asha:1', unit: 9, status: 'cancelled' }),
    ],
    totalPurchases: 1,
  }),
  signInAs: nothing,
  signInWithToken: nothing,
};

function stillOf(model: Model, now: number): ShopParts {
  const view = viewOf(model, now);
  const seen = seenOf(view);
  const unchanging = () => nothing;
  return {
    ticker: { get: () => view, subscribe: unchanging },
    stockWatch: { get: () => seen, subscribe: unchanging },
    actions,
  };
}

function runOf(aSecond: number): ShopParts {
  const clock = () => performance.now();
  const sale = saleOf({ quantity: 5000, remaining: 5000, startsAt: iso(0) });
  const store = createStore(
    modelOf({ sale, clock: { offsetMs: Date.now() - clock(), rttMs: 4, source: 'round_trips' } }),
  );
  const stockWatch = watchStock(store, clock);
  let seq = 0;
  setInterval(() => {
    seq += 1;
    const remaining = Math.max(0, 5000 - 3 * seq);
    store.dispatch({ type: 'stock', stock: { saleId: sale.id, remaining, seq }, now: clock() });
  }, 1000 / aSecond);
  return { ticker: createTicker(store, clock), stockWatch, actions };
}

function Index() {
  return (
    <ul className="p-8">
      {pageStates.map((one: PageState) => (
        <li key={one}>
          <a href={`?state=${one}`}>{one}</a>
        </li>
      ))}
    </ul>
  );
}

function varied(model: Model): Model {
  const sku = wanted.get('variants');
  if (sku === null || model.sale === null) return model;
  const hall = wanted.has('gone') ? 0 : 412;
  const left = model.sale.remaining === model.sale.quantity ? [500, 500] : [hall, 230];
  const sale = withVariants(model.sale, model.sale.remaining === 0 ? [0, 0] : left);
  const [first] = sale.variants ?? [];
  if (wanted.has('many') && first !== undefined) {
    sale.variants = Array.from({ length: 20 }, (_, index) => {
      return { ...first, sku: `s${index}`, name: `EU ${30 + index}`, remaining: index % 4 };
    });
  }
  return {
    ...{ ...model, sale, choice: { saleId: sale.id, sku } },
    orders: model.orders.map((order) => ({ ...order, variant: 'hall' })),
    attempt: model.attempt && { ...model.attempt, variant: 'hall' },
  };
}

function shopOf(): ShopParts | null {
  if (wanted.has('run')) {
    return runOf(Number(wanted.get('run')));
  }
  if (state === null) {
    return null;
  }
  const { now } = everyState[state];
  const model = varied(everyState[state].model);
  return stillOf(wanted.has('spectator') || wanted.has('board') ? { ...model, customer: null } : model, now);
}

const root = document.getElementById('root');
if (root !== null) {
  const shop = shopOf();
  const language = await loadLanguage(tagFor(wanted.get('lang'), navigator.languages), navigator.languages);
  createRoot(root).render(
    <LanguageRoot first={language} storage={memoryStorage()}>
      {shop === null ? (
        <Index />
      ) : (
        <ShopContext value={shop}>
          {wanted.has('board') ? <BoardPage recentUnits={recentUnitsOf(shop.ticker.get())} /> : <ShopPage />}
        </ShopContext>
      )}
    </LanguageRoot>,
  );
}
