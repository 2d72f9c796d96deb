import type { AuditCheck } from '@flipzon/protocol/schemas.ts';

const offendingMax = 20;

/** An invariant holds when no row offends against it. */
export function check(invariant: string, offending: readonly unknown[], figures?: string): AuditCheck {
  return {
    invariant,
    holds: offending.length === 0,
    detail: [`${offending.length} offending`, ...(figures === undefined ? [] : [figures])].join(', '),
    offending: offending.slice(0, offendingMax).map((row) => row ?? null),
  };
}
