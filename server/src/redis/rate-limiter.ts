import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { RateDecision, RateLimiter } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';
import { rateLimitPrefix } from './keys.ts';

export interface Rate {
  points: number;
  perMs: number;
}

/** Counts a customer's buys. Without a count there is no buy: when Redis does not answer, `take` rejects. */
export function createRateLimiter(redis: RedisClient, rate: Rate): RateLimiter {
  const common = { keyPrefix: rateLimitPrefix, points: rate.points, duration: rate.perMs / 1000 };
  const shared = new RateLimiterRedis({
    ...common,
    storeClient: redis,
    // A customer who is over the limit is refused from memory until it passes.
    inMemoryBlockOnConsumed: rate.points + 1,
  });
  const local = new RateLimiterMemory(common);
  return {
    take: (customerId) => consume(shared, customerId),
    takeLocally: (customerId) => consume(local, customerId),
  };
}

async function consume(limiter: RateLimiterAbstract, customerId: string): Promise<RateDecision> {
  try {
    await limiter.consume(customerId);
    return { allowed: true };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) {
      return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(refusal.msBeforeNext)) };
    }
    throw refusal;
  }
}
