import type { Outbox, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';

/** How far the orders are behind the claims; null while Redis can't be asked. */
export async function outboxStats(outbox: Outbox, at: SaleEpoch | null, clock: Clock) {
  if (at === null || at.epoch === 0) return { waiting: 0, deadLetters: 0, oldestMs: 0 };
  try {
    const [{ waiting, deadLetters }, oldestAt] = await Promise.all([outbox.depth(at), outbox.oldestAt(at)]);
    return { waiting, deadLetters, oldestMs: oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt) };
  } catch {
    return null;
  }
}
