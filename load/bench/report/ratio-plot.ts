import type { Row } from './row.ts';
import { escaped } from './svg.ts';

const width = 760;
const rowHeight = 30;
const left = 330;
const right = 60;
const top = 60;
const ratioMax = 1.5;

/** What we need for each unit of work, as a share of what the baseline needs: one bar for each goal that is an upper bound on that. */
export function ratioPlotSvg(rows: readonly Row[]): string | null {
  const bars = rows.flatMap((row) => {
    const goal = Number(/^≤ ([\d.]+) × baseline$/.exec(row.goal)?.[1]);
    return row.ratio === null || !(goal > 0) ? [] : [{ row, goal, ratio: row.ratio }];
  });
  if (bars.length === 0) return null;
  const height = top + bars.length * rowHeight + 20;
  const xOf = (ratio: number) => left + (Math.min(ratio, ratioMax) / ratioMax) * (width - left - right);
  const end = height - 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ratios to the baseline, with the goals">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600;font-size:14px}.g{stroke:#57606a;stroke-dasharray:3 3}',
    '.m{fill:#0072b2}.n{fill:#d55e00}.k{stroke:#1f2328;stroke-width:2}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#8b949e}.m{fill:#56b4e9}.n{fill:#e69f00}.k{stroke:#e6edf3}}</style>',
    '<text class="t" x="16" y="22">What it takes, as a share of what the baseline takes</text>',
    '<text x="16" y="42">Dashed: the baseline. Mark: the goal. Orange: goal not met.</text>',
    `<line class="g" x1="${xOf(1)}" x2="${xOf(1)}" y1="${top - 8}" y2="${end}"/>`,
    ...bars.map(({ row, goal, ratio }, i) => {
      const y = top + i * rowHeight;
      const name = `${row.path}: ${row.figure.replace(/,? s per.*| \(.*/, '')} / ${row.baseline?.name ?? ''}`;
      return [
        `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${row.met === true ? 'm' : 'n'}" x="${left}" y="${y}" width="${(xOf(ratio) - left).toFixed(1)}" height="18" rx="2"/>`,
        `<line class="k" x1="${xOf(goal)}" x2="${xOf(goal)}" y1="${y - 3}" y2="${y + 21}"/>`,
        `<text x="${xOf(Math.max(ratio, goal)) + 8}" y="${y + 14}">${ratio.toFixed(2)}</text>`,
      ].join('');
    }),
    '</svg>',
    '',
  ].join('\n');
}
