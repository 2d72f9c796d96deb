import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';

export interface BlockedCustomerRecord {
  customerId: string;
  reason: string | null;
  by: string;
  /** ms since 1970 */
  at: number;
}

export interface BlockedList {
  byId(customerId: string): Promise<BlockedCustomerRecord | null>;
  /** The last one blocked first; `before` is the `next` of an earlier page. */
  page(wanted: { before?: string | undefined; limit: number }): Promise<{
    customers: BlockedCustomerRecord[];
    next: string | null;
  }>;
}

export interface Blocking {
  /** False: there are too many already. */
  block(customerId: string, reason: string | null, by: string): Promise<boolean>;
  unblock(customerId: string, by: string): Promise<void>;
}

interface Dependencies {
  store: {
    hasRoom(): Promise<boolean>;
    add(customerId: string, reason: string | null, by: string): Promise<void>;
    remove(customerId: string): Promise<void>;
  };
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
  isBlocked: (customerId: string) => boolean;
  /** Makes all nodes read the list again. */
  tell: () => Promise<void>;
}

/** Blocks and unblocks customers; like all actions, it is in the operators' log before it is done. */
export function createBlocking({ store, log, clock, isBlocked, tell }: Dependencies): Blocking {
  const noted = async (
    action: 'block' | 'unblock',
    { customerId, reason, by }: { customerId: string; reason: string | null; by: string },
    act: () => Promise<void>,
  ): Promise<void> => {
    const at = clock.now();
    const id = `${action}:${customerId}:${at}`;
    const changes = [{ field: 'blocked', before: isBlocked(customerId), after: action === 'block' }];
    await log.begin({ id, saleId: null, action, by, at, reason, customer: customerId, changes });
    await act();
    await tell();
    await log.done(id);
  };
  return {
    async block(customerId, reason, by) {
      if (!(await store.hasRoom())) return false;
      await noted('block', { customerId, reason, by }, () => store.add(customerId, reason, by));
      return true;
    },
    unblock: (customerId, by) =>
      noted('unblock', { customerId, reason: null, by }, () => store.remove(customerId)),
  };
}
