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
const reported = /^\/sales\/([^/]+)\/report$/.exec(location.pathname)?.[1];
const wanted = navigator.languages;
const language = loadLanguage(tagFor(storage.read(languageKey), wanted), wanted);

// Not awaited at the top of this module: the parts that are loaded import from it, and would wait for it in turn.
void (reported === undefined ? liveSale() : report(reported)).then(async (page) => {
  createRoot(root).render(
    <StrictMode>
      <LanguageRoot first={await language} storage={storage}>
        {page}
      </LanguageRoot>
    </StrictMode>,
  );
});

/** Whichever page it is: the sale is asked for while the texts, and the board's own code, are still on their way. */
async function liveSale() {
  const shop = openShop(storage, isBoard ? 'spectator' : 'customer');
  const Page = isBoard ? (await import('./board/BoardPage.tsx')).BoardPage : ShopPage;
  return (
    <ShopContext value={shop}>
      <Page />
    </ShopContext>
  );
}

/** Of a sale that is over, as a rule: nobody keeps a connection to look at it. */
async function report(saleId: string) {
  const { ReportPage } = await import('./report/ReportPage.tsx');
  return <ReportPage saleId={saleId} />;
}
