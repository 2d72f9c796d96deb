import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { shareSize } from '../brand/picture-sizes.ts';
import type { ShopPictures } from '../brand/shop-pictures.ts';
import { structuredData } from '../brand/structured-data.ts';
import { dataBlock, escaped } from '../shared/escape.ts';
import type { FirstViews, RenderedView } from './first-view.ts';
import { languageTags } from './page-language.ts';
import type { ShopHead } from './shop-page.ts';

export interface PageHeadParts {
  publicUrl: () => string;
  shop: () => ShopShown;
  pictures: Pick<ShopPictures, 'shareAddress'>;
}

/** The shop's name where its owner has set none. */
export const builtInName = 'Flipzon';
/** Width of images in the head: large enough for a search engine, and available for every image. */
const imageWidthMax = 960;

/** Made once for each view, which is kept for a moment, and each language that an address names. */
export function createShopHead(parts: PageHeadParts): ShopHead {
  const made = new WeakMap<RenderedView, Map<string | null, string>>();
  return (sale, view, asked) => {
    const heads = made.get(view) ?? new Map<string | null, string>();
    made.set(view, heads);
    const head = heads.get(asked) ?? shopHead(sale, view, asked, parts);
    heads.set(asked, head);
    return head;
  };
}

/** For the shop's page: what a link to it shows elsewhere, and the product for search engines. */
function shopHead(sale: Sale | null, view: RenderedView, asked: string | null, parts: PageHeadParts): string {
  const url = new URL('/', parts.publicUrl()).href;
  const shop = parts.shop();
  const name = shop.name ?? builtInName;
  const here = asked === null ? url : inLanguage(url, asked);
  const alternates = languageTags.map(
    (tag) => `<link rel="alternate" hreflang="${tag}" href="${escaped(inLanguage(url, tag))}">`,
  );
  const links = [
    `<link rel="canonical" href="${escaped(here)}">`,
    ...alternates,
    `<link rel="alternate" hreflang="x-default" href="${escaped(url)}">`,
  ];
  if (sale === null || view.share === null) return links.join('');
  const { product } = sale;
  const { description, ...words } = view.share;
  const image = product.images?.[0] ?? null;
  const direction = view.direction === 'rtl' ? ('rtl' as const) : ('ltr' as const);
  const picture = parts.pictures.shareAddress({
    ...words,
    direction,
    shop: name,
    product: product.name,
    image,
  });
  const pictureUrl = new URL(picture, url).href;
  const property = (key: string, value: string) => `<meta property="${key}" content="${escaped(value)}">`;
  const named = (key: string, value: string) => `<meta name="${key}" content="${escaped(value)}">`;
  const images = (product.images ?? []).map(({ id, width, widths }) => {
    const shown = widths.findLast((each) => each <= imageWidthMax) ?? widths[0] ?? width;
    return new URL(`/images/${id}/${shown}.jpeg`, url).href;
  });
  const data = structuredData({ sale, url, shop: name, images: images.length > 0 ? images : [pictureUrl] });
  return [
    ...links,
    named('description', description),
    property('og:type', 'website'),
    property('og:site_name', name),
    property('og:title', view.title),
    property('og:description', description),
    property('og:url', here),
    property('og:locale', view.language),
    property('og:image', pictureUrl),
    property('og:image:type', 'image/jpeg'),
    property('og:image:width', String(shareSize.width)),
    property('og:image:height', String(shareSize.height)),
    property('og:image:alt', `${product.name}, ${words.price}`),
    named('twitter:card', 'summary_large_image'),
    named('twitter:title', view.title),
    named('twitter:description', description),
    named('twitter:image', pictureUrl),
    `<script type="application/ld+json">${dataBlock(data)}</script>`,
  ].join('');
}

/** Gives the pictures of the page in each language their addresses, once for each state of sale and shop, however often it is called. */
export function createNaming(
  current: () => Sale | null,
  views: Pick<FirstViews, 'of'>,
  parts: PageHeadParts,
): () => void {
  let named: { state: string; shop: ShopShown } | null = null;
  return () => {
    const sale = current();
    if (sale === null) return;
    const shop = parts.shop();
    const state = `${sale.id} ${sale.version} ${sale.status}`;
    if (named?.state === state && named.shop === shop) return;
    const drawn = languageTags.map((tag) => views.of(sale, tag));
    for (const view of drawn) if (view !== null) shopHead(sale, view, null, parts);
    if (!drawn.includes(null)) named = { state, shop };
  };
}

function inLanguage(url: string, tag: string): string {
  return `${url}?lang=${tag}`;
}
