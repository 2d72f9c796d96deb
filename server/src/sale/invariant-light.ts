import type { Figures } from '@flipzon/protocol/operator.ts';
import type { CurrentSale } from './current-sale.ts';
import { PacedReading } from './paced-reading.ts';
import type { ClaimLedger, Clock, OrderStore, Outbox } from './ports.ts';

/** Counting orders may keep MongoDB busy for so much of the time, however many there are. */
const share = 0.1;
const nothingWaits: Figures['outbox'] = { length: 0, oldestMs: 0, poisoned: 0 };

interface Dependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'standing'>;
  orders: Pick<OrderStore, 'standing'>;
  outbox: Pick<Outbox, 'depth' | 'oldestAt'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

export type InvariantLight = () => Pick<Figures, 'saleId' | 'outbox' | 'invariant'>;

/** Whether the sale on show adds up at this moment, by what the two stores hold, and how far MongoDB is behind. */
export function createInvariantLight({
  current,
  ledger,
  orders,
  outbox,
  clock,
  onError,
}: Dependencies): InvariantLight {
  const reading = new PacedReading(
    async () => {
      const { snapshot, at } = current;
      if (snapshot === null || at === null) return null;
      const { sale } = snapshot;
      // MongoDB first: of what it has, Redis then knows every claim, and so `held` is not smaller but for units that are given back.
      const stored = await orders.standing(sale.id, sale.perCustomer);
      const [held, { waiting, poisoned }, oldestAt] = await Promise.all([
        ledger.standing(at),
        outbox.depth(at),
        outbox.oldestAt(at),
      ]);
      const oldestMs = oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt);
      return { saleId: sale.id, stored, held, outbox: { length: waiting, oldestMs, poisoned } };
    },
    share,
    onError,
  );
  return () => {
    const { latest } = reading;
    const saleId = current.snapshot?.sale.id ?? null;
    if (latest === null || latest.saleId !== saleId) return { saleId, outbox: nothingWaits, invariant: null };
    const { stored, held } = latest;
    return {
      saleId,
      outbox: latest.outbox,
      invariant: held === null ? null : { ...held, ...stored, behind: held.held - stored.orders },
    };
  };
}
