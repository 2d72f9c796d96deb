import { type ConsoleTexts, english } from './english.ts';

export const hindi: ConsoleTexts = english;
