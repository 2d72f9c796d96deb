import type { Order } from '@flipzon/protocol/schemas.ts';
import type {
  ClaimLedger,
  EpochContent,
  EpochKeys,
  Outbox,
  OutboxEntry,
  SaleEpoch,
} from '../../src/sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder, sameClaim } from '../../src/sale/order.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import type { OrderStore, SaleStore, Settlement } from '../../src/sale/store-ports.ts';

/*
 * The two stores as a few lines of memory, for tests that need thousands of interleavings in seconds. Each call waits for its turn, which
 * the test's scheduler gives, and then happens at once, as a command of Redis or of MongoDB does. The real ones are tested elsewhere.
 */

interface Keys extends Omit<EpochContent, 'holders' | 'cancelled' | 'returned'> {
  closed: boolean;
  holders: Map<string, Claim>;
  returned: Set<number>;
  /** Units with so many holders too many: an order that stands was adopted beside a claim. */
  contested: Map<number, number>;
}

export class FakeRedis {
  epochs = new Map<number, Keys>();
  closedFlags = new Set<number>();
  outboxes = new Map<number, Map<string, { claim: Claim; delivered: boolean }>>();
  claimScripts = new Set<number>();
  otherScripts = new Set<number>();
  /** So many looks find a script missing that is there: false alarms. */
  alarms = 0;
  #entries = 0;

  wipe(): void {
    this.epochs.clear();
    this.closedFlags.clear();
    this.outboxes.clear();
    this.claimScripts.clear();
    this.otherScripts.clear();
  }

  isClosed(epoch: number): boolean {
    return this.closedFlags.has(epoch) || !this.epochs.has(epoch);
  }

  outbox(epoch: number): Map<string, { claim: Claim; delivered: boolean }> {
    const outbox = this.outboxes.get(epoch) ?? new Map();
    this.outboxes.set(epoch, outbox);
    return outbox;
  }

  append(epoch: number, claim: Claim): void {
    this.outbox(epoch).set(`${++this.#entries}-0`, { claim, delivered: false });
  }

  /** A holder less; true if that was one too many. */
  yieldUnit(keys: Keys, unit: number): boolean {
    const tooMany = keys.contested.get(unit) ?? 0;
    if (tooMany > 1) keys.contested.set(unit, tooMany - 1);
    else keys.contested.delete(unit);
    return tooMany > 0;
  }

  leave(keys: Keys, unit: number): void {
    if (this.yieldUnit(keys, unit)) return;
    keys.returned.add(unit);
    keys.remaining++;
  }

  take(keys: Keys): number {
    const unit = keys.returned.size > 0 ? Math.min(...keys.returned) : keys.nextUnit++;
    keys.returned.delete(unit);
    keys.remaining--;
    keys.seq++;
    return unit;
  }
}

export class FakeMongo {
  readonly sale: SaleRecord;
  readonly orders = new Map<string, StoredOrder>();
  readonly totals = new Map<string, number>();
  epoch = 0;

  constructor(sale: SaleRecord) {
    this.sale = sale;
  }

  ordersOf(customerId: string): number {
    return [...this.orders.values()].filter((order) => order.customerId === customerId).length;
  }
}

/** What one process sees of the stores. `turn` resolves when the call may happen, or rejects when it fails. */
export function portsOn(
  redis: FakeRedis,
  mongo: FakeMongo,
  turn: (call: string) => Promise<void>,
  told: Order[],
) {
  const field = (claim: Claim) => `${claim.n}:${claim.customerId}`;
  const at = <T>(call: string, act: () => T): Promise<T> => turn(call).then(act);

  const ledger: Pick<ClaimLedger, 'claim' | 'adopt' | 'reassign' | 'restore'> = {
    claim: ({ saleId, epoch }, { customerId, requestId }) =>
      at('claim', () => {
        const keys = redis.epochs.get(epoch);
        if (!redis.claimScripts.has(epoch) || redis.isClosed(epoch) || !keys)
          return { code: 'closed' } as const;
        const known = keys.holders.get(`1:${customerId}`);
        if (known) return { code: 'again', claim: known } as const;
        if (keys.remaining <= 0) return { code: 'sold_out' } as const;
        const unit = redis.take(keys);
        const claim = {
          saleId,
          customerId,
          n: 1,
          unit,
          seq: keys.seq,
          requestId,
          claimedAt: 1,
          arrivedAt: 1,
        };
        keys.holders.set(field(claim), claim);
        redis.append(epoch, claim);
        return { code: 'claimed', claim, remaining: keys.remaining } as const;
      }),
    adopt: ({ epoch }, order) =>
      at('adopt', () => {
        const keys = redis.epochs.get(epoch);
        if (!redis.otherScripts.has(epoch) || redis.isClosed(epoch) || !keys) return 'closed';
        const held = keys.holders.get(field(order));
        if (held?.unit === order.unit) return 'known';
        if (held) redis.leave(keys, held.unit);
        keys.holders.set(field(order), order);
        if (keys.returned.delete(order.unit)) keys.remaining--;
        else if (order.unit >= keys.nextUnit) {
          for (let unit = keys.nextUnit; unit < order.unit; unit++) keys.returned.add(unit);
          keys.nextUnit = order.unit + 1;
          keys.remaining--;
        } else keys.contested.set(order.unit, (keys.contested.get(order.unit) ?? 0) + 1);
        keys.seq++;
        return 'adopted';
      }),
    restore: ({ epoch }, claim) =>
      at('restore', () => {
        const keys = redis.epochs.get(epoch);
        if (!redis.otherScripts.has(epoch) || redis.isClosed(epoch) || !keys)
          return { code: 'closed' } as const;
        const held = keys.holders.get(field(claim));
        if (held)
          return { code: held.requestId === claim.requestId ? 'known' : 'other', claim: held } as const;
        if (keys.remaining <= 0) return { code: 'revoked' } as const;
        const { unit } = claim;
        const own = keys.returned.delete(unit) || (unit >= keys.nextUnit && unit <= keys.terms.quantity);
        if (own) {
          for (let skipped = keys.nextUnit; skipped < unit; skipped++) keys.returned.add(skipped);
          keys.nextUnit = Math.max(keys.nextUnit, unit + 1);
          keys.remaining--;
          keys.seq++;
        }
        const restored = own ? claim : { ...claim, unit: redis.take(keys), seq: keys.seq };
        keys.holders.set(field(claim), restored);
        redis.append(epoch, restored);
        return { code: 'restored', claim: restored } as const;
      }),
    reassign: ({ epoch }, claim) =>
      at('reassign', () => {
        const keys = redis.epochs.get(epoch);
        if (!redis.otherScripts.has(epoch) || redis.isClosed(epoch) || !keys)
          return { code: 'closed' } as const;
        const held = keys.holders.get(field(claim));
        if (held?.seq !== claim.seq) return { code: 'absent' } as const;
        redis.yieldUnit(keys, held.unit);
        if (keys.remaining <= 0) {
          keys.holders.delete(field(claim));
          return { code: 'revoked' } as const;
        }
        const unit = redis.take(keys);
        const moved = { ...held, unit, seq: keys.seq };
        keys.holders.set(field(claim), moved);
        redis.append(epoch, moved);
        return { code: 'reassigned', unit, seq: keys.seq } as const;
      }),
  };

  const keys: EpochKeys = {
    lock: () => Promise.resolve(true),
    renewLock: () => Promise.resolve(),
    unlock: () => Promise.resolve(),
    join: () => Promise.resolve(false),
    inspect: ({ epoch }) =>
      at('inspect', () => ({
        open: redis.alarms-- <= 0 && redis.claimScripts.has(epoch) && !redis.isClosed(epoch),
        stock: null,
        revision: null,
        lastClaimAt: null,
      })),
    async closeUpTo({ epoch }) {
      for (let past = epoch; past >= 1; past--) await at('close', () => redis.closedFlags.add(past));
    },
    build: ({ epoch }, content) =>
      at('build', () => {
        redis.epochs.set(epoch, {
          ...content,
          closed: false,
          holders: new Map(content.holders.map((claim) => [field(claim), claim])),
          returned: new Set(content.returned),
          contested: new Map(),
        });
      }),
    openForRestores: ({ epoch }) => at('openForRestores', () => void redis.otherScripts.add(epoch)),
    open: ({ epoch }) =>
      at('open', () => void redis.claimScripts.add(epoch).has(redis.otherScripts.add(epoch).size)),
    removeBefore: ({ epoch }) =>
      at('removeBefore', () => {
        for (const past of [...redis.epochs.keys()]) {
          if (past < epoch) {
            redis.closedFlags.add(past);
            redis.epochs.delete(past);
          }
        }
      }),
  };

  const toEntry = ([entryId, { claim }]: [string, { claim: Claim }]): OutboxEntry => ({
    entryId,
    claim,
    raw: [],
  });
  const outbox: Outbox = {
    read: ({ epoch }, countMax) =>
      at('read', () => {
        const fresh = [...redis.outbox(epoch)].filter(([, entry]) => !entry.delivered).slice(0, countMax);
        for (const [, entry] of fresh) entry.delivered = true;
        return fresh.map(toEntry);
      }),
    takeOver: ({ epoch }) =>
      at('takeOver', () => [...redis.outbox(epoch)].filter(([, e]) => e.delivered).map(toEntry)),
    leftovers: ({ epoch }) => at('leftovers', () => [...redis.outbox(epoch)].map(toEntry)),
    settle: ({ epoch }, ids) => at('settle', () => ids.forEach((id) => void redis.outbox(epoch).delete(id))),
    setAside: () => Promise.reject(new Error('nothing here is poison')),
    depth: ({ epoch }) => Promise.resolve({ waiting: redis.outbox(epoch).size, poisoned: 0 }),
    oldestAt: () => Promise.resolve(null),
  };

  const insertOne = (claim: Claim, confirmedAt: number): Settlement => {
    const own = mongo.orders.get(orderId(claim));
    if (own) return { code: sameClaim(own, claim) ? 'stored_before' : 'customer_has_another', order: own };
    const other = [...mongo.orders.values()].find((order) => order.unit === claim.unit);
    if (other) return { code: 'unit_taken', order: other };
    const order: StoredOrder = { ...claim, price: 1, status: 'confirmed', confirmedAt };
    mongo.orders.set(orderId(claim), order);
    return { code: 'stored', order };
  };
  const orders: Pick<OrderStore, 'insert' | 'ofSale' | 'countPurchases' | 'refreshTotalsOfSale'> = {
    insert: (claims, _sale, confirmedAt) =>
      at('insert', () => claims.map((claim) => insertOne(claim, confirmedAt))),
    async *ofSale() {
      yield* await at('ofSale', () => [...mongo.orders.values()]);
    },
    countPurchases: (written) =>
      at('totals', () => {
        // As in customer-totals.ts: whoever enters a customer says what it wrote, whoever finds one counts.
        for (const [id, count] of written)
          mongo.totals.set(id, mongo.totals.has(id) ? mongo.ordersOf(id) : count);
      }),
    refreshTotalsOfSale: () =>
      at('totalsOfSale', () =>
        [...mongo.orders.values()].forEach((o) => void mongo.totals.set(o.customerId, 1)),
      ),
  };
  const sales: Pick<SaleStore, 'epoch' | 'takeEpoch' | 'byId'> = {
    epoch: () => at('epoch', () => mongo.epoch),
    byId: () => at('sale', () => mongo.sale),
    takeEpoch: ({ epoch }: SaleEpoch) =>
      at('takeEpoch', () => {
        if (mongo.epoch >= epoch) return false;
        mongo.epoch = epoch;
        return true;
      }),
  };
  const notifier = { notify: (order: Order) => void told.push(order) };
  return { ledger, keys, outbox, orders, sales, notifier };
}
