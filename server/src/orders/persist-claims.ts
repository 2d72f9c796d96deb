import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Outbox, OutboxEntry, PersistClaims } from '../sale/ledger-ports.ts';
import { type Claim, orderId, type StoredOrder, storedOrder } from '../sale/order.ts';
import type { Clock, PlanMails } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { InsertOutcome, OrderStore, WrittenClaims } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { createReconcile, type ReconcileDependencies, type Reconciled } from './reconcile.ts';

export type PersistedCode = InsertOutcome['code'] | Reconciled | 'unreadable';

interface Dependencies<Written extends Claim> extends ReconcileDependencies<Written> {
  outbox: Outbox;
  orders: WrittenClaims<Written>;
  clock: Clock;
  onPersisted: (code: PersistedCode, claim: Claim | null, at: number) => void;
  /** Absent where the shop sends no mails. */
  planMails?: PlanMails | undefined;
}

/** Claims become orders. */
export function createPersistClaims(
  deps: Omit<Dependencies<StoredOrder>, 'orders'> & {
    orders: Pick<OrderStore, 'insert' | 'countPurchases'>;
  },
): PersistClaims {
  const { orders } = deps;
  return createPersistInto({
    ...deps,
    orders: {
      insert: (...batch) => orders.insert(...batch),
      countPurchases: (written) => orders.countPurchases(written),
      show: storedOrder,
      isGone: ({ status }) => status === 'cancelled',
      // Redis keeps cancelled orders, and brings none back.
      repeatEnd: async () => undefined,
      repeatIfEnded: async () => undefined,
    },
  });
}

export function createPersistInto<Written extends Claim>(deps: Dependencies<Written>): PersistClaims {
  const { outbox, orders, sales } = deps;
  const { giveWay, adoptIfLate } = createReconcile(deps);
  const tell = (order: Order) => deps.notifier.notify(order);

  /** A restock that this node has not heard of yet would make good units look out of range. */
  const withQuantityFor = async (sale: SaleRecord, claims: readonly Claim[]): Promise<SaleRecord> =>
    claims.every((claim) => claim.unit <= sale.terms.quantity) ? sale : ((await sales.byId(sale.id)) ?? sale);

  return async (sale, at, entries, live) => {
    const readable = entries.filter((entry): entry is OutboxEntry & { claim: Claim } => entry.claim !== null);
    for (const entry of entries) {
      if (entry.claim !== null) continue;
      await outbox.deadLetter(at, entry, 'not a claim');
      deps.onPersisted('unreadable', null, deps.clock.now());
    }
    if (readable.length === 0) return async () => undefined;

    const claims = readable.map((entry) => entry.claim);
    const known = await withQuantityFor(sale, claims);
    const outcomes = await orders.insert(claims, known, deps.clock.now());

    crashPoint('writer.afterInsert');
    const done: string[] = [];
    const written = new Map<string, Set<string>>();
    for (const [index, entry] of readable.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error(`no outcome for ${orderId(entry.claim)}`);
      let code: PersistedCode = outcome.code;
      switch (outcome.code) {
        case 'stored':
        case 'stored_before':
          tell(orders.show(outcome.order));
          addTo(written, entry.claim.customerId, orderId(entry.claim));
          break;
        case 'cancelled_before':
          // Keys that are being rebuilt come from MongoDB, which has the end.
          if (live) await orders.repeatEnd(outcome.order);
          break;
        case 'customer_has_another':
        case 'unit_taken':
          code = await giveWay(known, at, entry.claim, outcome, live);
          break;
        case 'invalid':
          await outbox.deadLetter(at, entry, outcome.reason);
          break;
      }
      if (outcome.code !== 'invalid') done.push(entry.entryId);
      deps.onPersisted(code, entry.claim, deps.clock.now());
    }
    if (live) await adoptIfLate(known, at, outcomes);
    crashPoint('writer.afterTell');
    return async () => {
      // Before the entries go: should the process die in between, they come again and so does this.
      await Promise.all([
        orders.countPurchases(new Map([...written].map(([customer, ids]) => [customer, ids.size]))),
        written.size > 0 && deps.planMails?.([...written].flatMap(mailed)),
      ]);
      crashPoint('writer.afterTotals');
      await outbox.ack(at, done);
      crashPoint('writer.afterAck');
    };
  };
}

function mailed([customerId, ids]: [string, Set<string>]) {
  return [...ids].map((id) => ({ id, customerId }));
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
