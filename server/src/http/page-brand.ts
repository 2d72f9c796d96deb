import { type Mode, paletteOf } from '@flipzon/protocol/colours.ts';
import { noSettings, type ShopShown } from '@flipzon/protocol/settings.ts';
import type { ShopPictures } from '../brand/shop-pictures.ts';
import { dataBlock } from '../shared/escape.ts';

/** The part of the shop's settings that every page has. */
export interface PageBrand {
  /** Null: the built-in one. */
  name: string | null;
  /** For the page's script. */
  data: string;
  /** The shop's colours; empty where it has none. */
  css: string;
  /** Icons, and what a phone needs to keep the shop on its home screen. */
  icons: string;
}

type Icons = Pick<ShopPictures, 'iconAddress'>;

/** Made once for all pages that are sent before the settings change. */
export function createPageBrand(shown: () => ShopShown, pictures: Icons): () => PageBrand {
  let made: { of: ShopShown; brand: PageBrand } | null = null;
  return () => {
    const of = shown();
    if (made?.of !== of) made = { of, brand: brandOf(of, pictures) };
    return made.brand;
  };
}

function brandOf(shop: ShopShown, pictures: Icons): PageBrand {
  return {
    name: shop.name,
    data: shop === noSettings ? '' : `<script type="application/json" id="shop">${dataBlock(shop)}</script>`,
    css: cssOf(shop),
    icons: iconLinks(shop, pictures),
  };
}

function iconLinks({ logo, colours }: ShopShown, pictures: Icons): string {
  const icon =
    logo === null && colours.accent === null
      ? '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
      : `<link rel="icon" href="${pictures.iconAddress('32')}" type="image/png">`;
  return `${icon}<link rel="apple-touch-icon" href="${pictures.iconAddress('180')}"><link rel="manifest" href="/manifest.webmanifest">`;
}

/** `:root:root` is more specific than the stylesheet's `:root`, wherever the stylesheet is. */
function cssOf({ colours }: ShopShown): string {
  const rule = (mode: Mode) => {
    const values = Object.entries(paletteOf(colours, mode)).map(([name, value]) => `${name}:${value}`);
    return values.length === 0 ? '' : `:root:root{${values.join(';')}}`;
  };
  const dark = rule('dark');
  return dark === '' ? '' : `${rule('light')}@media (prefers-color-scheme:dark){${dark}}`;
}
