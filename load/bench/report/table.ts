import type { Row } from './row.ts';

const columns = ['path', 'figure', 'ours', 'baseline', 'ratio', 'goal', ''] as const;

/** Three digits that matter, and no exponent. */
export function shown(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3);
}

function cells(row: Row): string[] {
  return [
    row.path,
    row.figure,
    shown(row.ours),
    row.baseline === null ? '' : `${shown(row.baseline.value)} (${row.baseline.name})`,
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.goal,
    row.met === null ? '' : row.met ? 'met' : 'not met',
  ];
}

/** For a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [[...columns], ...rows.map(cells)];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdownTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}
