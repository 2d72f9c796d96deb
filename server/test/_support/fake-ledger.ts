import type { ClaimLedger, HeldClaim } from '../../src/sale/ledger-ports.ts';
import { type Claim, requestsKeptMs } from '../../src/sale/order.ts';
import { saleStatus } from '../../src/sale/sale.ts';
import { unitsOf } from '../../src/sale/variant.ts';
import { type FakeRedis, type Keys, levelOf, placeOf, stockAt } from './fake-redis.ts';

/** A call of a store: it waits for its turn, and is then carried out at once, or fails. */
export type Turn = <T>(call: string, act: () => T) => Promise<T>;

export type RedisOf = (saleId: string) => FakeRedis;

export const requestKey = ({ customerId, requestId }: Pick<Claim, 'customerId' | 'requestId'>) =>
  `${customerId} ${requestId}`;
export const holderField = (claim: Pick<Claim, 'slot' | 'customerId'>) => `${claim.slot}:${claim.customerId}`;

const claimsIn = (keys: Keys, customerId: string): HeldClaim[] => {
  const held = keys.holders.get(`1:${customerId}`);
  const claim = held ?? keys.cancelled.get(`1:${customerId}`);
  return claim === undefined ? [] : [{ claim, cancelled: held === undefined }];
};

/** The scripts, for one unit per customer. */
export function fakeLedger(redisOf: RedisOf, at: Turn, now: () => number): ClaimLedger {
  return {
    claim: ({ saleId, epoch }, { customerId, requestId, arrivedAt, variant }) =>
      at('claim', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'claim');
        if (keys === null) return { code: 'closed' } as const;
        if (now() >= redis.replacedAt) return { code: 'replaced' } as const;
        const held = keys.holders.get(`1:${customerId}`);
        const claim = held ?? keys.cancelled.get(`1:${customerId}`);
        if (claim?.requestId === requestId) return { code: 'replayed', claim } as const;
        const earlier = keys.earlier.get(requestKey({ customerId, requestId }));
        if (earlier && now() - earlier.claim.claimedAt < requestsKeptMs)
          return { code: 'earlier', ...earlier } as const;
        if (claim) return { code: 'limit_reached', claim, cancelled: held === undefined } as const;
        const status = saleStatus(keys.terms, 1, now());
        if (status !== 'live') return { code: 'not_active', startsAt: keys.terms.startsAt } as const;
        if (stockAt(keys, variant ?? 0).remaining <= 0) return { code: 'sold_out' } as const;
        const unit = redis.take(keys, variant);
        const made: Claim = {
          ...{ saleId, customerId, slot: 1, unit, seq: redis.changed(keys), requestId },
          ...{ claimedAt: now(), arrivedAt },
        };
        keys.holders.set(holderField(made), made);
        redis.append(epoch, made);
        redis.onClaim(made);
        return { code: 'claimed', claim: made, remaining: keys.remaining } as const;
      }),
    countBuy: () => at('countBuy', () => 0),
    claimsOf: ({ saleId, epoch }, customerId) =>
      at('claimsOf', () => {
        const keys = redisOf(saleId).epochs.get(epoch);
        return keys === undefined ? [] : claimsIn(keys, customerId);
      }),
    purchasesOf: ({ saleId, epoch }, { customerId, requestId }) =>
      at('purchasesOf', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'claim');
        if (keys === null) return null;
        return {
          claims: claimsIn(keys, customerId),
          earlier: keys.earlier.get(requestKey({ customerId, requestId })) ?? null,
          replacedAt: redis.replacedAt,
        };
      }),
    earlierOf: ({ saleId, epoch }, customerId, requestId) =>
      at(
        'earlierOf',
        () => redisOf(saleId).epochs.get(epoch)?.earlier.get(requestKey({ customerId, requestId })) ?? null,
      ),
    allClaims: ({ saleId, epoch }) =>
      at('allClaims', () => {
        const redis = redisOf(saleId);
        const keys = redis.epochs.get(epoch);
        if (keys === undefined || redis.isClosed(epoch) || !redis.claimScripts.has(epoch)) return null;
        return {
          stock: levelOf(keys),
          claims: [
            ...[...keys.holders.values()].map((claim) => ({ claim, cancelled: false })),
            ...[...keys.cancelled.values()].map((claim) => ({ claim, cancelled: true })),
          ],
          earlier: [...keys.earlier.values()],
        };
      }),
    stockInUse: ({ saleId, epoch }) =>
      at('stockInUse', () => {
        const keys = redisOf(saleId).epochs.get(epoch);
        if (keys === undefined) return null;
        return { quantity: keys.terms.quantity, remaining: keys.remaining, held: keys.holders.size };
      }),
    release: ({ saleId, epoch }, claim, kind) =>
      at('release', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return 'closed';
        if (kind === 'cancelled') keys.cancelled.set(holderField(claim), claim);
        const held = keys.holders.get(holderField(claim));
        if (held?.seq !== claim.seq) return 'absent';
        keys.holders.delete(holderField(claim));
        redis.leave(keys, held.unit);
        redis.changed(keys);
        return 'released';
      }),
    configure: ({ saleId, epoch }, terms) =>
      at('configure', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return 'closed';
        if (terms.revision <= keys.terms.revision) return 'stale';
        const added = terms.quantity - keys.terms.quantity;
        if (added < 0) return 'refused';
        for (const [index, variant] of (terms.variants ?? []).entries()) {
          const before = keys.terms.variants?.[index];
          const own = keys.variants?.[index];
          if (before === undefined || own === undefined) return 'refused';
          own.remaining += unitsOf(variant) - unitsOf(before);
        }
        keys.terms = terms;
        keys.remaining += added;
        if (added > 0) redis.changed(keys);
        return 'configured';
      }),
    ...fakeRepairs(redisOf, at),
  };
}

/** What only a Redis that has lost something needs. */
function fakeRepairs(redisOf: RedisOf, at: Turn): Pick<ClaimLedger, 'adopt' | 'restore' | 'reassign'> {
  return {
    adopt: ({ saleId, epoch }, order) =>
      at('adopt', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return 'closed';
        if (keys.cancelled.has(holderField(order))) return 'cancelled';
        const held = keys.holders.get(holderField(order));
        if (held?.unit === order.unit) return 'known';
        if (held) redis.leave(keys, held.unit);
        keys.holders.set(holderField(order), order);
        if (!redis.takeThis(keys, order.unit, Number.POSITIVE_INFINITY))
          keys.overAllocated.set(order.unit, (keys.overAllocated.get(order.unit) ?? 0) + 1);
        redis.changed(keys);
        return 'adopted';
      }),
    restore: ({ saleId, epoch }, claim) =>
      at('restore', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return { code: 'closed' } as const;
        const held = keys.holders.get(holderField(claim));
        if (held)
          return { code: held.requestId === claim.requestId ? 'known' : 'other', claim: held } as const;
        if (keys.cancelled.has(holderField(claim))) return { code: 'cancelled' } as const;
        const { unit } = claim;
        const place = placeOf(keys, unit);
        if (stockAt(keys, place).remaining <= 0) return { code: 'revoked' } as const;
        const own = redis.takeThis(keys, unit, keys.terms.quantity);
        const other = own ? unit : redis.take(keys, place);
        const seq = redis.changed(keys);
        const restored = own ? claim : { ...claim, unit: other, seq };
        keys.holders.set(holderField(claim), restored);
        redis.append(epoch, restored);
        return { code: 'restored', claim: restored } as const;
      }),
    reassign: ({ saleId, epoch }, claim) =>
      at('reassign', () => {
        const redis = redisOf(saleId);
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return { code: 'closed' } as const;
        const held = keys.holders.get(holderField(claim));
        if (held?.seq !== claim.seq) return { code: 'absent' } as const;
        redis.yieldUnit(keys, held.unit);
        const place = placeOf(keys, held.unit);
        if (stockAt(keys, place).remaining <= 0) {
          keys.holders.delete(holderField(claim));
          redis.changed(keys);
          return { code: 'revoked' } as const;
        }
        const unit = redis.take(keys, place);
        const moved = { ...held, unit, seq: redis.changed(keys) };
        keys.holders.set(holderField(claim), moved);
        redis.append(epoch, moved);
        return { code: 'reassigned', unit, seq: moved.seq } as const;
      }),
  };
}
