import { type Mode, paletteOf } from '@flipzon/protocol/colours.ts';
import { noSettings, type ShopShown } from '@flipzon/protocol/settings.ts';
import { dataBlock } from './escape.ts';

/** The part of the shop's settings that every page has. */
export interface PageBrand {
  /** Null: the built-in one. */
  name: string | null;
  /** For the page's script. */
  data: string;
  /** The shop's colours; empty where it has none. */
  css: string;
}

/** Made once for all pages that are sent before the settings change. */
export function createPageBrand(shown: () => ShopShown): () => PageBrand {
  let made: { of: ShopShown; brand: PageBrand } | null = null;
  return () => {
    const of = shown();
    if (made?.of !== of) made = { of, brand: brandOf(of) };
    return made.brand;
  };
}

function brandOf(shop: ShopShown): PageBrand {
  return {
    name: shop.name,
    data: shop === noSettings ? '' : `<script type="application/json" id="shop">${dataBlock(shop)}</script>`,
    css: cssOf(shop),
  };
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
