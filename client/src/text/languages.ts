import { english, type Texts } from './english.ts';

export type LanguageTag = 'en' | 'hi' | 'de' | 'ar';

interface Catalogue {
  /** The name in the language itself, so that its speakers find it. */
  name: string;
  direction: 'ltr' | 'rtl';
  load: () => Promise<Texts>;
}

/** English is part of the bundle: it is also shown if another catalogue cannot be loaded. The others are loaded on demand. */
export const languages: Record<LanguageTag, Catalogue> = {
  en: { name: 'English', direction: 'ltr', load: async () => english },
  hi: { name: 'हिन्दी', direction: 'ltr', load: async () => (await import('./hindi.ts')).hindi },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./german.ts')).german },
  ar: { name: 'العربية', direction: 'rtl', load: async () => (await import('./arabic.ts')).arabic },
};

export const languageTags = Object.keys(languages) as LanguageTag[];

export function isLanguageTag(tag: string | null): tag is LanguageTag {
  return tag !== null && Object.hasOwn(languages, tag);
}
