import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openShop } from './sale/open-shop.ts';
import { Shop } from './sale/Shop.tsx';
import './styles.css';
import { chooseLanguage, LanguageContext } from './text/language.ts';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language.tag;
document.documentElement.dir = language.direction;
const { ticker, actions } = openShop();

createRoot(root).render(
  <StrictMode>
    <LanguageContext value={language}>
      <Shop ticker={ticker} actions={actions} />
    </LanguageContext>
  </StrictMode>,
);
