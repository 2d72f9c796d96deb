import { unreadableOf } from '@flipzon/protocol/colours.ts';
import { noSettings, type ShopShown, shopShown } from '@flipzon/protocol/settings.ts';

type Part = keyof ShopShown;

/**
 * Settings as MongoDB has them, which a person or another version may have written. A part that no page could show is replaced by the built-in
 * one, and reported: a wrong colour must not remove a shop's legal links.
 */
export function readSettings(stored: unknown): { settings: ShopShown; unusable: Part[] } {
  const given: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const unusable: Part[] = [];
  const part = <Name extends Part>(name: Name): ShopShown[Name] => {
    const read = shopShown.shape[name].safeParse(given[name]);
    if (read.success && isShowable(name, read.data as ShopShown[Name])) return read.data as ShopShown[Name];
    unusable.push(name);
    return noSettings[name];
  };
  const settings: ShopShown = {
    name: part('name'),
    logo: part('logo'),
    colours: part('colours'),
    links: part('links'),
    contact: part('contact'),
    delivery: part('delivery'),
    next: part('next'),
  };
  return { settings, unusable };
}

function isShowable(name: Part, value: ShopShown[Part]): boolean {
  return name !== 'colours' || unreadableOf(value as ShopShown['colours']) === null;
}
