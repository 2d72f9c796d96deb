import type { AuditCheck } from '@flipzon/protocol/audit-schemas.ts';

const offendingMax = 20;

/** What one pass found for an invariant: the rows that violate it. */
export interface Finding {
  invariant: string;
  rows: readonly unknown[];
  figures?: string | undefined;
  /** Identifies a row in the next pass. */
  nameOf: (row: unknown) => string;
}

/** An invariant holds when no row offends against it. */
export function find<Row>(
  invariant: string,
  rows: readonly Row[],
  figures?: string,
  nameOf: (row: Row) => string = (row) => JSON.stringify(row) ?? '',
): Finding {
  return { invariant, rows, figures, nameOf: nameOf as (row: unknown) => string };
}

/**
 * The findings of a later pass, limited to the rows that the earlier pass found too. The stores are read one after the other while the sale goes
 * on, so a single pass may see half of a step. A row that both passes find is a violation.
 */
export function inBoth(earlier: readonly Finding[], later: readonly Finding[]): Finding[] {
  const before = new Map(
    earlier.map(({ invariant, rows, nameOf }) => [invariant, new Set(rows.map(nameOf))]),
  );
  return later.map((finding) => ({
    ...finding,
    rows: finding.rows.filter((row) => before.get(finding.invariant)?.has(finding.nameOf(row))),
  }));
}

export function asCheck({ invariant, rows, figures }: Finding): AuditCheck {
  return {
    invariant,
    holds: rows.length === 0,
    detail: [`${rows.length} offending`, ...(figures === undefined ? [] : [figures])].join(', '),
    offending: rows.slice(0, offendingMax).map((row) => row ?? null),
  };
}
