import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiter } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';
import { rateLimitPrefix } from './keys.ts';

export interface Rate {
  points: number;
  perMs: number;
}

/** Counts a customer's buys over all nodes. Rejects when Redis does not answer: without a count there is no buy. */
export function createRateLimiter(redis: RedisClient, rate: Rate): RateLimiter {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: rateLimitPrefix,
    points: rate.points,
    duration: rate.perMs / 1000,
    // A customer who is over the limit is refused from memory until it passes.
    inMemoryBlockOnConsumed: rate.points + 1,
  });
  return {
    async take(customerId) {
      try {
        await limiter.consume(customerId);
        return { allowed: true };
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) {
          return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(refusal.msBeforeNext)) };
        }
        throw refusal;
      }
    },
  };
}
