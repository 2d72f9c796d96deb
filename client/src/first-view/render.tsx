import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { messageTitle } from '../not-found/MessagePage.tsx';
import { NotFoundPage } from '../not-found/NotFoundPage.tsx';
import type { Actions } from '../shop/actions.ts';
import { initialModel, type Model } from '../shop/model/model.ts';
import { type View, viewOf } from '../shop/model/view.ts';
import { saleOffer, salePrice } from '../shop/sale-price.ts';
import { ShopContext, type ShopParts } from '../shop/use-view.ts';
import { createFormats, type Formats } from '../text/formats.ts';
import { type Language, LanguageContext, loadLanguage, localesFor, tagFor } from '../text/language.ts';
import { type LanguageTag, languageTags } from '../text/languages.ts';
import { BrandContext } from '../ui/shop-brand.ts';
import { FirstView } from './FirstView.tsx';
import { tickFirstView } from './tick.ts';

/*
 * The part of the page that runs in the shop's nodes: what the shop looks like before the script is there. The build makes a file of it
 * that needs no package, see vite.config.ts; the nodes load it from there.
 */

export interface RenderedView {
  language: LanguageTag;
  direction: 'ltr' | 'rtl';
  title: string;
  /** For what a link to the page shows elsewhere; null without a sale. */
  share: { price: string; state: string; description: string } | null;
  html: string;
  /** What React would set on elements itself: a content security policy forbids it as an attribute. */
  css: string;
}

/** Ticks the countdown of the first view; the source of a script. */
export const tickScript = `(${tickFirstView.toString()})()`;

const languages = new Map(
  await Promise.all(languageTags.map(async (tag) => [tag, await loadLanguage(tag, [])] as const)),
);

/** `wanted`: the visitor's languages, the preferred one first. */
export function renderFirstView(
  sale: Sale | null,
  wanted: readonly string[],
  timeZone: string,
  isPreview = false,
  shop: ShopShown | null = null,
): RenderedView {
  const tag = tagFor(null, wanted);
  const language = languageOf(tag, wanted, timeZone);
  const model = modelOf(sale);
  const markup = renderToStaticMarkup(
    <LanguageContext value={{ language, choose: nothing }}>
      <BrandContext value={shop}>
        <ShopContext value={partsOf(model)}>
          <FirstView isPreview={isPreview} />
        </ShopContext>
      </BrandContext>
    </LanguageContext>,
  );
  const { brand, pageTitle } = language.texts;
  const name = shop?.name ?? brand;
  return {
    language: tag,
    direction: language.direction,
    title: sale === null ? name : pageTitle(sale.product.name, name),
    share: sale === null ? null : shareOf(sale, tag, timeZone),
    ...withoutStyles(markup),
  };
}

/** What a mistyped address shows. Its links work; the choice of a language comes with the script. */
export function renderNotFound(tag: LanguageTag, timeZone: string, shop: ShopShown | null): RenderedView {
  const language = languageOf(tag, [], timeZone);
  const markup = renderToStaticMarkup(
    <LanguageContext value={{ language, choose: nothing }}>
      <BrandContext value={shop}>
        <fieldset disabled className="contents">
          <NotFoundPage />
        </fieldset>
      </BrandContext>
    </LanguageContext>,
  );
  const { brand, notFound } = language.texts;
  return {
    language: tag,
    direction: language.direction,
    title: messageTitle(notFound.title, shop?.name ?? brand),
    share: null,
    ...withoutStyles(markup),
  };
}

const descriptionShownMax = 160;

/** The same for all visitors of a language, wherever they are, because one picture is drawn from it. */
function shareOf(sale: Sale, tag: LanguageTag, timeZone: string): RenderedView['share'] {
  const language = languageOf(tag, [], timeZone);
  const { texts, formats } = language;
  const { product, status, startsAt } = sale;
  const state =
    status === 'scheduled'
      ? `${texts.eyebrow.scheduled} ${formats.dayTimeAndZone(Date.parse(startsAt))}`
      : texts.eyebrow[status];
  const [about = ''] = (product.description ?? '').split('\n');
  const parts = [saleOffer(sale, language), state, [...about].slice(0, descriptionShownMax).join('')];
  return {
    price: salePrice(sale, language),
    state,
    description: parts.filter((part) => part !== '').join(' · '),
  };
}

/** To make formats takes longer than to draw the view. */
const formatsMax = 50;
const formatsKept = new Map<string, Formats>();

function formatsOf(locales: string[], direction: 'ltr' | 'rtl', timeZone: string): Formats {
  const key = `${locales} ${timeZone}`;
  const known = formatsKept.get(key);
  if (known !== undefined) {
    return known;
  }
  if (formatsKept.size >= formatsMax) {
    formatsKept.clear();
  }
  const made = createFormats(locales, direction, timeZone);
  formatsKept.set(key, made);
  return made;
}

function languageOf(tag: LanguageTag, wanted: readonly string[], timeZone: string): Language {
  const { direction, texts } = languages.get(tag) as Language;
  const formats = formatsOf(localesFor(tag, wanted), direction, timeZone);
  return {
    tag,
    direction,
    // However long the script takes to arrive, no text shown here may become false.
    texts: { ...texts, asOf: () => texts.lastKnown },
    formats,
  };
}

/** By a page that has heard of the sale, and is not connected. */
function modelOf(sale: Sale | null): Model {
  const model = initialModel({ customer: { id: '', token: '' }, online: true, now: 0 });
  if (sale === null) {
    return { ...model, noSale: true };
  }
  const serverMs = Date.parse(sale.serverTime);
  return {
    ...model,
    sale,
    soldOutServerMs: sale.soldOutAt === null ? null : Date.parse(sale.soldOutAt),
    freshAt: 0,
    clock: { offsetMs: serverMs, rttMs: 0, source: 'status' },
  };
}

function partsOf(model: Model): ShopParts {
  const view = viewOf(model, 0);
  // A count that falls is not shown as live before the page hears of it.
  const shown: View = view.phase === 'live' ? { ...view, stale: view.stale ?? 'reconnecting' } : view;
  const stock = { points: [], changes: [] };
  return {
    ticker: { get: () => shown, subscribe: () => nothing },
    stockWatch: { get: () => stock, subscribe: () => nothing },
    actions,
  };
}

function nothing(): void {}

const actions: Actions = {
  buy: nothing,
  choose: nothing,
  askSignIn: nothing,
  closeSignIn: nothing,
  signInAs: nothing,
  signInWithToken: nothing,
  signOut: nothing,
  freezeUpdates: nothing,
  receiptOf: () => null,
  remind: async () => {},
  forgetReminder: nothing,
  myOrders: async () => null,
};

function withoutStyles(markup: string): { html: string; css: string } {
  const rules: string[] = [];
  const html = markup.replace(/ style="([^"]*)"/g, (_, style: string) => {
    rules.push(`[data-style="${rules.length}"]{${style.replaceAll('<', '')}}`);
    return ` data-style="${rules.length - 1}"`;
  });
  return { html, css: rules.join('') };
}
