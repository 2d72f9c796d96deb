import type { CurrentSale } from '../sale/current-sale.ts';
import type { EpochKeys, Outbox } from '../sale/ledger-ports.ts';
import type { Audit, Clock } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { ClaimRepairs, HoldStore, OrderStore, PastSales, SaleStore } from '../sale/store-ports.ts';
import { BuyTally, type TallyStore } from './buy-tally.ts';
import { createClaimOfOrder } from './claim-of-order.ts';
import { createPublishedSeal } from './published-seal.ts';
import { createReadReport } from './report.ts';
import { RetireSales } from './retire-sales.ts';
import type { Seal, SealStore } from './seal.ts';
import { createSealSale } from './seal-sale.ts';
import { SealWorker } from './seal-worker.ts';

interface Parts {
  sales: SaleStore;
  orders: OrderStore;
  repairs: ClaimRepairs;
  seals: SealStore;
  holds: Pick<HoldStore, 'countsOf'>;
  tallies: TallyStore;
  pastSales: PastSales;
  recoveryTimes: (saleId: string) => Promise<number[]>;
  outbox: Outbox;
  keys: EpochKeys;
  clock: Clock;
  current: CurrentSale;
  nodeId: string;
  audit: Audit;
  drain: (sale: SaleRecord) => Promise<unknown>;
  onSeal: (seal: Seal) => void;
  fault: (part: string) => (error: unknown) => void;
}

/** What is published of a sale afterwards: its seal, its report, and the counts of answers for it. */
export function createAfterSale(parts: Parts) {
  const { seals, tallies, current, nodeId, fault } = parts;
  const worker = new SealWorker({
    current,
    sealSale: createSealSale(parts),
    unsealed: seals.unsealed,
    onSeal: parts.onSeal,
    onBroken: (saleId, invariants) =>
      fault('invariants')(new Error(`sale ${saleId} is not sealed: ${invariants.join('; ')}`)),
    onError: fault('seal'),
  });
  const tally = new BuyTally({ current, store: tallies, nodeId, onError: fault('tally') });
  const retiring = new RetireSales({ ...parts, onError: fault('retire') });
  const published = createPublishedSeal(seals);
  return {
    published,
    tally,
    claimOf: createClaimOfOrder(parts),
    report: createReadReport({ ...parts, published, broken: (saleId) => worker.broken(saleId) }),
    /** Something about that sale's claims has changed. */
    changed: (saleId: string) => worker.changed(saleId),
    start() {
      worker.start();
      tally.start();
      retiring.start();
    },
    async stop() {
      await Promise.all([worker.stop(), tally.stop(), retiring.stop()]);
    },
  };
}
