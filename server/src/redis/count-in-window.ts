import type { RedisClient } from './connections.ts';
import { transactionReplies } from './transaction.ts';

/** Counts in windows, over all nodes: the first one begins a window, and its key expires with it. ms until one more may come; 0: this one may. */
export async function countInWindow(
  redis: RedisClient,
  key: string,
  { points, perMs }: { points: number; perMs: number },
): Promise<number> {
  const replies = await redis.multi().incr(key).pexpire(key, perMs, 'NX').pttl(key).exec();
  const [count, , leftMs] = transactionReplies(replies) as [number, number, number];
  return count > points ? Math.max(1, leftMs) : 0;
}
