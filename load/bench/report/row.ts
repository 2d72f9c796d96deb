import { median } from './statistics.ts';

/** Begins the path of a row that is a point of a curve. */
export const growthPrefix = 'growth: ';

/** One line of the table: a figure of ours beside a baseline’s. */
export interface Row {
  path: string;
  /** What is compared, with its unit. */
  figure: string;
  ours: number;
  baseline: { name: string; value: number } | null;
  /** Ours / baseline. */
  ratio: number | null;
  goal: string;
  /** Null: nothing was promised. */
  met: boolean | null;
  /** The figure of each run. */
  runs: { ours: number[]; baseline: number[] };
  note?: string;
}

export interface Bound {
  text: string;
  holds: (ours: number, ratio: number | null) => boolean;
}

export const noGoal: Bound | null = null;

export function ratioAtMost(max: number): Bound {
  return { text: `≤ ${max} × baseline`, holds: (_, ratio) => ratio !== null && ratio <= max };
}

export function ratioAtLeast(min: number): Bound {
  return { text: `≥ ${min} × baseline`, holds: (_, ratio) => ratio !== null && ratio >= min };
}

export function atMost(max: number, unit = ''): Bound {
  return { text: `≤ ${max}${unit}`, holds: (ours) => ours <= max };
}

export function exactly(value: number): Bound {
  return { text: `${value}`, holds: (ours) => ours === value };
}

/** A row from the figures of several runs: their medians. */
export function rowOf(given: {
  path: string;
  figure: string;
  ours: readonly number[];
  baseline?: { name: string; values: readonly number[] };
  goal: Bound | null;
  note?: string;
}): Row {
  const ours = median(given.ours);
  const baseline =
    given.baseline === undefined ? null : { name: given.baseline.name, value: median(given.baseline.values) };
  const ratio = baseline === null ? null : ours / baseline.value;
  return {
    path: given.path,
    figure: given.figure,
    ours,
    baseline,
    ratio,
    goal: given.goal?.text ?? '',
    met: given.goal === null ? null : given.goal.holds(ours, ratio),
    runs: { ours: [...given.ours], baseline: [...(given.baseline?.values ?? [])] },
    ...(given.note === undefined ? {} : { note: given.note }),
  };
}
