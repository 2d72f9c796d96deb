import { createSecretKey } from 'node:crypto';
import type { Money } from '@flipzon/protocol/money.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder, sameClaim } from '../../src/sale/order.ts';
import type { SaleRecord, SaleTerms } from '../../src/sale/sale.ts';
import type { SalePlan } from '../../src/sale/sale-plan.ts';
import type {
  ClaimRepairs,
  InsertOutcome,
  OperatorLog,
  OrderStore,
  PlanStore,
  SaleStore,
} from '../../src/sale/store-ports.ts';
import type { Seal, SealChunk, SealedClaim, SealStore } from '../../src/seal/seal.ts';
import type { Turn } from './fake-ledger.ts';

/** What MongoDB holds. */
export class FakeMongo {
  readonly orders = new Map<string, StoredOrder>();
  readonly totals = new Map<string, number>();
  readonly sales: SaleRecord[] = [];
  readonly revisions = new Map<string, SaleTerms>();
  readonly revisedAt = new Map<string, number>();
  readonly successors = new Set<string>();
  readonly dropped = new Set<string>();
  readonly epochs = new Map<string, number>();
  readonly plans = new Map<string, SalePlan>();
  readonly repairs = new Map<string, { claim: Claim; outcome: 'restored' | 'revoked' }>();
  readonly seals: Seal[] = [];
  readonly chunks = new Map<string, SealChunk>();
  /** Cancellations that were begun, by their entry in the log. */
  readonly cancellations = new Map<string, string>();

  constructor(...sales: SaleRecord[]) {
    for (const sale of sales) this.add(sale);
  }

  add(sale: SaleRecord): void {
    this.sales.push(sale);
    this.revisions.set(`${sale.id}:1`, sale.terms);
  }

  /** The first one. */
  get sale(): SaleRecord {
    return this.newest(this.sales[0] as SaleRecord);
  }

  /** Of the first sale. */
  get epoch(): number {
    return this.epochOf((this.sales[0] as SaleRecord).id);
  }

  epochOf(saleId: string): number {
    return this.epochs.get(saleId) ?? 0;
  }

  newest(sale: SaleRecord): SaleRecord {
    let { terms } = sale;
    for (let next = terms.revision + 1; ; next++) {
      const later = this.revisions.get(`${sale.id}:${next}`);
      if (later === undefined) return { ...sale, terms };
      terms = later;
    }
  }

  byId(id: string): SaleRecord | null {
    const sale = this.sales.find((known) => known.id === id);
    return sale === undefined ? null : this.newest(sale);
  }

  ordersOf(saleId: string): StoredOrder[] {
    return [...this.orders.values()].filter((order) => order.saleId === saleId);
  }

  countOf(customerId: string): number {
    return [...this.orders.values()].filter(
      (order) => order.customerId === customerId && order.status === 'confirmed',
    ).length;
  }

  insertOne(claim: Claim, price: Money, confirmedAt: number): InsertOutcome {
    const own = this.orders.get(orderId(claim));
    if (own && !sameClaim(own, claim)) return { code: 'customer_has_another', order: own };
    if (own) return { code: own.status === 'cancelled' ? 'cancelled_before' : 'stored_before', order: own };
    const other = this.ordersOf(claim.saleId).find(
      ({ unit, status }) => unit === claim.unit && status === 'confirmed',
    );
    if (other) return { code: 'unit_taken', order: other };
    const order: StoredOrder = { ...claim, price, status: 'confirmed', confirmedAt };
    this.orders.set(orderId(claim), order);
    return { code: 'stored', order };
  }
}

const notHere = () => Promise.reject(new Error('the fake does not need it'));

export function fakeOrders(mongo: FakeMongo, at: Turn): OrderStore {
  return {
    insert: (claims, sale, confirmedAt) =>
      at('insert', () => claims.map((claim) => mongo.insertOne(claim, sale.product.price, confirmedAt))),
    byId: (id) => at('orderById', () => mongo.orders.get(id) ?? null),
    ofCustomer: (customerId) =>
      at('ofCustomer', () => [...mongo.orders.values()].filter((order) => order.customerId === customerId)),
    async *ofSale(saleId) {
      yield* await at('ofSale', () => mongo.ordersOf(saleId));
    },
    async *claimedSince(saleIds, since) {
      yield* await at('claimedSince', () =>
        saleIds.flatMap((id) => mongo.ordersOf(id)).filter(({ claimedAt }) => claimedAt >= since),
      );
    },
    page: notHere,
    pageOfCustomer: notHere,
    search: notHere,
    customersIn: notHere,
    active: notHere,
    async cancel(id, _now) {
      const found = await at('orderToCancel', () => mongo.orders.get(id) ?? null);
      if (found === null) return found;
      const order: StoredOrder = { ...found, status: 'cancelled' };
      await at('cancelOrder', () => void mongo.orders.set(id, order));
      await at('totals', () => void mongo.totals.set(order.customerId, mongo.countOf(order.customerId)));
      return order;
    },
    countPurchases: (written) =>
      at('totals', () => {
        // As in customer-totals.ts: who enters a customer says what it wrote, who finds one counts.
        for (const [id, count] of written)
          mongo.totals.set(id, mongo.totals.has(id) ? mongo.countOf(id) : count);
      }),
    recount: notHere,
    totalPurchases: (customerId) => at('totalOf', () => mongo.totals.get(customerId) ?? 0),
  };
}

/** The step runs at the moment at which it is scheduled. */
export function fakeRecounts(mongo: FakeMongo, at: Turn) {
  return {
    plan: ({ saleId }: SaleEpoch) =>
      at('totalsOfSale', () =>
        mongo
          .ordersOf(saleId)
          .forEach(({ customerId }) => void mongo.totals.set(customerId, mongo.countOf(customerId))),
      ),
    begin: () => undefined,
  };
}

export function fakeSales(mongo: FakeMongo, at: Turn, now: () => number): SaleStore {
  const newestFirst = () => mongo.sales.toSorted((a, b) => b.createdAt - a.createdAt);
  const current = () => {
    const shown = newestFirst().find(({ takesOverAt }) => (takesOverAt ?? 0) <= now());
    return shown === undefined ? null : mongo.newest(shown);
  };
  const successor = () => {
    const [newest, before] = newestFirst();
    if (newest?.takesOverAt == null) return null;
    const { takesOverAt } = newest;
    return { sale: mongo.newest(newest), takesOverAt, replacedId: before?.id ?? null };
  };
  return {
    current: () => at('currentSale', current),
    onShow: () => at('onShow', () => ({ current: current(), successor: successor() })),
    byId: (id) => at('sale', () => mongo.byId(id)),
    before: (sale) =>
      at('salesBefore', () =>
        mongo.sales
          .filter(({ createdAt }) => createdAt < sale.createdAt)
          .sort((a, b) => b.createdAt - a.createdAt),
      ),
    create: (sale: SaleRecord, _by: string, replacedId: string | null) =>
      at('createSale', () => {
        const place = replacedId ?? 'first';
        if (mongo.successors.has(place)) return 'exists';
        if (mongo.dropped.has(sale.id)) return 'dropped';
        if (mongo.byId(sale.id) !== null) return 'exists';
        mongo.successors.add(place);
        mongo.add(sale);
        return 'created';
      }),
    successor: () => at('successor', successor),
    tookOver: (saleId) =>
      at('tookOver', () => {
        const sale = mongo.sales.find(({ id }) => id === saleId);
        if (sale !== undefined) sale.takesOverAt = null;
      }),
    windows: (saleId) =>
      at('windows', () =>
        [...mongo.revisions]
          .filter(([id]) => id.startsWith(`${saleId}:`))
          .map(([id, { startsAt, endsAt, paused }]) => ({
            ...{ startsAt, endsAt, paused, from: mongo.revisedAt.get(id) ?? 0 },
          })),
      ),
    revise: (saleId, terms, entry) =>
      at('revise', () => {
        const id = `${saleId}:${terms.revision}`;
        if (mongo.revisions.has(id)) return 'conflict';
        mongo.revisions.set(id, terms);
        mongo.revisedAt.set(id, entry.at);
        return 'revised';
      }),
    epoch: (saleId) => at('epoch', () => mongo.epochOf(saleId)),
    takeEpoch: ({ saleId, epoch }) =>
      at('takeEpoch', () => {
        if (mongo.epochOf(saleId) >= epoch) return false;
        mongo.epochs.set(saleId, epoch);
        return true;
      }),
  };
}

export function fakeLog(mongo: FakeMongo, at: Turn): OperatorLog {
  return {
    begin: ({ id, action, order }) =>
      at('logBegin', () => {
        if (action === 'cancel' && order != null) mongo.cancellations.set(id, order);
      }),
    done: (id) => at('logDone', () => void mongo.cancellations.delete(id)),
    begunCancellations: () => at('begun', () => [...mongo.cancellations.values()]),
    page: notHere,
    termsSince: () => at('termsSince', () => []),
  };
}

export function fakePlans(mongo: FakeMongo, at: Turn): PlanStore {
  return {
    add: (plan) => at('addPlan', () => void mongo.plans.set(plan.id, plan)),
    replace: notHere,
    drafts: notHere,
    byPreviewKey: notHere,
    byId: (id) => at('plan', () => mongo.plans.get(id) ?? null),
    all: () => at('plans', () => [...mongo.plans.values()]),
    remove: (id) => at('removePlan', () => void mongo.plans.delete(id)),
    drop: ({ id }) =>
      at('dropPlan', () => {
        if (mongo.byId(id) !== null) return false;
        mongo.dropped.add(id);
        mongo.plans.delete(id);
        return true;
      }),
  };
}

export function fakeRepairNotes(mongo: FakeMongo, at: Turn): ClaimRepairs {
  return {
    add: (claim, outcome) =>
      at(
        'repair',
        () => void mongo.repairs.set(`${orderId(claim)}:${claim.seq}:${outcome}`, { claim, outcome }),
      ),
    countsOf: (saleId) =>
      at('repairs', () => {
        const of = [...mongo.repairs.values()].filter(({ claim }) => claim.saleId === saleId);
        const count = (wanted: string) => of.filter(({ outcome }) => outcome === wanted).length;
        return { restored: count('restored'), revoked: count('revoked') };
      }),
    revokedOf: notHere,
  };
}

const sealKey = createSecretKey(Buffer.alloc(32));

export function fakeSeals(mongo: FakeMongo, at: Turn): SealStore {
  const of = (saleId: string) => mongo.seals.filter((seal) => seal.saleId === saleId);
  return {
    key: () => Promise.resolve(sealKey),
    async *claimsInOrder(saleId) {
      yield* await at('claimsInOrder', (): SealedClaim[] => {
        const orders = mongo.ordersOf(saleId);
        const written = new Set(orders.map(({ customerId, seq }) => `${customerId}:${seq}`));
        const revoked = [...mongo.repairs.values()]
          .filter(({ claim, outcome }) => claim.saleId === saleId && outcome === 'revoked')
          .filter(({ claim }) => !written.has(`${claim.customerId}:${claim.seq}`))
          .map(({ claim }): SealedClaim => ({ ...claim, status: 'revoked', price: null }));
        return [...orders, ...revoked].toSorted((a, b) => a.seq - b.seq);
      });
    },
    addChunk: (chunk) => at('addChunk', () => void mongo.chunks.set(`${chunk.index}:${chunk.root}`, chunk)),
    chunk: (_saleId, index, root) => at('chunk', () => mongo.chunks.get(`${index}:${root}`) ?? null),
    insert: (seal) =>
      at('insertSeal', () => {
        if (of(seal.saleId).some(({ version }) => version === seal.version)) return 'conflict';
        mongo.seals.push(seal);
        return 'inserted';
      }),
    newest: (saleId) => at('newestSeal', () => of(saleId).at(-1) ?? null),
    byVersion: notHere,
    versions: notHere,
    unsealed: notHere,
  };
}
