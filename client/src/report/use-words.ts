import { useLanguage } from '../text/language.ts';
import { reportTexts } from './report-texts.ts';

/** The report's words in the language of the page. */
export function useWords() {
  const { tag, formats } = useLanguage();
  return { words: reportTexts[tag], formats, time: (ms: number) => formats.duration(ms, 'short') };
}
