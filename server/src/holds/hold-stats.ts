import type { CurrentSale } from '../sale/current-sale.ts';
import { overdueMsMax } from '../sale/hold.ts';
import type { ClaimLedger, StockInUse } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';

/** What Redis has of the current sale's units; null where the sale requires no payment, and while Redis can't be asked. */
export async function holdStats(
  ledger: Pick<ClaimLedger, 'stockInUse'>,
  { snapshot, at }: Pick<CurrentSale, 'snapshot' | 'at'>,
  clock: Clock,
): Promise<StockInUse | null> {
  if (at === null || at.epoch === 0 || snapshot?.sale.terms.payment === undefined) return null;
  return ledger.stockInUse(at, clock.now() - overdueMsMax).catch(() => null);
}
