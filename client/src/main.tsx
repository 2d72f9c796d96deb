import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type OpenShop, openShop } from './sale/open-shop.ts';
import { ShopPage } from './sale/parts/ShopPage.tsx';
import { deviceStorage } from './sale/storage.ts';
import type { Visitor } from './sale/token.ts';
import { ShopContext } from './sale/use-view.ts';
import './styles.css';
import { LanguageRoot, languageKey } from './text/LanguageRoot.tsx';
import { loadLanguage, tagFor } from './text/language.ts';
import type { LanguageTag } from './text/languages.ts';

interface Page {
  visitor: Visitor;
  /** The page's own code and texts, where they are not part of the first load. */
  load(shop: OpenShop, tag: LanguageTag): Promise<ReactNode>;
}

const shopPage: Page = { visitor: 'customer', load: async () => <ShopPage /> };
const otherPages: Record<string, Page> = {
  '/board': {
    visitor: 'spectator',
    load: async () => {
      const { BoardPage } = await import('./board/BoardPage.tsx');
      return <BoardPage />;
    },
  },
  '/console': {
    visitor: 'operator',
    load: async (shop, tag) => (await import('./console/open-console.tsx')).openConsole(shop, tag),
  },
};

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
const storage = deviceStorage;
const page = otherPages[location.pathname] ?? shopPage;
// Whichever page it is: the sale is asked for while the texts, and the page's own code, are still on their way.
const shop = openShop(storage, page.visitor);
const wanted = navigator.languages;
const tag = tagFor(storage.read(languageKey), wanted);
// Not awaited at the top of this module: the parts that are loaded import from it, and would wait for it in turn.
void Promise.all([loadLanguage(tag, wanted), page.load(shop, tag)]).then(([language, content]) => {
  createRoot(root).render(
    <StrictMode>
      <LanguageRoot first={language} storage={storage}>
        <ShopContext value={shop}>{content}</ShopContext>
      </LanguageRoot>
    </StrictMode>,
  );
});
