import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { parseHolders, parseOutboxFields, parseRanges, parseSold } from './claim-codec.ts';
import { masters, type RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { transactionReplies } from './transaction.ts';

/**
 * Reads all keys of an epoch in one transaction, so that what is found belongs together. Null when they are gone. `withHolds`: also those of a sale
 * that requires payment.
 */
export async function readLedgerContent(redis: RedisClient, at: SaleEpoch, withHolds = false) {
  const keys = saleKeys(at);
  const reading = redis
    .multi()
    .hgetall(keys.state)
    .hgetall(keys.holders)
    .zrange(keys.returned, '0', '-1')
    .xrange(keys.outbox, '-', '+')
    .hlen(keys.deadLetters);
  const replies = await (withHolds ? reading.zrange(keys.due, '0', '-1').hgetall(keys.sold) : reading).exec();
  const [state, holders, returned, entries, deadLetters, due, sold] = transactionReplies(replies) as [
    Record<string, string | undefined>,
    Record<string, string>,
    string[],
    [string, string[]][],
    number,
    string[]?,
    Record<string, string>?,
  ];
  const { remaining, quantity, next, seq, closed, opened, script } = state;
  if (remaining === undefined || quantity === undefined) return null;
  return {
    live: closed === '0' && opened !== '0' && script !== undefined && (await isLoaded(redis, script)),
    seq: Number(seq),
    remaining: Number(remaining),
    quantity: Number(quantity),
    // Missing in sales with variants, of which each has its own.
    nextUnit: Number(next ?? 0),
    ...(state.variants !== undefined && { variants: variantsOf(state) }),
    holders: parseHolders(at.saleId, holders),
    returned: returned.map(Number),
    waiting: entries
      .map(([, fields]) => parseOutboxFields(at.saleId, fields))
      .filter((claim) => claim !== null),
    deadLetters,
    ...(due && sold && { holds: { due, sold: parseSold(sold) } }),
  };
}

function variantsOf(state: Readonly<Record<string, string | undefined>>) {
  return Array.from({ length: Number(state.variants) }, (_, index) => ({
    ranges: parseRanges(state[`ranges:${index + 1}`] ?? ''),
    remaining: Number(state[`remaining:${index + 1}`]),
    nextUnit: Number(state[`next:${index + 1}`]),
  }));
}

/** The script that opened the epoch: while it is there, Redis has lost nothing since. */
export async function isLoaded(redis: RedisClient, sha: string): Promise<boolean> {
  const answers = await Promise.all(masters(redis).map((server) => server.script('EXISTS', sha)));
  return answers.every((answer) => (answer as number[])[0] === 1);
}
