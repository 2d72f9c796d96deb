import type { ConsoleTexts } from '../text/english.ts';

/** A line in words: its value now, its minimum and its maximum. */
export function summaryOf(
  name: string,
  column: readonly (number | null)[],
  format: (value: number) => string,
  words: Pick<ConsoleTexts['watch'], 'summary' | 'nothing'>,
): string {
  const known = column.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return `${name}: ${words.nothing}`;
  const least = known.reduce((a, b) => Math.min(a, b));
  const most = known.reduce((a, b) => Math.max(a, b));
  return words.summary(name, format(last), format(least), format(most));
}

/** At most this many of them, evenly spread, with the newest among them. */
export function spreadOver(length: number, countMax: number): number[] {
  const step = Math.max(1, Math.ceil(length / countMax));
  const indices: number[] = [];
  for (let index = length - 1; index >= 0; index -= step) indices.push(index);
  return indices;
}
