import type { NodeStats } from '@flipzon/protocol/operator.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { openCount, overdueMsMax } from '../sale/hold.ts';
import type { ClaimLedger, Outbox, StockInUse } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import type { HoldStore, OrderStore } from '../sale/store-ports.ts';
import { PacedReading } from '../shared/paced-reading.ts';

/** Share of the time for which counting orders may keep MongoDB busy, however many there are. */
const share = 0.1;
const nothingWaits: NodeStats['outbox'] = { length: 0, oldestMs: 0, deadLetters: 0 };

interface Dependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'stockInUse'>;
  orders: Pick<OrderStore, 'active'>;
  holds: Pick<HoldStore, 'countsOf'>;
  outbox: Pick<Outbox, 'depth' | 'oldestAt'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

export type InvariantStatus = () => Pick<NodeStats, 'saleId' | 'outbox' | 'invariant'>;

/** Whether the current sale adds up at this moment, by what the two stores hold, and how far MongoDB is behind. */
export function createInvariantStatus({
  current,
  ledger,
  orders,
  holds,
  outbox,
  clock,
  onError,
}: Dependencies): InvariantStatus {
  const reading = new PacedReading(
    async () => {
      const { snapshot, at } = current;
      if (snapshot === null || at === null) return null;
      const { sale } = snapshot;
      // The time at which counting began: the count may not have newer orders.
      const countedAt = isoInstant(clock.now());
      // MongoDB is read first: Redis then knows the claim of every order read, so `held` is smaller only if units were given back.
      const stored = await orders.active(sale.id, sale.perCustomer);
      const requiresPayment = sale.terms.payment !== undefined;
      const open = requiresPayment ? openCount(await holds.countsOf(sale.id)) : 0;
      const overdueBefore = requiresPayment ? clock.now() - overdueMsMax : undefined;
      const held = await ledger.stockInUse(at, overdueBefore);
      return { saleId: sale.id, countedAt, stored, open, held };
    },
    share,
    onError,
  );
  // Read separately, because Redis answers at once: the backlog is up to date, however long counting takes.
  const waiting = new PacedReading(
    async () => {
      const { at } = current;
      if (at === null) return null;
      const [depth, oldestAt] = await Promise.all([outbox.depth(at), outbox.oldestAt(at)]);
      const oldestMs = oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt);
      return {
        saleId: at.saleId,
        outbox: { length: depth.waiting, oldestMs, deadLetters: depth.deadLetters },
      };
    },
    share,
    onError,
  );
  return () => {
    const saleId = current.snapshot?.sale.id ?? null;
    const ofSale = <T extends { saleId: string }>({ latest }: PacedReading<T | null>): T | null =>
      latest?.saleId === saleId ? latest : null;
    const counted = ofSale(reading);
    const held = counted?.held ?? null;
    return {
      saleId,
      outbox: ofSale(waiting)?.outbox ?? nothingWaits,
      invariant:
        counted === null || held === null
          ? null
          : {
              at: counted.countedAt,
              ...shownStock(held),
              ...counted.stored,
              behind: behindOf(counted, held),
            },
    };
  };
}

function shownStock({ sold, overdue, ...stock }: StockInUse) {
  return sold === undefined
    ? stock
    : { ...stock, inCheckout: stock.held - sold, sold, overdue: overdue ?? 0 };
}

/** Claims that MongoDB has neither as orders nor as open holds. */
function behindOf(
  { stored, open }: { stored: { orders: number }; open: number },
  { held }: StockInUse,
): number {
  return held - stored.orders - open;
}
