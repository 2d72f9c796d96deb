import { createRoot } from 'react-dom/client';
import { type PageState, pageStates } from '../src/sale/derive-state.ts';
import { ShopPage } from '../src/sale/parts/ShopPage.tsx';
import '../src/styles.css';
import { chooseLanguage, LanguageContext } from '../src/text/language.ts';
import { everyState } from '../test/_support/every-state.ts';

/*
 * For looking at one state without a server: /dev/gallery.html?state=lost, and &spectator for a visitor who is not signed in.
 * Not part of the production build, which starts at index.html only.
 */

const wanted = new URLSearchParams(location.search);
const state = pageStates.find((one) => one === wanted.get('state')) ?? null;
const nothing = () => {};
const actions = {
  buy: nothing,
  askSignIn: nothing,
  closeSignIn: nothing,
  signOut: nothing,
  signIn: async () => ({ ok: false, code: 'elsewhere' }) as const,
};

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

function One(props: { state: PageState }) {
  const { model, now } = everyState[props.state];
  const shown = wanted.has('spectator') ? { ...model, customer: null } : model;
  return <ShopPage model={shown} now={now} actions={actions} />;
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <LanguageContext value={chooseLanguage(navigator.languages)}>
      {state === null ? <Index /> : <One state={state} />}
    </LanguageContext>,
  );
}
