import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { parseHolders, parseOutboxFields } from './claim-codec.ts';
import { masters, type RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { transactionReplies } from './transaction.ts';

/** Reads all keys of an epoch in one transaction, so that what is found belongs together. Null when they are gone. */
export async function readLedgerContent(redis: RedisClient, at: SaleEpoch) {
  const keys = saleKeys(at);
  const replies = await redis
    .multi()
    .hmget(keys.state, 'remaining', 'quantity', 'next', 'seq', 'closed', 'opened', 'script')
    .hgetall(keys.holders)
    .zrange(keys.returned, '0', '-1')
    .xrange(keys.outbox, '-', '+')
    .hlen(keys.deadLetters)
    .exec();
  const [state, holders, returned, entries, deadLetters] = transactionReplies(replies) as [
    (string | null)[],
    Record<string, string>,
    string[],
    [string, string[]][],
    number,
  ];
  const [remaining, quantity, next, seq, closed, opened, script] = state;
  if (remaining == null || quantity == null || next == null) return null;
  return {
    live: closed === '0' && opened !== '0' && script != null && (await isLoaded(redis, script)),
    seq: Number(seq),
    remaining: Number(remaining),
    quantity: Number(quantity),
    nextUnit: Number(next),
    holders: parseHolders(at.saleId, holders),
    returned: returned.map(Number),
    waiting: entries
      .map(([, fields]) => parseOutboxFields(at.saleId, fields))
      .filter((claim) => claim !== null),
    deadLetters,
  };
}

/** The script that opened the epoch: while it is there, Redis has lost nothing since. */
async function isLoaded(redis: RedisClient, sha: string): Promise<boolean> {
  const answers = await Promise.all(masters(redis).map((server) => server.script('EXISTS', sha)));
  return answers.every((answer) => (answer as number[])[0] === 1);
}
