import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { BuyRate } from '../sale/ports.ts';

export interface Rate {
  points: number;
  perMs: number;
}

/** More customers than this are refused from memory by no node; Redis refuses the others. */
const refusedMax = 50_000;

/**
 * What a node knows of how often its customers buy. The count over all nodes is kept by the claim script; here are those that it has
 * refused, until their window is over, and a count of the buys that need no Redis.
 */
export function createBuyRate(rate: Rate): BuyRate {
  const refused = new Map<string, number>();
  const local = new RateLimiterMemory({ points: rate.points, duration: rate.perMs / 1000 });
  return {
    waitMs(customerId, now) {
      const until = refused.size === 0 ? undefined : refused.get(customerId);
      if (until === undefined) return 0;
      if (until > now) return until - now;
      refused.delete(customerId);
      return 0;
    },
    refuse(customerId, now, retryAfterMs) {
      // The oldest come first, and all stay for about as long: those in front are over, or make room.
      for (const [known, until] of refused) {
        if (until > now && refused.size < refusedMax) break;
        refused.delete(known);
      }
      refused.delete(customerId);
      refused.set(customerId, now + retryAfterMs);
    },
    async takeLocally(customerId) {
      try {
        await local.consume(customerId);
        return { allowed: true };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(refusal.msBeforeNext)) };
      }
    },
  };
}
