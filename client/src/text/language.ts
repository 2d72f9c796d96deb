import { createContext, useContext } from 'react';
import { english, type Texts } from './english.ts';
import { createFormats, type Formats } from './formats.ts';
import { isLanguageTag, type LanguageTag, languages } from './languages.ts';

export interface Language {
  /** BCP 47, for `lang`. */
  tag: LanguageTag;
  direction: 'ltr' | 'rtl';
  texts: Texts;
  formats: Formats;
}

/** The first wanted language that there is a catalogue for; what the visitor chose on the page comes before all others. */
export function tagFor(chosen: string | null, wanted: readonly string[]): LanguageTag {
  const bases = [chosen, ...wanted.map(baseOf)];
  return bases.find(isLanguageTag) ?? 'en';
}

/** Numbers and dates as in the visitor's own region, where they named one of this language. */
export function localesFor(tag: LanguageTag, wanted: readonly string[]): string[] {
  const regions = wanted.filter((one) => baseOf(one) === tag);
  return [...regions, tag];
}

export async function loadLanguage(tag: LanguageTag, wanted: readonly string[]): Promise<Language> {
  try {
    const texts = await languages[tag].load();
    const { direction } = languages[tag];
    return { tag, direction, texts, formats: createFormats(localesFor(tag, wanted), direction) };
  } catch {
    return englishFor(wanted);
  }
}

export function englishFor(wanted: readonly string[]): Language {
  return { tag: 'en', direction: 'ltr', texts: english, formats: createFormats(localesFor('en', wanted)) };
}

function baseOf(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

export interface LanguageChoice {
  language: Language;
  choose: (tag: LanguageTag) => void;
}

export const LanguageContext = createContext<LanguageChoice>({
  language: englishFor(['en']),
  choose: () => undefined,
});

export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}
