import type {
  EarlierClaim,
  EarlierRequests,
  EpochKeys,
  Outbox,
  OutboxEntry,
} from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import { holderField, type RedisOf, requestKey, type Turn } from './fake-ledger.ts';
import { type Keys, levelOf } from './fake-redis.ts';

export function fakeEpochKeys(redisOf: RedisOf, at: Turn): EpochKeys {
  return {
    lock: (saleId, owner, msMax) =>
      at('lock', () => {
        const redis = redisOf(saleId);
        const now = performance.now();
        if (redis.lock !== null && redis.lock.endsAt > now) return false;
        redis.lock = { owner, endsAt: now + msMax };
        return true;
      }),
    renewLock: () => Promise.resolve(),
    unlock: (saleId, owner) =>
      at('unlock', () => {
        const redis = redisOf(saleId);
        if (redis.lock?.owner === owner) redis.lock = null;
      }),
    join: () => Promise.resolve(false),
    retire: () => Promise.resolve(true),
    inspect: ({ saleId, epoch }) =>
      at('inspect', () => {
        const redis = redisOf(saleId);
        const keys = redis.epochs.get(epoch);
        return {
          open: redis.alarms-- <= 0 && redis.working({ epoch }, 'claim') !== null,
          stock: keys === undefined ? null : levelOf(keys),
          revision: keys?.terms.revision ?? null,
          lastClaimAt: null,
        };
      }),
    async closeUpTo({ saleId, epoch }) {
      for (let past = epoch; past >= 1; past--)
        await at('close', () => redisOf(saleId).closedFlags.add(past));
    },
    build: ({ saleId, epoch }, content) =>
      at('build', () => {
        const { variants, ...rest } = content;
        redisOf(saleId).epochs.set(epoch, {
          ...rest,
          ...(variants && { variants: variants.map((each) => ({ ...each })) }),
          holders: new Map(content.holders.map((claim) => [holderField(claim), claim])),
          cancelled: new Map(content.cancelled.map((claim) => [holderField(claim), claim])),
          returned: new Set(content.returned),
          earlier: new Map(),
          overAllocated: new Map(),
        });
      }),
    replace: ({ saleId }, from) =>
      at('replace', () => {
        redisOf(saleId).replacedAt = from;
      }),
    openForRestores: ({ saleId, epoch }) =>
      at('openForRestores', () => void redisOf(saleId).otherScripts.add(epoch)),
    open: ({ saleId, epoch }) =>
      at('open', () => {
        redisOf(saleId).otherScripts.add(epoch);
        redisOf(saleId).claimScripts.add(epoch);
      }),
    removeBefore: ({ saleId, epoch }) =>
      at('removeBefore', () => {
        const redis = redisOf(saleId);
        for (const past of [...redis.epochs.keys()]) {
          if (past >= epoch) continue;
          redis.closedFlags.add(past);
          redis.epochs.delete(past);
        }
      }),
  };
}

export function fakeRequests(redisOf: RedisOf, at: Turn): EarlierRequests {
  const put = (keys: Keys | undefined, claims: readonly EarlierClaim[]) => {
    for (const each of claims) keys?.earlier.set(requestKey(each.claim), each);
  };
  return {
    copy: (from, offer, to, isKept) =>
      at('copyRequests', () => {
        const keys = redisOf(from.saleId).epochs.get(from.epoch);
        if (keys === undefined || redisOf(from.saleId).handedOn) return false;
        const own = [...keys.holders.values(), ...keys.cancelled.values()];
        const all = [...keys.earlier.values(), ...own.map((claim) => ({ claim, ...offer(claim.unit) }))];
        put(
          redisOf(to.saleId).epochs.get(to.epoch),
          all.filter(({ claim }) => isKept(claim)),
        );
        return true;
      }),
    handedOn: (from) =>
      at('handedOn', () => {
        redisOf(from.saleId).handedOn = true;
        redisOf(from.saleId).epochs.get(from.epoch)?.earlier.clear();
      }),
    async write(to, claims) {
      const all: EarlierClaim[] = [];
      for await (const claim of claims) all.push(claim);
      await at('writeRequests', () => put(redisOf(to.saleId).epochs.get(to.epoch), all));
    },
  };
}

export function fakeOutbox(redisOf: RedisOf, at: Turn): Outbox {
  const toEntry = ([entryId, { claim }]: [string, { claim: Claim }]): OutboxEntry => ({
    ...{ entryId, claim, raw: [] },
  });
  const entries = (saleId: string, epoch: number) => [...redisOf(saleId).outbox(epoch)];
  return {
    read: ({ saleId, epoch }, countMax) =>
      at('read', () => {
        const fresh = entries(saleId, epoch).filter(([, entry]) => !entry.delivered);
        const read = fresh.slice(0, countMax);
        for (const [, entry] of read) entry.delivered = true;
        return read.map(toEntry);
      }),
    claimStale: ({ saleId, epoch }) =>
      at('claimStale', () =>
        entries(saleId, epoch)
          .filter(([, entry]) => entry.delivered)
          .map(toEntry),
      ),
    readAll: ({ saleId, epoch }) => at('readAll', () => entries(saleId, epoch).map(toEntry)),
    ack: ({ saleId, epoch }, ids) =>
      at('ack', () => ids.forEach((id) => void redisOf(saleId).outbox(epoch).delete(id))),
    deadLetter: () => Promise.reject(new Error('every entry here can be written')),
    depth: ({ saleId, epoch }) =>
      at('depth', () => ({ waiting: redisOf(saleId).outbox(epoch).size, deadLetters: 0 })),
    oldestAt: () => Promise.resolve(null),
  };
}
