import { createContext, useContext } from 'react';
import type { LanguageTag } from '../../text/languages.ts';
import { type ConsoleTexts, english } from './english.ts';

const catalogues: Record<LanguageTag, () => Promise<ConsoleTexts>> = {
  en: async () => english,
  hi: async () => (await import('./hindi.ts')).hindi,
  de: async () => (await import('./german.ts')).german,
  ar: async () => (await import('./arabic.ts')).arabic,
};

/** English if another catalogue cannot be loaded. */
export async function loadConsoleTexts(tag: LanguageTag): Promise<ConsoleTexts> {
  try {
    return await catalogues[tag]();
  } catch {
    return english;
  }
}

export const ConsoleTextsContext = createContext<ConsoleTexts>(english);

export function useConsoleTexts(): ConsoleTexts {
  return useContext(ConsoleTextsContext);
}
