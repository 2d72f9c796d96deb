import { setTimeout as delay } from 'node:timers/promises';
import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Audit } from '../sale/ports.ts';
import type { ClaimRepairs } from '../sale/store-ports.ts';
import { asCheck, type Finding, inBoth } from './audit-check.ts';
import { type Look, type LookDependencies, look } from './audit-look.ts';

/** Pauses before violations are checked again. A step of the sale takes less time than all of them together. */
const againAfterMs = [200, 800, 1_000, 2_000];
/** If nothing has changed for this long, no step is under way. */
const quietMs = 1_000;

interface Dependencies extends LookDependencies {
  repairs: Pick<ClaimRepairs, 'countsOf'>;
}

/**
 * Recomputes the invariants of a sale from what the two stores hold; trusts no counter. The sale may go on meanwhile: an invariant is
 * broken when the same rows violate it in every pass.
 */
export function createAudit(deps: Dependencies, pause: (ms: number) => Promise<unknown> = delay): Audit {
  return async (saleId) => {
    let latest = await look(deps, saleId);
    if (latest === null) return null;
    let found: Finding[] = latest.findings;
    let movedAt = performance.now();
    for (const ms of againAfterMs) {
      if (found.every(({ rows }) => rows.length === 0)) break;
      await pause(ms);
      const next = await look(deps, saleId);
      if (next === null) return null;
      found = inBoth(found, next.findings);
      if (stateOf(next) !== stateOf(latest)) movedAt = performance.now();
      latest = next;
      if (performance.now() - movedAt >= quietMs) break;
    }
    const { ledger, seal, epoch, quantity, variants, holds, standing, notChecked } = latest;
    const inMongo = standing + (holds?.open ?? 0);
    const held = ledger?.live ? ledger : null;
    const checks = found.map(asCheck);
    return {
      saleId,
      clean: checks.every((each) => each.holds),
      quantity,
      orders: standing,
      claims: held?.holders.length ?? inMongo,
      remaining: held?.remaining ?? quantity - inMongo,
      ...(variants && { variants }),
      ...(holds && { holds }),
      outbox: ledger?.waiting.length ?? 0,
      poisoned: ledger?.deadLetters ?? 0,
      recoveries: Math.max(0, epoch - 1),
      ...(await deps.repairs.countsOf(saleId)),
      seal: seal && { version: seal.version, root: seal.root, size: seal.size },
      checks,
      notChecked,
    } satisfies AuditReport;
  };
}

function stateOf({ epoch, quantity, standing, holds, ledger }: Look): string {
  return JSON.stringify([
    epoch,
    quantity,
    standing,
    holds,
    ledger?.seq,
    ledger?.live,
    ledger?.waiting.length,
  ]);
}
