import type { SaleSnapshot } from '../sale/current-sale.ts';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import type { SaleStore } from '../sale/store-ports.ts';

/** A shop that was down for longer than that leaves holds of replaced sales to the audit. */
const reachMs = 7 * 24 * 3_600_000;

/** An open epoch of a sale that requires payment and may have holds. */
export interface SweptSale extends SaleEpoch {
  /** Another sale has its place: no hold is added, and its keys are not built again after a loss. */
  isReplaced?: boolean;
}

interface Dependencies {
  current: { readonly snapshot: SaleSnapshot | null; readonly at: SaleEpoch | null };
  sales: Pick<SaleStore, 'before' | 'epoch'>;
  clock: Clock;
}

/** The sale on the page, and those that it has replaced, until the last of their holds has ended. */
export function createSweptSales({ current, sales, clock }: Dependencies) {
  const replaced = new Map<string, SweptSale>();
  const finished = new Set<string>();
  let seenId: string | null = null;

  const lookBack = async ({ sale }: SaleSnapshot): Promise<void> => {
    const earlier = await sales.before(sale, clock.now() - reachMs);
    for (const saleId of finished) if (!earlier.some(({ id }) => id === saleId)) finished.delete(saleId);
    for (const { id: saleId, terms } of earlier) {
      if (terms.payment === undefined || finished.has(saleId) || replaced.has(saleId)) continue;
      replaced.set(saleId, { saleId, epoch: await sales.epoch(saleId), isReplaced: true });
    }
    seenId = sale.id;
  };
  return {
    async list(): Promise<SweptSale[]> {
      const { snapshot, at } = current;
      if (snapshot === null) return [];
      if (snapshot.sale.id !== seenId) await lookBack(snapshot);
      const isSwept = snapshot.available && snapshot.sale.terms.payment !== undefined;
      return [...(isSwept && at !== null ? [at] : []), ...replaced.values()];
    },
    /** No hold of this replaced sale is open, and every end is carried out. */
    finished(saleId: string): void {
      replaced.delete(saleId);
      finished.add(saleId);
    },
  };
}
