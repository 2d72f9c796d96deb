import type { HoldRecord } from '../sale/hold.ts';
import type {
  ClaimLedger,
  EpochContent,
  EpochKeys,
  Outbox,
  PersistClaims,
  RecoveryOutcome,
  SaleEpoch,
} from '../sale/ledger-ports.ts';
import type { Claim, StoredOrder } from '../sale/order.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { HoldStore, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { isUnitOf, type UnitRange, unitsOf } from '../sale/variant.ts';
import { crashPoint } from '../shared/crash-point.ts';
import type { CarryRequests } from './carry-requests.ts';
import { heldContent } from './held-content.ts';

const drainBatchMax = 500;
/** Each epoch counts its changes in a separate range, so `seq` grows even if Redis has forgotten its last value. */
const seqPerEpoch = 1e9;

interface Dependencies {
  sales: SaleStore;
  orders: OrderStore;
  holds: Pick<HoldStore, 'ofSale'>;
  outbox: Outbox;
  keys: EpochKeys;
  ledger: Pick<ClaimLedger, 'configure'>;
  persistClaims: PersistClaims;
  carryRequests: CarryRequests;
  /** Customers who may not have been counted when Redis lost its memory. */
  recounts: { plan(at: SaleEpoch): Promise<void>; begin(): void };
  /**
   * Resolves when nodes and customers have had time to present claims that Redis forgot. Everything but the claim script works
   * in the epoch meanwhile.
   */
  restoreWindow: (at: SaleEpoch) => Promise<void>;
}

export interface Recovery {
  /**
   * Brings the sale to an open epoch: the one it has, or a new one built from MongoDB. Safe to repeat, at once, from several nodes. A new epoch is
   * taken (an insert into MongoDB that one node wins) → older epochs are closed → drained (their outboxes are written) → it is built from the
   * orders → open for restores (claims that Redis forgot come back) → open. A node that dies on the way leaves a closed epoch, and the next
   * recovery takes the one after it.
   */
  recover(sale: SaleRecord): Promise<RecoveryOutcome>;
  /** Writes all that is left in the outboxes of the sale; false when claims are left after `msMax`. */
  drainWithin(msMax: number, sale: SaleRecord): Promise<boolean>;
}

export function createRecovery(deps: Dependencies): Recovery {
  const { sales, orders, holds, outbox, keys, ledger, persistClaims, recounts, restoreWindow } = deps;
  /** Writes what is left in the outboxes up to and including `epoch`, until it is all written or `goOn` says no. */
  const drain = async (sale: SaleRecord, epoch: number, live: boolean, goOn = () => true) => {
    let written = 0;
    for (let past = epoch; past >= 1; past--) {
      const at: SaleEpoch = { saleId: sale.id, epoch: past };
      for (;;) {
        const entries = await outbox.readAll(at, drainBatchMax);
        if (entries.length === 0) break;
        if (!goOn()) return { written, all: false };
        const finish = await persistClaims(sale, at, entries, live);
        await finish();
        written += entries.length;
      }
    }
    return { written, all: true };
  };

  return {
    async drainWithin(msMax, sale) {
      const endsAt = performance.now() + msMax;
      const epoch = await sales.epoch(sale.id);
      // Open keys are not rebuilt afterwards: what MongoDB decides otherwise is made known to them, and may put claims back into the outbox.
      const live = (await keys.inspect({ saleId: sale.id, epoch })).open;
      for (;;) {
        const { written, all } = await drain(sale, epoch, live, () => performance.now() < endsAt);
        if (!all || written === 0) return all;
      }
    },
    async recover(sale) {
      const before = await sales.epoch(sale.id);
      const last = { saleId: sale.id, epoch: before };
      if (before > 0 && ((await keys.inspect(last)).open || (await keys.join(last)))) {
        return { code: 'open_already', epoch: before };
      }

      const next = { saleId: sale.id, epoch: before + 1 };
      if (!(await sales.takeEpoch(next))) return { code: 'overtaken' };
      crashPoint('recovery.afterTakeEpoch');
      // From here on nothing is claimed in an older epoch, so the outboxes only get shorter.
      await keys.closeUpTo(last);
      crashPoint('recovery.afterClose');
      const { written: drained } = await drain(sale, before, false);
      crashPoint('recovery.afterDrain');
      const newest = await sales.byId(sale.id);
      if (newest === null) throw new Error(`sale ${sale.id} is gone from MongoDB`);
      const written = await collect(orders.ofSale(sale.id));
      const held = newest.terms.payment === undefined ? [] : await collect(holds.ofSale(sale.id));
      const content = epochContent(newest, written, next.epoch, held);
      await keys.build(next, content);
      const carried = await deps.carryRequests(sale, next);
      crashPoint('recovery.afterBuild');
      const isNewest = async () => (await sales.epoch(sale.id)) === next.epoch;
      if (!(await isNewest())) return { code: 'overtaken' };
      await keys.openForRestores(next);
      // From here on an operator's change reaches the new keys directly. A change since `newest` was read found the keys closed.
      const changed = await sales.byId(sale.id);
      if (changed !== null && changed.terms.revision > newest.terms.revision) {
        await ledger.configure(next, changed.terms);
      }
      if (before > 0) {
        await restoreWindow(next);
        // Done once the sale is open: it takes longer the larger the sale, and no buy depends on it.
        await recounts.plan(next);
      }
      crashPoint('recovery.afterRestores');
      if (!(await isNewest())) return { code: 'overtaken' };
      await keys.open(next);
      crashPoint('recovery.afterOpen');
      await carried();
      recounts.begin();
      await keys.removeBefore(next);
      return { code: 'recovered', epoch: next.epoch, orders: content.holders.length, drained };
    },
  };
}

/** The keys of an epoch as MongoDB's orders and holds imply them. Throws when they contradict each other: then nothing may be sold. */
export function epochContent(
  sale: SaleRecord,
  orders: readonly StoredOrder[],
  epoch: number,
  records: readonly HoldRecord[] = [],
): EpochContent {
  const { quantity, variants, payment } = sale.terms;
  const held = payment && heldContent(records, orders, payment);
  const holders: Claim[] = orders.filter((order) => order.status === 'confirmed');
  const cancelled: Claim[] = orders.filter((order) => order.status === 'cancelled');
  holders.push(...(held?.holders ?? []));
  cancelled.push(...(held?.cancelled ?? []));
  const taken = new Set(holders.map((order) => order.unit));
  const ofEach = variants?.map(({ ranges }) => freeUnits(ranges, taken));
  const all = ofEach ?? [freeUnits([{ from: 1, to: quantity }], taken)];
  const remaining = all.reduce((sum, free) => sum + free.remaining, 0);
  if (taken.size !== holders.length || holders.length + remaining !== quantity) {
    throw new Error(
      `sale ${sale.id} does not add up: ${holders.length} orders on ${taken.size} units, ${remaining} free, ${quantity} in all`,
    );
  }
  return {
    terms: sale.terms,
    perCustomer: sale.perCustomer,
    holders,
    cancelled,
    ...(held && { holds: held.holds }),
    returned: all.flatMap((free) => free.returned),
    nextUnit: Math.max(...all.map((free) => free.nextUnit)),
    remaining,
    seq: (epoch - 1) * seqPerEpoch + holders.length,
    ...(ofEach && {
      variants: ofEach.map((free) => ({ nextUnit: free.nextUnit, remaining: free.remaining })),
    }),
  };
}

/** Which of these units are free: those before the last one that is taken count as given back, those from `nextUnit` on as never sold. */
function freeUnits(ranges: readonly UnitRange[], taken: ReadonlySet<number>) {
  let held = 0;
  let highest = 0;
  for (const unit of taken) {
    if (!isUnitOf(unit, { ranges })) continue;
    held++;
    highest = Math.max(highest, unit);
  }
  const returned: number[] = [];
  for (const { from, to } of ranges) {
    for (let unit = from; unit <= Math.min(to, highest); unit++) if (!taken.has(unit)) returned.push(unit);
  }
  return {
    returned,
    nextUnit: highest === 0 ? (ranges[0]?.from ?? 1) : highest + 1,
    remaining: unitsOf({ ranges }) - held,
  };
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}
