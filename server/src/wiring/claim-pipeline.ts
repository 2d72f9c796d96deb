import { setTimeout as delay } from 'node:timers/promises';
import type { RecentClaims } from '../buying/recent-claims.ts';
import { OrderWriter } from '../orders/order-writer.ts';
import type { PersistedCode } from '../orders/persist-claims.ts';
import {
  type CarryRequests,
  createCarryRequests,
  createCopyRecentClaims,
} from '../recovery/carry-requests.ts';
import { RecountTotals } from '../recovery/recount-totals.ts';
import { createRecovery, type Recovery } from '../recovery/recovery.ts';
import { RestoreClaims, type RestoreOutcome } from '../recovery/restore-claims.ts';
import { SaleReconciler } from '../recovery/sale-reconciler.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type {
  ClaimLedger,
  EarlierRequests,
  EpochKeys,
  HoldLedger,
  Outbox,
  RecoveryOutcome,
} from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { Announcer, Clock, OrderNotifier, PlanMails } from '../sale/ports.ts';
import type {
  HoldStore,
  OperatorLog,
  OrderStore,
  PaymentReferences,
  Recounts,
  SaleStore,
} from '../sale/store-ports.ts';
import { createHolding, type Holding } from './holding.ts';

/** How long a recovered sale waits for claims that Redis forgot before it sells on. */
const restoreWindowMs = 1_000;

export interface ClaimsObserver {
  onPersisted: (outcome: PersistedCode, claim: Claim | null, at: number) => void;
  /** The writer has finished a batch. */
  onBatch: (tookMs: number) => void;
  /** This node has looked once for holds that are due. */
  onSweep: (tookMs: number) => void;
  onRestore: (outcome: RestoreOutcome, claim: Claim) => void;
  onRecovery: (outcome: RecoveryOutcome & { saleId: string }) => void;
  fault: (part: string) => (error: unknown) => void;
}

interface Dependencies {
  current: CurrentSale;
  sales: SaleStore;
  orders: OrderStore;
  recounts: Recounts;
  holds: HoldStore;
  paymentReferences: PaymentReferences;
  operatorLog: OperatorLog;
  ledger: ClaimLedger;
  holdLedger: HoldLedger;
  keys: EpochKeys;
  requests: EarlierRequests;
  outbox: Outbox;
  notifier: OrderNotifier;
  announcer: Announcer;
  recent: RecentClaims;
  clock: Clock;
  nodeId: string;
  observer: ClaimsObserver;
  planMails: PlanMails | undefined;
  /** A hold of that sale has ended. */
  onHoldEnd: (saleId: string) => void;
}

export interface ClaimPipeline extends Disposable {
  reconciler: SaleReconciler;
  writer: OrderWriter;
  recovery: Recovery;
  carryRequests: CarryRequests;
  recount: RecountTotals;
  holding: Holding;
  /** Restores a proven claim if Redis has forgotten it; never rejects. */
  redeemReceipt(claim: Claim): Promise<void>;
}

/** The parts that turn a claim into an order: the order writer, and the recovery after Redis has lost its memory. */
export function createClaimPipeline(deps: Dependencies): ClaimPipeline {
  const { current, sales, orders, ledger, keys, outbox, notifier, announcer, recent, observer } = deps;
  const holding = createHolding({ ...deps, onEnd: deps.onHoldEnd });
  const recount = new RecountTotals({ ...deps, onError: observer.fault('recount') });
  const carryRequests = createCarryRequests({
    ...{ sales, orders, holds: deps.holds, keys, requests: deps.requests, clock: deps.clock },
    onError: observer.fault('recovery'),
  });
  const recovery = createRecovery({
    recounts: recount,
    sales,
    orders,
    holds: deps.holds,
    outbox,
    keys,
    ledger,
    persistClaims: holding.persistClaims,
    carryRequests,
    restoreWindow: async () => {
      await reconciler.refresh();
      await announcer.announce('sale');
      await delay(restoreWindowMs);
    },
  });
  const restore = new RestoreClaims({
    current,
    ledger,
    orders,
    holds: deps.holds,
    notifier,
    recent,
    onRestore: observer.onRestore,
    onError: observer.fault('restore'),
  });
  const reconciler = new SaleReconciler({
    current,
    sales,
    keys,
    ledger,
    recover: recovery.recover,
    announce: () => announcer.announce('sale'),
    copyRecentClaims: createCopyRecentClaims({ recent, requests: deps.requests }),
    owner: deps.nodeId,
    onError: observer.fault('recovery'),
    onRecovery: observer.onRecovery,
  });
  const writer = new OrderWriter({
    outbox,
    persistClaims: holding.persistClaims,
    source: () => {
      const { snapshot, at } = current;
      return snapshot !== null && at !== null && reconciler.healthy ? { sale: snapshot.sale, at } : null;
    },
    onBatch: observer.onBatch,
    onError: observer.fault('writer'),
  });
  return {
    reconciler,
    writer,
    recovery,
    carryRequests,
    recount,
    holding,
    // Kept as well: it may be presented while the recovery that needs it is still under way.
    redeemReceipt: (claim) => restore.redeem(recent.redeemed(claim)),
    [Symbol.dispose]: () => restore[Symbol.dispose](),
  };
}
