import type { Logger } from './logger.ts';
import type { Models } from './mongo/models.ts';
import { recoveryTimes } from './mongo/recovery-times.ts';
import { createSealStore } from './mongo/seal-store.ts';
import { createTallyStore } from './mongo/tally-store.ts';
import { SealKeeper } from './orders/seal-keeper.ts';
import { createSealSale } from './orders/seal-sale.ts';
import { BuyTally } from './sale/buy-tally.ts';
import { createClaimOfOrder } from './sale/claim-of-order.ts';
import type { CurrentSale } from './sale/current-sale.ts';
import type { ClaimRepairs, Clock, EpochKeys, OrderStore, Outbox, SaleStore } from './sale/ports.ts';
import { createPublishedSeal } from './sale/published-seal.ts';
import { createReadReport } from './sale/report.ts';

interface Parts {
  models: Models;
  sales: SaleStore;
  orders: OrderStore;
  repairs: ClaimRepairs;
  outbox: Outbox;
  keys: EpochKeys;
  clock: Clock;
  current: CurrentSale;
  nodeId: string;
  logger: Logger;
  fault: (part: string) => (error: unknown) => void;
}

/** Joins what is told of a sale afterwards: its seal, its report, and the count of answers that goes into it. For app.ts. */
export function openSealing(parts: Parts) {
  const { models, sales, repairs, clock, current, nodeId, logger, fault } = parts;
  const seals = createSealStore(models);
  const tallies = createTallyStore(models);
  const keeper = new SealKeeper({
    current,
    sealSale: createSealSale({ ...parts, seals }),
    unsealed: seals.unsealed,
    onSeal: ({ saleId, version, root, size }) => logger.info({ saleId, version, root, size }, 'sealed'),
    onError: fault('seal'),
  });
  const tally = new BuyTally({ current, store: tallies, nodeId, onError: fault('tally') });
  const published = createPublishedSeal(seals);
  return {
    seals,
    published,
    tally,
    claimOf: createClaimOfOrder(parts),
    report: createReadReport({
      sales,
      published,
      tallies,
      repairs,
      recoveryTimes: (saleId) => recoveryTimes(models, saleId),
      current,
      clock,
    }),
    changed: (saleId: string) => keeper.changed(saleId),
    start() {
      keeper.start();
      tally.start();
    },
    async stop() {
      await Promise.all([keeper.stop(), tally.stop()]);
    },
  };
}
