import { createEndHold, type EndHoldDependencies } from '../holds/end-hold.ts';
import { createHoldClaims } from '../holds/hold-claims.ts';
import { HoldSweep } from '../holds/hold-sweep.ts';
import { createSettleHold } from '../holds/settle-hold.ts';
import { createSweptSales } from '../holds/swept-sales.ts';
import { createPersistClaims, createPersistInto, type PersistedCode } from '../orders/persist-claims.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimLedger, HoldLedger, Outbox, PersistClaims } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { Clock, OrderNotifier, PlanMails } from '../sale/ports.ts';
import type {
  HoldStore,
  OperatorLog,
  OrderStore,
  PaymentReferences,
  SaleStore,
} from '../sale/store-ports.ts';

interface Dependencies {
  current: CurrentSale;
  sales: SaleStore;
  orders: OrderStore;
  holds: HoldStore;
  paymentReferences: PaymentReferences;
  operatorLog: OperatorLog;
  ledger: ClaimLedger;
  holdLedger: HoldLedger;
  outbox: Outbox;
  notifier: OrderNotifier;
  clock: Clock;
  planMails: PlanMails | undefined;
  observer: {
    onPersisted: (outcome: PersistedCode, claim: Claim | null, at: number) => void;
    onSweep: (tookMs: number) => void;
    fault: (part: string) => (error: unknown) => void;
  };
  onEnd: EndHoldDependencies['onEnd'];
}

export type Holding = ReturnType<typeof createHolding>;

/** What becomes of a claim: an order, or in a sale that requires payment a hold, and what ends it. */
export function createHolding(deps: Dependencies) {
  const { current, sales, orders, holds, ledger, holdLedger, outbox, notifier, clock, observer } = deps;
  const endHold = createEndHold({
    ...{ sales, holds, orders, notifier, onEnd: deps.onEnd, planMails: deps.planMails },
    ledger: {
      endHold: (...given) => holdLedger.endHold(...given),
      markSold: (...given) => holdLedger.markSold(...given),
      adopt: (...given) => ledger.adopt(...given),
    },
  });
  const shared = { outbox, ledger, sales, notifier, clock, onPersisted: observer.onPersisted };
  const persistOrders = createPersistClaims({ ...shared, orders, planMails: deps.planMails });
  const persistHolds = createPersistInto({
    ...shared,
    orders: createHoldClaims({ holds, sales, ledger: holdLedger, endHold }),
  });
  const persistClaims: PersistClaims = (sale, ...batch) =>
    sale.terms.payment === undefined ? persistOrders(sale, ...batch) : persistHolds(sale, ...batch);
  const sweep = new HoldSweep({
    ...{ holds, ledger: holdLedger, endHold, clock, onError: observer.fault('holds') },
    onSweep: observer.onSweep,
    sources: createSweptSales({ current, sales, clock }),
    isHandingOn: async () => (await sales.successor()) !== null,
  });
  const settleHold = createSettleHold({
    ...{ holds, orders, endHold, references: deps.paymentReferences, log: deps.operatorLog, clock },
    onError: observer.fault('holds'),
  });
  return { persistClaims, endHold, sweep, settleHold };
}
