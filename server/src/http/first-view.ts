import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { languageOf } from './page-language.ts';

/** The shop page before its script has loaded. */
export interface RenderedView {
  language: string;
  direction: string;
  title: string;
  /** For what a link to the page shows elsewhere, in the page's language; null without a sale. */
  share: { price: string; state: string; description: string } | null;
  html: string;
  css: string;
}

/** Made by the build from the page's own parts: client/src/first-view/render.tsx. */
export interface FirstViewModule {
  renderFirstView(
    sale: Sale | null,
    languages: readonly string[],
    timeZone: string,
    isPreview: boolean,
    shop: ShopShown,
  ): RenderedView;
  /** What a mistyped address shows. */
  renderNotFound(language: string, timeZone: string, shop: ShopShown): RenderedView;
  /** Keeps a countdown in the view going. */
  tickScript: string;
}

/** A view is rendered again after this, however many requests there are; the page itself draws counts as often. */
const keptMs = 250;
/** Rendering one takes about a millisecond. Beyond this many in a second, visitors get the page without it. */
const drawnPerSecondMax = 40;
const languagesMax = 10;

/** Null if the build has made none. */
export async function loadFirstView(clientDir: string): Promise<FirstViewModule | null> {
  try {
    return await import(pathToFileURL(join(clientDir, 'first-view.mjs')).href);
  } catch {
    return null;
  }
}

interface Kept {
  view: RenderedView;
  sale: Sale | null;
  shop: ShopShown;
  drawnAt: number;
}

interface Dependencies {
  module: FirstViewModule;
  timeZone: string;
  /** Of sales that are not on the page yet. */
  isPreview: boolean;
  shop: () => ShopShown;
  /** Monotonic, ms. */
  now: () => number;
  onError: (error: unknown) => void;
}

/** The current views, one for each requested language. */
export class FirstViews {
  readonly #deps: Dependencies;
  readonly #kept = new Map<string, Kept>();
  /** By language, for one version of the settings. */
  #notFound: { shop: ShopShown; views: Map<string, RenderedView> } | null = null;
  #second = 0;
  #drawn = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Null: the page is sent without a view. */
  of(sale: Sale | null, acceptLanguage: string | undefined): RenderedView | null {
    const now = this.#deps.now();
    const languages = languagesOf(acceptLanguage);
    const key = languages.join();
    const shop = this.#deps.shop();
    const known = this.#kept.get(key);
    const isFresh = known !== undefined && now - known.drawnAt < keptMs && known.shop === shop;
    if (isFresh && sameTerms(known.sale, sale)) return known.view;
    if (!this.#mayDraw(now)) return null;
    try {
      const view = this.#deps.module.renderFirstView(
        sale,
        languages,
        this.#deps.timeZone,
        this.#deps.isPreview,
        shop,
      );
      if (this.#kept.size >= drawnPerSecondMax) this.#kept.clear();
      this.#kept.set(key, { view, sale, shop, drawnAt: now });
      return view;
    } catch (error) {
      this.#deps.onError(error);
      return null;
    }
  }

  /** For a mistyped address; null: the page is sent without a view. */
  notFound(acceptLanguage: string | undefined): RenderedView | null {
    const { module, timeZone, onError } = this.#deps;
    const shop = this.#deps.shop();
    if (this.#notFound?.shop !== shop) this.#notFound = { shop, views: new Map() };
    const { views } = this.#notFound;
    const language = languageOf(acceptLanguage);
    const known = views.get(language);
    if (known !== undefined) return known;
    try {
      const view = module.renderNotFound(language, timeZone, shop);
      views.set(language, view);
      return view;
    } catch (error) {
      onError(error);
      return null;
    }
  }

  #mayDraw(now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) [this.#second, this.#drawn] = [second, 0];
    this.#drawn += 1;
    return this.#drawn <= drawnPerSecondMax;
  }
}

/** Only the count may be slightly old. */
function sameTerms(a: Sale | null, b: Sale | null): boolean {
  return (
    a?.id === b?.id && a?.version === b?.version && a?.status === b?.status && a?.available === b?.available
  );
}

/** In the visitor's order of preference. */
function languagesOf(acceptLanguage: string | undefined): string[] {
  const listed = (acceptLanguage ?? '').slice(0, 400).split(',', languagesMax);
  const tags = listed.map((one) => /^\s*([a-z]{2,3}(?:-[A-Z]{2})?)\s*(?:;|$)/.exec(one)?.[1]);
  return tags.filter((tag) => tag !== undefined);
}
