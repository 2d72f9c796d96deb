import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openShop } from './sale/open-shop.ts';
import { ShopPage } from './sale/parts/ShopPage.tsx';
import { deviceStorage } from './sale/storage.ts';
import { ShopContext } from './sale/use-view.ts';
import './styles.css';
import { LanguageRoot, languageKey } from './text/LanguageRoot.tsx';
import { loadLanguage, tagFor } from './text/language.ts';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
const storage = deviceStorage;
const isBoard = location.pathname === '/board';
// Whichever page it is: the sale is asked for while the texts, and the board's own code, are still on their way.
const shop = openShop(storage, isBoard ? 'spectator' : 'customer');
const wanted = navigator.languages;
// Not awaited at the top of this module: the parts that are loaded import from it, and would wait for it in turn.
void Promise.all([
  loadLanguage(tagFor(storage.read(languageKey), wanted), wanted),
  isBoard ? import('./board/BoardPage.tsx').then((module) => module.BoardPage) : ShopPage,
]).then(([language, Page]) => {
  createRoot(root).render(
    <StrictMode>
      <LanguageRoot first={language} storage={storage}>
        <ShopContext value={shop}>
          <Page />
        </ShopContext>
      </LanguageRoot>
    </StrictMode>,
  );
});
