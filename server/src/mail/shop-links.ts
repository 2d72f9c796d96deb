import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { link, type Part } from './mail-page.ts';

interface LinkWords extends Record<keyof ShopShown['links'], string> {
  contact: string;
}

const english: LinkWords = {
  imprint: 'Legal notice',
  terms: 'Terms and conditions',
  privacy: 'Privacy',
  returns: 'Returns',
  contact: 'Contact',
};
const words: Readonly<Record<string, LinkWords>> = {
  en: english,
  de: {
    imprint: 'Impressum',
    terms: 'AGB',
    privacy: 'Datenschutz',
    returns: 'Widerruf und Rückgabe',
    contact: 'Kontakt',
  },
  hi: {
    imprint: 'प्रकाशक की जानकारी',
    terms: 'नियम और शर्तें',
    privacy: 'गोपनीयता',
    returns: 'वापसी',
    contact: 'संपर्क',
  },
  ar: {
    imprint: 'بيانات الناشر',
    terms: 'الشروط والأحكام',
    privacy: 'الخصوصية',
    returns: 'الإرجاع',
    contact: 'اتصل بنا',
  },
};

/** At the foot of each mail: whom to ask, and the pages that the law asks for. Nothing where the owner has set none. */
export function shopLinks(
  { links, contact }: Pick<ShopShown, 'links' | 'contact'>,
  language: string,
): Part[] {
  const named = words[language] ?? english;
  const addresses = {
    ...links,
    contact: contact.link ?? (contact.email === null ? null : `mailto:${contact.email}`),
  };
  const pages = (['contact', 'imprint', 'terms', 'privacy', 'returns'] as const).flatMap((name) => {
    const address = addresses[name];
    return address === null ? [] : [{ name: named[name], address }];
  });
  if (pages.length === 0) return [];
  return [
    {
      text: pages.map(({ name, address }) => `${name}: ${address.replace(/^mailto:/, '')}`).join('\n'),
      html: `<p>${pages.map(({ name, address }) => link(name, address)).join(' · ')}</p>`,
    },
  ];
}
