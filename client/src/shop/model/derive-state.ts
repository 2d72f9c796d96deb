import { derivePhase, isAvailable, type Phase } from './derive-phase.ts';
import { isPending, isPolling, type Model, type Refusal, serverMsAt } from './model.ts';
import { heldOrders, mayHoldMore, ownOrders } from './orders.ts';
import { isGone } from './variants.ts';

/** The states of the page, as `data-state` of the root says them. */
export const pageStates = [
  'loading',
  'scheduled',
  'countdown',
  'live',
  'claiming',
  'unknown',
  'claimed',
  'confirmed',
  'lost',
  'sold_out',
  'already_purchased',
  'rate_limited',
  'too_early',
  'reconnecting',
  'offline',
  'paused',
  'ended',
  'signed_out',
  'unavailable',
  'revoked',
  'cancelled',
  'blocked',
] as const;

export type PageState = (typeof pageStates)[number];

/** A shorter break heals by itself before anyone could read a banner. */
const bannerAfterMs = 1000;
/** The first connection of a page may take longer, on a phone in a crowd, before anything is wrong with it. */
const firstBannerAfterMs = 5000;
/** "Too early" stays long enough to be read, even if the clocks agree again at once. */
export const tooEarlyShownMsMin = 1000;
export const tooEarlyShownMsMax = 6000;
/** A refusal this long after the opening is about a pause or the end, which the sale's own status tells. */
const tooEarlyToleranceMs = 2000;
/** A `sold_out` refusal may arrive before the count of 0; stock that is still there after this is real. */
export const lostTrustedMs = 3000;

export function isDisconnected(model: Model, now: number): boolean {
  const afterMs = model.connectedBefore ? bannerAfterMs : firstBannerAfterMs;
  return model.disconnectedAt !== null && now - model.disconnectedAt >= afterMs && !isPolling(model, now);
}

/** The state of the page, from the model and the time alone. */
export function deriveState(model: Model, now: number): PageState {
  if (model.signIn !== 'closed') {
    return 'signed_out';
  }
  if (model.sale === null) {
    return 'loading';
  }
  const phase = derivePhase(model.sale, serverMsAt(model, now));
  return (
    stateOfOwnOrder(model) ??
    (model.blocked ? 'blocked' : null) ??
    stateOfRefusal(model, phase, now) ??
    stateOfLink(model, now) ??
    (phase === 'live' && !isAvailable(model.sale) ? 'unavailable' : phase)
  );
}

function stateOfOwnOrder(model: Model): PageState | null {
  const [held] = heldOrders(model);
  const pending = isPending(model.attempt) ? model.attempt.progress.kind : null;
  if (pending !== null && (held === undefined || mayHoldMore(model))) {
    return pending;
  }
  if (held !== undefined) {
    const progress = model.attempt?.progress;
    const askedAgain = progress?.kind === 'refused' && progress.code === 'already_purchased';
    return askedAgain ? 'already_purchased' : held.status;
  }
  const [latest] = ownOrders(model);
  if (latest?.status === 'cancelled' && !mayHoldMore(model)) {
    return 'cancelled';
  }
  return latest?.status === 'revoked' && model.attempt === null ? 'revoked' : null;
}

function stateOfRefusal(model: Model, phase: Phase, now: number): PageState | null {
  const progress = model.attempt?.progress;
  if (progress?.kind !== 'refused') {
    return null;
  }
  switch (progress.code) {
    case 'sold_out':
      return phase === 'sold_out' ||
        (phase === 'live' && (isGone(model.sale, model.attempt) || now - progress.refusedAt < lostTrustedMs))
        ? 'lost'
        : null;
    case 'too_many_requests':
      return phase === 'live' && progress.retryAt !== null && now < progress.retryAt ? 'rate_limited' : null;
    case 'sale_not_active':
      return isTooEarly(model, progress, phase, now) ? 'too_early' : null;
    default:
      return null;
  }
}

function isTooEarly(model: Model, refusal: Refusal, phase: Phase, now: number): boolean {
  const startsAt = refusal.startsAtServerMs;
  if (startsAt === null || phase === 'paused' || phase === 'ended') {
    return false;
  }
  // By the newest reading of the clock, because a wrong clock is why a page asks too early.
  if (serverMsAt(model, refusal.refusedAt) >= startsAt + tooEarlyToleranceMs) {
    return false;
  }
  const waiting = serverMsAt(model, now) < startsAt;
  return now - refusal.refusedAt < (waiting ? tooEarlyShownMsMax : tooEarlyShownMsMin);
}

function stateOfLink(model: Model, now: number): PageState | null {
  if (!model.online) {
    return 'offline';
  }
  return isDisconnected(model, now) ? 'reconnecting' : null;
}
