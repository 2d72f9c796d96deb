import { type ConsoleTexts, english } from './english.ts';

export const arabic: ConsoleTexts = english;
