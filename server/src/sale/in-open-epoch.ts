import { setTimeout as delay } from 'node:timers/promises';
import type { SaleEpoch } from './ledger-ports.ts';
import type { SaleStore } from './store-ports.ts';

/** How long a Redis that is being recovered is waited for. After that a sweep takes over. */
const redisMsMaxDefault = 10_000;
const againMs = 100;

/**
 * Carries out in Redis what MongoDB has. False: the recovery of Redis takes too long. The epoch is read after MongoDB has it, so a later epoch is
 * built from it. Keys that are still being built answer `closed`, and may have been read from MongoDB before: they are tried again until they
 * are open.
 */
export async function inOpenEpoch(
  sales: Pick<SaleStore, 'epoch' | 'current'>,
  saleId: string,
  act: (at: SaleEpoch) => Promise<string>,
  redisMsMax = redisMsMaxDefault,
): Promise<boolean> {
  const endsAt = performance.now() + redisMsMax;
  for (;;) {
    const epoch = await sales.epoch(saleId);
    if ((await act({ saleId, epoch })) !== 'closed') return true;
    // An earlier sale sells nothing, and its keys are not built again.
    if ((await sales.current())?.id !== saleId) return true;
    if (performance.now() >= endsAt) return false;
    await delay(againMs);
  }
}
