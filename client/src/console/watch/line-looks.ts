/** Lines differ in colour and in dashes, so that colour is not needed to distinguish them; the colours are safe for the colour-blind. */
const colours = ['--chart-1', '--chart-2', '--chart-3', '--chart-4'] as const;
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

export interface LineLook {
  /** A CSS variable, because dark mode has another colour. */
  colour: string;
  dash: readonly number[];
}

export function lineLook(index: number): LineLook {
  const round = Math.floor(index / colours.length);
  return {
    colour: colours[index % colours.length] ?? '--chart-1',
    dash: dashes[(index + round) % dashes.length] ?? [],
  };
}
