import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { otherwiseMeant } from './whole-number.ts';

/** For a number that can be read in two ways, the question which one is meant; null where there is only one reading. */
export function useAskedNumber(): (text: string) => string | null {
  const words = useConsoleTexts().setup;
  const { formats } = useLanguage();
  return (text) => {
    const meant = otherwiseMeant(text, formats.locales);
    return meant === null ? null : words.twoReadings(formats.number(meant), String(meant));
  };
}
