import type { AdmissionRefusal } from '../gateway/admission.ts';
import type { OrderMailOutcome } from '../mail/order-mails.ts';
import type { PersistedCode } from '../orders/persist-claims.ts';
import type { RestoreOutcome } from '../recovery/restore-claims.ts';
import type { SubscriptionKind } from '../redis/subscriptions.ts';
import type { HoldOutcome } from '../sale/hold.ts';
import type { RecoveryOutcome } from '../sale/ledger-ports.ts';

/*
 * All labels that can be counted. Each is shown as 0 from the start: Prometheus takes a count that appears as 1 for one that has always been 1, and an alert
 * on its growth would not see the first.
 */

/** Complete by its type: the compiler reports a missing case. */
function every<Case extends string>(cases: Record<Case, 0>): Case[] {
  return Object.keys(cases) as Case[];
}

export const persistedOutcomes = every<PersistedCode>({
  stored: 0,
  stored_before: 0,
  cancelled_before: 0,
  customer_has_another: 0,
  unit_taken: 0,
  invalid: 0,
  unreadable: 0,
  reassigned: 0,
  revoked: 0,
  superseded: 0,
});

export const holdOutcomes = every<'made' | HoldOutcome>({ made: 0, paid: 0, expired: 0, released: 0 });

export const recoveryOutcomes = every<RecoveryOutcome['code']>({
  open_already: 0,
  recovered: 0,
  overtaken: 0,
});

export const restoreOutcomes = every<RestoreOutcome>({
  known: 0,
  other: 0,
  restored: 0,
  cancelled: 0,
  revoked: 0,
  too_old: 0,
});

export const orderMailOutcomes = every<OrderMailOutcome>({ sent: 0, retried: 0, dropped: 0, failed: 0 });

export const admissionReasons = every<AdmissionRefusal['reason']>({ rate: 0, busy: 0, draining: 0 });

export const messageKinds = every<SubscriptionKind | 'orders' | 'missed'>({
  stock: 0,
  announcement: 0,
  presence: 0,
  figures: 0,
  orders: 0,
  missed: 0,
});
