import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { ClaimsObserver } from './orders/keep-claims.ts';
import type { ClaimRepairs } from './sale/ports.ts';

interface Dependencies {
  metrics: Metrics;
  logger: Logger;
  repairs: ClaimRepairs;
  fault: ClaimsObserver['fault'];
  /** A claim of that sale was brought back or taken back, and it has been noted. */
  onRepair: (saleId: string) => void;
}

/** What is counted, logged and noted of a claim's way to an order. */
export function observeClaims({ metrics, logger, repairs, fault, onRepair }: Dependencies): ClaimsObserver {
  const noteRepair = (...[claim, outcome]: Parameters<ClaimRepairs['add']>) =>
    void repairs
      .add(claim, outcome)
      .then(() => onRepair(claim.saleId))
      .catch(fault('repairs'));
  return {
    fault,
    onSettled: (outcome, claim, at) => {
      metrics.settled.inc({ outcome });
      if (claim !== null) metrics.confirmSeconds.observe(Math.max(0, at - claim.claimedAt) / 1000);
      if (outcome !== 'stored' && outcome !== 'stored_before')
        logger.warn({ outcome, claim }, 'an outbox entry was no plain order');
      if (outcome === 'revoked' && claim !== null) noteRepair(claim, outcome);
    },
    onRestore: (outcome, claim) => {
      metrics.restores.inc({ outcome });
      if (outcome !== 'known') logger.warn({ outcome, claim }, 'a claim was presented');
      if (outcome === 'restored' || outcome === 'revoked') noteRepair(claim, outcome);
    },
    onRecovery: (outcome) => {
      metrics.recoveries.inc({ outcome: outcome.code });
      logger.info(outcome, 'recovery');
    },
  };
}
