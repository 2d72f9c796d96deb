import { createContext, useContext } from 'react';
import { english, type Texts } from './english.ts';
import { createFormats, type Formats } from './formats.ts';

export interface Language {
  /** BCP 47, for `lang`. */
  tag: string;
  direction: 'ltr' | 'rtl';
  texts: Texts;
  formats: Formats;
}

/** The languages that there are texts in; another one is another entry here. */
const catalogues: Record<string, { direction: 'ltr' | 'rtl'; texts: Texts }> = {
  en: { direction: 'ltr', texts: english },
};

export function chooseLanguage(wanted: readonly string[]): Language {
  const tag = wanted.map((one) => one.split('-')[0] ?? one).find((one) => one in catalogues) ?? 'en';
  const { direction, texts } = catalogues[tag] ?? { direction: 'ltr', texts: english };
  return { tag, direction, texts, formats: createFormats(wanted.length > 0 ? wanted : [tag]) };
}

export const LanguageContext = createContext<Language>(chooseLanguage(['en']));

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
