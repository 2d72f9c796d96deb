import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { growthPrefix, type Row } from './row.ts';
import { markdownTable, shown } from './table.ts';

export interface Results {
  startedAt: string;
  machine: string;
  services: string;
  runs: number;
  versions: Record<string, string>;
  rows: Row[];
  /** Files in docs/plots. */
  plots?: string[];
}

const file = new URL('../../../docs/results.md', import.meta.url);
const plotsFolder = new URL('../../../docs/plots/', import.meta.url);
const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

/** Puts the results between the markers of docs/results.md; makes the file, or the markers, where they are missing. */
export async function writeResults(results: Results, plots: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(plotsFolder, { recursive: true });
  for (const [name, svg] of plots) await writeFile(new URL(name, plotsFolder), svg);
  const text = await readFile(file, 'utf8').catch(() => `# Results\n\n${begin}\n${end}\n`);
  await writeFile(file, withResults(text, { ...results, plots: [...plots.keys()] }));
}

export function withResults(text: string, results: Results): string {
  const section = [begin, '', rendered(results), '', end].join('\n');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return `${text.trimEnd()}\n\n${section}\n`;
  return text.slice(0, from) + section + text.slice(to + end.length);
}

const isGrowth = (row: Row) => row.path.startsWith(growthPrefix);

function growthTable(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    (row) => `| ${row.path.slice(growthPrefix.length)} | ${row.figure} | ${shown(row.ours)} |`,
  );
  return ['', '### How cost grows', '', '| size | figure | |', '| --- | --- | --- |', ...lines];
}

function rendered({ startedAt, machine, services, runs, versions, rows, plots = [] }: Results): string {
  const notes = rows
    .filter((row) => row.note !== undefined)
    .map((row) => `- ${row.path}, ${row.figure}: ${row.note}`);
  return [
    '## Beside baselines',
    '',
    `Written by \`npm run bench -- --write\`, ${startedAt}: ${runs === 1 ? 'one run' : `medians of ${runs} runs`}, all targets in turn.`,
    '',
    `- Machine: ${machine}`,
    `- Services: ${services}`,
    ...Object.entries(versions).map(([name, runsOn]) => `- ${name}: ${runsOn}`),
    '',
    markdownTable(rows.filter((row) => !isGrowth(row))),
    ...growthTable(rows.filter(isGrowth)),
    ...plots.flatMap((name) => ['', `![${name.replace(/\.svg$/, '')}](plots/${name})`]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}
