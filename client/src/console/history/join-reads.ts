import type { SeriesRead } from './tiered-series.ts';

/** Several series over the seconds that any of them has; a column is empty where only other series have values. */
export function joinReads(reads: readonly SeriesRead[]): SeriesRead {
  const seconds = [...new Set(reads.flatMap((read) => read.seconds))].sort((a, b) => a - b);
  const columns = reads.flatMap((read) => {
    const places = new Map(read.seconds.map((second, index) => [second, index]));
    return read.columns.map((column) =>
      seconds.map((second) => {
        const place = places.get(second);
        return place === undefined ? null : (column[place] ?? null);
      }),
    );
  });
  return { seconds, columns };
}

/** One column of it only. */
export function columnOf(read: SeriesRead, column: number): SeriesRead {
  return { seconds: read.seconds, columns: [read.columns[column] ?? []] };
}
