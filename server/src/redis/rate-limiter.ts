import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { RateDecision, RateLimiter } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';
import { rateLimitPrefix } from './keys.ts';
import type { LoadScripts } from './script-loader.ts';
import { countBuyScript, isNoScript } from './scripts.ts';

export interface Rate {
  points: number;
  perMs: number;
}

/** Counts a customer's buys. Without a count there is no buy: when Redis does not answer, `take` rejects. */
export function createRateLimiter(redis: RedisClient, load: LoadScripts, rate: Rate): RateLimiter {
  const common = { keyPrefix: rateLimitPrefix, points: rate.points, duration: rate.perMs / 1000 };
  const shared = new RateLimiterRedis({
    ...common,
    storeClient: { rlflxIncr: countByHash(redis, load) },
    // A customer who is over the limit is refused from memory until it passes.
    inMemoryBlockOnConsumed: rate.points + 1,
  });
  const local = new RateLimiterMemory(common);
  return {
    take: (customerId) => consume(shared, customerId),
    takeLocally: (customerId) => consume(local, customerId),
  };
}

/**
 * What the limiter calls to count. Its own way sends the script with EVAL, once for each connection, and the nodes' user may not: this
 * one calls it by hash, and has it loaded again when Redis no longer knows it.
 */
function countByHash(redis: RedisClient, load: LoadScripts) {
  const { text, sha } = countBuyScript;
  let loading: Promise<void> | null = null;
  return async ([key = '', points = '', seconds = '']: string[]): Promise<unknown> => {
    const count = () => redis.evalsha(sha, 1, key, points, seconds);
    try {
      return await count();
    } catch (error) {
      if (!isNoScript(error)) throw error;
    }
    // All who meet a Redis that forgot wait for one loading of it.
    loading ??= load([text]).finally(() => {
      loading = null;
    });
    await loading;
    return count();
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
