import { Redis } from 'ioredis';
import type { Terms } from '../environment/target.ts';
import { backlogMax, claimChannel, claimKeys, claimScript } from './claim-script.ts';

/*
 * The claim that all baselines share: one script call for each buy, by hash. Nothing around it.
 */

export type ClaimReply = readonly (string | number)[];

export function connectRedis(): Redis {
  return new Redis(process.env.REDIS_URL ?? '', { protocol: 2 });
}

export function createClaim(redis: Redis): (customerId: string, requestId: string) => Promise<ClaimReply> {
  return (customerId, requestId) =>
    redis.evalsha(
      claimScript.sha,
      5,
      ...claimKeys,
      customerId,
      requestId,
      Date.now(),
      claimChannel,
      backlogMax,
    ) as Promise<ClaimReply>;
}

export async function openSale(
  redis: Redis,
  { quantity, perCustomer, first }: Terms & { first: boolean },
): Promise<void> {
  if (!first) return;
  await redis.script('LOAD', claimScript.text);
  await redis.del(...claimKeys);
  const state = {
    closed: 0,
    startsAt: 0,
    endsAt: 0,
    paused: 0,
    perCustomer,
    remaining: quantity,
    next: 1,
    seq: 0,
  };
  await redis.hset(claimKeys[0] as string, state);
}

/** The answer of a baseline: of our answer what its own claim knows. */
export function answerOf(reply: ClaimReply): object {
  if (reply[0] !== 'claimed') return { ok: false, code: reply[0] };
  return { ok: true, unit: reply[2], seq: reply[3], claimedAt: reply[4] };
}

/** The customer of a token, without a check of its signature. */
export function customerIn(token: unknown): string {
  if (typeof token !== 'string') return '';
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
}
