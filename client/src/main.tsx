import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ShopPage } from './shop/components/ShopPage.tsx';
import { loadVariantPicker } from './shop/components/Variants.tsx';
import type { Visitor } from './shop/device/token.ts';
import { takeEmbedded } from './shop/live/embedded-sale.ts';
import { type OpenShop, openShop } from './shop/open-shop.ts';
import { ShopContext } from './shop/use-view.ts';
import { deviceStorage } from './storage.ts';
import './styles.css';
import { LanguageRoot, languageKey } from './text/LanguageRoot.tsx';
import { loadLanguage, tagFor } from './text/language.ts';
import type { LanguageTag } from './text/languages.ts';
import { DrawAgain } from './ui/DrawAgain.tsx';
import { DrawFailed } from './ui/DrawFailed.tsx';
import { markPointer } from './ui/mark-pointer.ts';
import { keepServed } from './ui/Served.tsx';
import { BrandContext, embeddedBrand } from './ui/shop-brand.ts';

// The script has loaded, so the notice for a missing script is removed.
document.getElementById('unloaded')?.remove();

interface Page {
  /** The page's own code and texts, where they are not part of the first load. */
  load(tag: LanguageTag): Promise<ReactNode>;
}

interface LiveContent {
  load(shop: OpenShop, tag: LanguageTag): Promise<ReactNode>;
}

const storage = deviceStorage;

/** A page of the current sale, which is requested while the texts and the page's code are still loading. */
function livePage(visitor: Visitor, load: LiveContent['load']): Page {
  return {
    async load(tag) {
      const embedded = takeEmbedded();
      if (embedded?.transports.includes('polling')) await import('./shop/live/polling.ts');
      const shop = openShop(storage, visitor, embedded);
      return <ShopContext value={shop}>{await load(shop, tag)}</ShopContext>;
    },
  };
}

const pages: Record<string, Page> = {
  '/': livePage('customer', async (shop) => {
    if (shop.ticker.get().model.sale?.variants !== undefined) await loadVariantPicker();
    return <ShopPage />;
  }),
  '/order': livePage('customer', async () => {
    const { OrderPage } = await import('./order/OrderPage.tsx');
    return <OrderPage />;
  }),
  '/board': livePage('spectator', async (shop) => (await import('./board/open-board.tsx')).openBoard(shop)),
  '/console': livePage('operator', async (shop, tag) =>
    (await import('./console/open-console.tsx')).openConsole(shop, tag),
  ),
};

/** The report is usually of a sale that is over: it needs no connection. */
function reportPage(path: string): Page | undefined {
  const saleId = /^\/sales\/([^/]+)\/report$/.exec(path)?.[1];
  if (saleId === undefined) return undefined;
  return {
    async load() {
      const { ReportPage } = await import('./report/ReportPage.tsx');
      return <ReportPage saleId={saleId} />;
    },
  };
}

/** A sign-in that did not work: the server says why, in the page itself. */
function signInPage(path: string): Page | undefined {
  if (!path.startsWith('/auth/')) return undefined;
  return {
    async load() {
      const failure = takeEmbedded()?.signInFailure;
      if (failure === undefined) return notFoundPage.load(tag);
      const { SignInFailedPage } = await import('./not-found/SignInFailedPage.tsx');
      return <SignInFailedPage failure={failure} />;
    },
  };
}

/** A mistyped address; the server has said so by its status too. */
const notFoundPage: Page = {
  async load() {
    const { NotFoundPage } = await import('./not-found/NotFoundPage.tsx');
    return <NotFoundPage />;
  },
};

const root = document.getElementById('root');
if (root === null) {
  throw new Error('no #root');
}
markPointer(document);
keepServed();
const { pathname } = location;
const page = pages[pathname] ?? reportPage(pathname) ?? signInPage(pathname) ?? notFoundPage;
const wanted = navigator.languages;
const asked = new URLSearchParams(location.search).get('lang');
const tag = tagFor(asked ?? storage.read(languageKey), wanted);
const drawn = createRoot(root);
// Not awaited at the top of this module: the parts that are loaded import from it, and would wait for it in turn.
void Promise.all([loadLanguage(tag, wanted), page.load(tag).catch(loadFailed)]).then(
  ([language, content]) => {
    drawn.render(
      <StrictMode>
        <BrandContext value={embeddedBrand()}>
          <LanguageRoot first={language} storage={storage}>
            <DrawAgain otherwise={<DrawFailed />}>{content}</DrawAgain>
          </LanguageRoot>
        </BrandContext>
      </StrictMode>,
    );
  },
);

/** A part of the page could not be fetched: the network failed, or the shop has another version by now. */
function loadFailed(error: unknown): ReactNode {
  console.error(error);
  return <DrawFailed />;
}
