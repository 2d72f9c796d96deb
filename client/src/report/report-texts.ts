import type { LanguageTag } from '../text/languages.ts';
import { arabic } from './texts/arabic.ts';
import { english, type ReportTexts } from './texts/english.ts';
import { german } from './texts/german.ts';
import { hindi } from './texts/hindi.ts';

/** They come with the report's own code, so that the shop does not carry them. */
export const reportTexts: Record<LanguageTag, ReportTexts> = {
  en: english,
  hi: hindi,
  de: german,
  ar: arabic,
};
