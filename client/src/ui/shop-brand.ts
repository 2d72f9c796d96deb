import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { createContext, useContext } from 'react';
import { useLanguage } from '../text/language.ts';

/** What the shop says about itself; null where its owner has set nothing. */
export const BrandContext = createContext<ShopShown | null>(null);

export function useBrand(): ShopShown | null {
  return useContext(BrandContext);
}

export function useShopName(): string {
  const { texts } = useLanguage();
  return useBrand()?.name ?? texts.brand;
}

/** As it came with the page. */
export function embeddedBrand(): ShopShown | null {
  return JSON.parse(document.getElementById('shop')?.textContent ?? 'null');
}
