import { useLanguage } from '../text/language.ts';
import { reportTexts } from './report-texts.ts';
import { shortTime } from './short-time.ts';

/** The report's words in the language of the page. */
export function useWords() {
  const { tag, formats } = useLanguage();
  return { words: reportTexts[tag], formats, time: (ms: number) => shortTime(formats.locales, ms) };
}
