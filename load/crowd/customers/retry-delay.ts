import { backoffMs } from '@flipzon/server/shared/retry.ts';
import { backoff } from '../../shared/backoff.ts';
import type { Random } from '../../shared/random.ts';
import type { Asked } from './channel.ts';

const soonMs = 10_000;
/**
 * How long a shopper waits before asking the same again, in milliseconds; `null` when the answer is final.
 * What is busy or silent is asked again later and later, with jitter; an early press waits for the opening.
 */
export function retryDelayMs(
  answer: Asked,
  attempt: number,
  serverNowMs: number,
  random: Random,
): number | null {
  if (answer.ok) return null;
  switch (answer.code) {
    case 'no_answer':
    case 'unavailable':
    case 'internal_error':
      return Math.max(answer.retryAfterMs ?? 0, backoffMs(backoff, attempt)) * (0.5 + random());
    case 'too_many_requests':
      return Math.min(soonMs, answer.retryAfterMs ?? 1000) + 100 * random();
    case 'sale_not_active': {
      if (answer.startsAt === undefined) return null;
      const untilMs = Date.parse(answer.startsAt) - serverNowMs;
      // A little after the opening counts as early too: the other node's clock may be some milliseconds behind.
      if (untilMs > soonMs || untilMs < -2_000) return null;
      return Math.max(0, untilMs) + 20 + 50 * random();
    }
    default:
      return null;
  }
}
