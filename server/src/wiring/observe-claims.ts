import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ClaimRepairs } from '../sale/store-ports.ts';
import type { FollowBuys } from '../tracing/follow-buys.ts';
import type { ClaimsObserver } from './claim-pipeline.ts';

interface Dependencies {
  metrics: Metrics;
  logger: Logger;
  repairs: ClaimRepairs;
  fault: ClaimsObserver['fault'];
  /** A claim of that sale was brought back or taken back, and it has been noted. */
  onRepair: (saleId: string) => void;
  /** Null if buys are not followed. */
  follow: FollowBuys | null;
}

/** Counts, logs and notes each step from a claim to an order. */
export function observeClaims({
  metrics,
  logger,
  repairs,
  fault,
  follow,
  onRepair,
}: Dependencies): ClaimsObserver {
  const noteRepair = (...[claim, outcome]: Parameters<ClaimRepairs['add']>) =>
    void repairs
      .add(claim, outcome)
      .then(() => onRepair(claim.saleId))
      .catch(fault('repairs'));
  return {
    fault,
    onPersisted: (outcome, claim, at) => {
      metrics.settled.add(outcome);
      if (claim !== null) {
        metrics.confirmTimes.note(Math.max(0, at - claim.claimedAt));
        follow?.settled(outcome, claim, at);
      }
      if (outcome !== 'stored' && outcome !== 'stored_before')
        logger.warn({ outcome, claim }, 'outbox_entry_not_stored');
      if (outcome === 'revoked' && claim !== null) noteRepair(claim, outcome);
    },
    onBatch: (tookMs) => metrics.batchTimes.note(tookMs),
    onSweep: (tookMs) => metrics.sweepTimes.note(tookMs),
    onRestore: (outcome, claim) => {
      metrics.restores.add(outcome);
      if (outcome !== 'known') logger.warn({ outcome, claim }, 'receipt_presented');
      if (outcome === 'restored' || outcome === 'revoked') noteRepair(claim, outcome);
    },
    onRecovery: (outcome) => {
      metrics.recoveries.add(outcome.code);
      logger.info(outcome, 'recovery_finished');
    },
  };
}
