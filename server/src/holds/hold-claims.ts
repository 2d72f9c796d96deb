import { type Hold, type HoldEnd, type HoldRecord, heldOrder, keepsUnit } from '../sale/hold.ts';
import type { HoldLedger } from '../sale/ledger-ports.ts';
import type { HoldStore, SaleStore, WrittenClaims } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import type { EndHold } from './end-hold.ts';

/** What the order writer writes in a sale that requires payment. */
export type WrittenHold = Hold & { end: HoldEnd | null };

interface Dependencies {
  holds: Pick<HoldStore, 'insert' | 'byId'>;
  sales: Pick<SaleStore, 'epoch'>;
  ledger: Pick<HoldLedger, 'addDue'>;
  endHold: Pick<EndHold, 'finish'>;
}

/** Claims become holds instead of orders. */
export function createHoldClaims({
  holds,
  sales,
  ledger,
  endHold,
}: Dependencies): WrittenClaims<WrittenHold> {
  return {
    async insert(claims, sale, heldAt) {
      const { payment } = sale.terms;
      if (payment === undefined) throw new Error(`sale ${sale.id} requires no payment`);
      const outcomes = await holds.insert(claims, sale, payment, heldAt);
      crashPoint('hold.afterInsert');
      const written = outcomes.flatMap((each) =>
        each.code === 'stored' || each.code === 'stored_before' ? [each.record] : [],
      );
      // Read after the insert: a recovery that took a later epoch before it may not have found these holds.
      const at = { saleId: sale.id, epoch: await sales.epoch(sale.id) };
      await ledger.addDue(
        at,
        written.filter(({ end }) => end === null).map(({ hold }) => hold),
      );
      return outcomes.map((each) => {
        if (each.code === 'invalid') return each;
        const { code, record } = each;
        const hasEnded = code === 'stored_before' && record.end !== null;
        return { code: hasEnded ? 'cancelled_before' : code, order: writtenHold(record) };
      });
    },
    // A hold is no purchase yet.
    countPurchases: async () => undefined,
    show: ({ end, ...hold }) => heldOrder({ hold, end }),
    isGone: ({ end, ...hold }) => !keepsUnit({ hold, end }),
    repeatEnd: ({ end, ...hold }) => endHold.finish({ hold, end }),
    async repeatIfEnded({ id }) {
      const record = await holds.byId(id);
      if (record !== null) await endHold.finish(record);
    },
  };
}

function writtenHold({ hold, end }: HoldRecord): WrittenHold {
  return { ...hold, end };
}
