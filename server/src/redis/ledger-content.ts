import type { SaleEpoch } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { parseHolders, parseOutboxFields } from './records.ts';

/** Reads all keys of an epoch in one transaction, so that what is found belongs together. Null when they are gone. */
export async function readLedgerContent(redis: RedisClient, at: SaleEpoch) {
  const keys = saleKeys(at);
  const replies = await redis
    .multi()
    .hmget(keys.state, 'closed', 'remaining', 'quantity', 'next')
    .hgetall(keys.holders)
    .zrange(keys.returned, '0', '-1')
    .xrange(keys.outbox, '-', '+')
    .hlen(keys.poisoned)
    .exec();
  if (replies === null) throw new Error('Redis gave up the transaction');
  const [state, holders, returned, entries, poisoned] = replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  }) as [(string | null)[], Record<string, string>, string[], [string, string[]][], number];
  const [closed, remaining, quantity, next] = state;
  if (remaining == null || quantity == null || next == null) return null;
  return {
    closed: closed !== '0',
    remaining: Number(remaining),
    quantity: Number(quantity),
    nextUnit: Number(next),
    holders: parseHolders(at.saleId, holders),
    returned: returned.map(Number),
    waiting: entries
      .map(([, fields]) => parseOutboxFields(at.saleId, fields))
      .filter((claim) => claim !== null),
    poisoned,
  };
}
