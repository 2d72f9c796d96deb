import type { HeldClaim, Purchases, SaleEpoch } from '../sale/ledger-ports.ts';
import { earlierField, holderField, parseEarlier, parseHolder } from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { isLoaded } from './ledger-content.ts';
import { transactionReplies } from './transaction.ts';

type Values = readonly (string | null)[];

/** The customer's claims, the cancelled ones too. */
export async function readClaims(
  redis: RedisClient,
  at: SaleEpoch,
  customerId: string,
  perCustomer: number,
): Promise<HeldClaim[]> {
  const keys = saleKeys(at);
  const fields = fieldsOf(customerId, perCustomer);
  const [held, cancelled] = await Promise.all([
    redis.hmget(keys.holders, ...fields),
    redis.hmget(keys.cancelled, ...fields),
  ]);
  return claimsIn(at, customerId, { held, cancelled });
}

/** As the claim script would find them. Null where it would answer `closed`. */
export async function readPurchases(
  redis: RedisClient,
  at: SaleEpoch,
  buy: { customerId: string; requestId: string },
  perCustomer: number,
): Promise<Purchases | null> {
  const keys = saleKeys(at);
  const fields = fieldsOf(buy.customerId, perCustomer);
  const earlier = earlierField(buy);
  const replies = await redis
    .multi()
    .hmget(keys.state, 'closed', 'opened', 'script', 'replacedAt')
    .hmget(keys.holders, ...fields)
    .hmget(keys.cancelled, ...fields)
    .hget(keys.earlier, earlier)
    .exec();
  const [state, held, cancelled, record] = transactionReplies(replies) as [
    Values,
    Values,
    Values,
    string | null,
  ];
  const [closed, opened, script, replacedAt] = state;
  if (closed !== '0' || opened === '0' || script == null) return null;
  // Asked last: a Redis that has lost something in the meantime does not know the script again.
  if (!(await isLoaded(redis, script))) return null;
  return {
    claims: claimsIn(at, buy.customerId, { held, cancelled }),
    earlier: record === null ? null : parseEarlier(earlier, record),
    replacedAt: replacedAt == null ? null : Number(replacedAt),
  };
}

function fieldsOf(customerId: string, perCustomer: number): string[] {
  return Array.from({ length: perCustomer }, (_, index) => holderField({ slot: index + 1, customerId }));
}

function claimsIn(
  { saleId }: SaleEpoch,
  customerId: string,
  { held, cancelled }: { held: Values; cancelled: Values },
): HeldClaim[] {
  return held.flatMap((found, index) => {
    const record = found ?? cancelled[index];
    if (record == null) return [];
    return [{ claim: parseHolder(saleId, customerId, index + 1, record), cancelled: found == null }];
  });
}
