export interface LabelFigures {
  label: string;
  count: number;
  failed: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export interface JmeterResults {
  labels: LabelFigures[];
  failed: number;
  /** Why samples failed: label and code → how many. */
  failures: Record<string, number>;
  /** Customers with a final answer to their buy. */
  answered: number;
}

const columns = ['elapsed', 'label', 'responseCode', 'success'] as const;

/** The results file of JMeter, tab-separated with a heading, by label; throws when it is no such file. */
export function readResults(text: string): JmeterResults {
  const [heading = '', ...rows] = text.split('\n').filter((line) => line !== '');
  const names = heading.split('\t');
  const at = Object.fromEntries(columns.map((name) => [name, names.indexOf(name)])) as Record<
    (typeof columns)[number],
    number
  >;
  const missing = columns.filter((name) => at[name] < 0);
  if (missing.length > 0) throw new Error(`JMeter’s results have no column ${missing.join(', ')}.`);

  const timesOf = new Map<string, { times: number[]; failed: number }>();
  const failures: Record<string, number> = {};
  for (const row of rows) {
    const cells = row.split('\t');
    const label = cells[at.label] ?? '';
    const known = timesOf.get(label) ?? { times: [], failed: 0 };
    timesOf.set(label, known);
    known.times.push(Number(cells[at.elapsed]));
    if (cells[at.success] === 'true') continue;
    known.failed++;
    const reason = `${label}: ${cells[at.responseCode]}`;
    failures[reason] = (failures[reason] ?? 0) + 1;
  }
  const labels = [...timesOf].map(([label, { times, failed }]) => figures(label, times, failed));
  labels.sort((a, b) => a.label.localeCompare(b.label));
  return {
    labels,
    failed: labels.reduce((total, { failed }) => total + failed, 0),
    failures,
    answered: labels.filter(({ label }) => isAnswer(label)).reduce((total, { count }) => total + count, 0),
  };
}

/** The labels that the scripts beside this give to a final answer. */
function isAnswer(label: string): boolean {
  return label.startsWith('answer: ') || label.startsWith('POST /buy: ');
}

function figures(label: string, times: number[], failed: number): LabelFigures {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { label, count: times.length, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: times.at(-1) ?? 0 };
}

/** A table for a person at a terminal. */
export function describeResults({ labels, failures }: JmeterResults): string {
  const row = (title: string, cells: (string | number)[]) =>
    `  ${title.padEnd(36)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
  return [
    row('milliseconds', ['count', 'failed', 'p50', 'p99', 'max']),
    ...labels.map(({ label, count, failed, p50Ms, p99Ms, maxMs }) =>
      row(label, [count, failed, p50Ms, p99Ms, maxMs]),
    ),
    ...Object.entries(failures).map(([reason, count]) => `  failed ${count} × ${reason}`),
    '',
  ].join('\n');
}
