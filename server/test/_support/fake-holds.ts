import {
  type Hold,
  type HoldEnd,
  type HoldRecord,
  holdId,
  keepsPlace,
  payByOf,
  placeOfClaim,
} from '../../src/sale/hold.ts';
import type { EpochKeys, HoldLedger } from '../../src/sale/ledger-ports.ts';
import { type Claim, orderId } from '../../src/sale/order.ts';
import type { PaymentTerms } from '../../src/sale/sale.ts';
import type { HoldInsertOutcome, HoldStore } from '../../src/sale/store-ports.ts';
import type { Turn } from './fake-ledger.ts';
import type { FakeRedis } from './fake-redis.ts';
import { usd } from './usd.ts';

interface Stored {
  hold: Hold;
  end: HoldEnd | null;
  done: boolean;
}

/** What MongoDB and Redis hold of holds beside orders and claims, of one sale. */
export class FakeHolds {
  readonly stored = new Map<string, Stored>();
  /** Of each epoch. */
  readonly due = new Map<number, Map<string, number>>();
  readonly sold = new Map<number, Set<string>>();

  dueIn(epoch: number): Map<string, number> {
    const due = this.due.get(epoch) ?? new Map<string, number>();
    this.due.set(epoch, due);
    return due;
  }

  soldIn(epoch: number): Set<string> {
    const sold = this.sold.get(epoch) ?? new Set<string>();
    this.sold.set(epoch, sold);
    return sold;
  }

  record(id: string): HoldRecord | null {
    const found = this.stored.get(id);
    return found === undefined ? null : recordOf(found);
  }

  get records(): HoldRecord[] {
    return [...this.stored.values()].map(recordOf);
  }

  insertOne(claim: Claim, terms: PaymentTerms, heldAt: number): HoldInsertOutcome {
    const own = this.records.filter(({ hold }) => orderId(hold) === orderId(claim));
    const place = placeOfClaim(claim, own);
    if (place.is === 'known') return { code: 'stored_before', record: place.record };
    if (place.is === 'blocked') return { code: 'customer_has_another', record: place.by };
    const other = [...this.stored.values()].find(({ hold }) => hold.unit === claim.unit && !hold.letGo);
    if (other !== undefined && keepsPlace(other.end))
      return { code: 'unit_taken', record: { hold: { ...other.hold }, end: other.end } };
    if (other !== undefined) other.hold.letGo = true;
    const id = holdId(claim, place.tryNumber);
    const payBy = payByOf(heldAt, terms);
    const hold: Hold = {
      ...{ ...claim, id, tryNumber: place.tryNumber, price: usd(1), heldAt, payBy, letGo: false },
    };
    this.stored.set(id, { hold, end: null, done: false });
    return { code: 'stored', record: { hold: { ...hold }, end: null } };
  }
}

function recordOf({ hold, end, done }: Stored): HoldRecord {
  return { hold: { ...hold }, end, ...(end !== null && { isDone: done }) };
}

export function fakeHoldStore(fake: FakeHolds, at: Turn): HoldStore {
  const isOf = (claim: Claim) => (record: HoldRecord) => {
    const { hold } = record;
    return orderId(hold) === orderId(claim) && hold.seq === claim.seq && hold.unit === claim.unit;
  };
  return {
    insert: (claims, _, terms, heldAt) =>
      at('insertHolds', () => claims.map((claim) => fake.insertOne(claim, terms, heldAt))),
    byId: (id) => at('holdById', () => fake.record(id)),
    ofClaim: (claim) => at('holdOfClaim', () => fake.records.find(isOf(claim)) ?? null),
    ofClaims: (claims) =>
      at('holdsOfClaims', () => claims.map((claim) => fake.records.find(isOf(claim)) ?? null)),
    ofCustomer: (customerId) =>
      at('holdsOfCustomer', () => fake.records.filter(({ hold }) => hold.customerId === customerId)),
    inSale: (_, customerId) =>
      at('holdsInSale', () => fake.records.filter(({ hold }) => hold.customerId === customerId)),
    async *claimedSince() {
      yield* (await at('holdsClaimedSince', () => fake.records)).map(({ hold }) => hold);
    },
    openOf: () =>
      at('openHolds', () => fake.records.filter(({ end }) => end === null).map(({ hold }) => hold)),
    async *ofSale() {
      yield* await at('holdsOfSale', () => fake.records);
    },
    countsOf: () =>
      at('holdCounts', () => {
        const stored = [...fake.stored.values()];
        const count = (outcome: string) => stored.filter(({ end }) => end?.outcome === outcome).length;
        return {
          ...{ made: stored.length, done: stored.filter(({ done }) => done).length },
          ...{ paid: count('paid'), expired: count('expired'), released: count('released') },
        };
      }),
    async end({ id }, end) {
      return at('endHold', () => {
        const stored = fake.stored.get(id) as Stored;
        stored.end ??= end;
        return stored.end;
      });
    },
    letGo: ({ id }) =>
      at('letGo', () => {
        (fake.stored.get(id) as Stored).hold.letGo = true;
      }),
    done: (id) =>
      at('holdDone', () => {
        (fake.stored.get(id) as Stored).done = true;
      }),
    unfinished: (_, limit) =>
      at('unfinished', () =>
        [...fake.stored.values()]
          .filter(({ end, done }) => end !== null && !done)
          .slice(0, limit)
          .map(({ hold }) => hold.id),
      ),
  };
}

export function fakeHoldLedger(redis: FakeRedis, fake: FakeHolds, at: Turn): HoldLedger {
  const field = ({ slot, customerId }: Hold) => `${slot}:${customerId}`;
  return {
    addDue: ({ epoch }, holds) =>
      at('addDue', () => {
        for (const { id, payBy } of holds) fake.dueIn(epoch).set(id, payBy);
      }),
    dueBy: ({ epoch }, nowMs, limit) =>
      at('dueBy', () =>
        [...fake.dueIn(epoch)]
          .filter(([, payBy]) => payBy <= nowMs)
          .slice(0, limit)
          .map(([id]) => id),
      ),
    dropDue: ({ epoch }, ids) =>
      at('dropDue', () => {
        for (const id of ids) fake.dueIn(epoch).delete(id);
      }),
    endHold: ({ epoch }, hold, isShareUsed) =>
      at('endInRedis', () => {
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return 'closed';
        if (isShareUsed) keys.cancelled.set(field(hold), hold);
        keys.earlier.set(`${hold.customerId} ${hold.requestId}`, { claim: hold, price: hold.price });
        fake.dueIn(epoch).delete(hold.id);
        const held = keys.holders.get(field(hold));
        if (held?.seq !== hold.seq) return 'absent';
        keys.holders.delete(field(hold));
        fake.soldIn(epoch).delete(field(hold));
        redis.leave(keys, held.unit);
        redis.changed(keys);
        return 'ended';
      }),
    markSold: ({ epoch }, hold) =>
      at('markSold', () => {
        const keys = redis.working({ epoch }, 'other');
        if (keys === null) return 'closed';
        fake.dueIn(epoch).delete(hold.id);
        if (keys.holders.get(field(hold))?.seq !== hold.seq) return 'absent';
        const sold = fake.soldIn(epoch);
        if (sold.has(field(hold))) return 'known';
        sold.add(field(hold));
        redis.changed(keys);
        return 'marked';
      }),
    // The lease saves work, and nothing depends on it: here all who want it have it.
    takeLease: () => at('takeLease', () => 1),
    renewLease: () => at('renewLease', () => true),
  };
}

/** The keys of an epoch with what holds add to them. */
export function withHoldKeys(keys: EpochKeys, redis: FakeRedis, fake: FakeHolds): EpochKeys {
  return {
    ...keys,
    async build(at, content) {
      await keys.build(at, content);
      const { due = [], ended = [], sold = [] } = content.holds ?? {};
      for (const { id, payBy } of due) fake.dueIn(at.epoch).set(id, payBy);
      for (const { slot, customerId } of sold) fake.soldIn(at.epoch).add(`${slot}:${customerId}`);
      const { earlier } = redis.epochs.get(at.epoch) ?? {};
      for (const each of ended) earlier?.set(`${each.claim.customerId} ${each.claim.requestId}`, each);
    },
  };
}
