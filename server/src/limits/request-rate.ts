import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** ms until the customer may ask again; 0: this request may be answered. */
export type RequestRate = (customerId: string) => Promise<number>;

/** A customer's rate on one node, for requests that are not buys and cost more than a look into memory. */
export function createRequestRate(rate: { points: number; perMs: number }): RequestRate {
  const limiter = new RateLimiterMemory({ points: rate.points, duration: rate.perMs / 1000 });
  return async (customerId) => {
    try {
      await limiter.consume(customerId);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext));
      throw refusal;
    }
  };
}
