import type { BuyAnswer, BuyRefused } from '@flipzon/protocol/schemas.ts';
import { type Attempt, isPending, type Model, type Pending } from './model.ts';
import { mergeOrder } from './orders.ts';

/** Without a figure from the server: long enough not to be refused again at once, short enough not to lose the sale. */
export const retryAfterMsDefault = 1000;

/** The answer to the press that is pending; of any other answer only its order is used. */
export function applyAnswer(model: Model, requestId: string, answer: BuyAnswer, now: number): Model {
  const orders = answer.order === undefined ? model.orders : mergeOrder(model.orders, answer.order);
  const attempt = model.attempt;
  if (!isPending(attempt) || attempt.requestId !== requestId) {
    return { ...model, orders };
  }
  if (answer.ok) {
    return { ...model, orders, attempt: null };
  }
  if (answer.code === 'unauthenticated') {
    return { ...model, customer: null, signIn: 'expired', orders: [], attempt: null, pressedHere: false };
  }
  return { ...model, orders, attempt: { ...attempt, progress: progressAfter(attempt, answer, now) } };
}

/**
 * Answers after which it is unknown whether the unit was claimed, so that the same request is repeated. A rate limit
 * decides only a first ask: when an earlier one of the same press was lost, that one may have claimed.
 */
export function isUndecided(attempt: Attempt & { progress: Pending }, answer: BuyAnswer): boolean {
  if (answer.ok) {
    return false;
  }
  const askedBefore = attempt.progress.kind !== 'claiming';
  return (
    answer.code === 'unavailable' ||
    answer.code === 'internal_error' ||
    (answer.code === 'too_many_requests' && askedBefore)
  );
}

function progressAfter(
  attempt: Attempt & { progress: Pending },
  answer: BuyRefused,
  now: number,
): Attempt['progress'] {
  if (isUndecided(attempt, answer)) {
    return answer.code === 'too_many_requests' ? attempt.progress : { kind: 'unavailable' };
  }
  const waits = answer.code === 'too_many_requests' || answer.retryAfterMs !== undefined;
  return {
    kind: 'refused',
    code: answer.code,
    refusedAt: now,
    retryAt: waits ? now + (answer.retryAfterMs ?? retryAfterMsDefault) : null,
    startsAtServerMs: msOf(answer.startsAt),
    arrivedServerMs: msOf(answer.arrivedAt),
    soldOutServerMs: msOf(answer.soldOutAt),
  };
}

function msOf(instant: string | undefined): number | null {
  return instant === undefined ? null : Date.parse(instant);
}
