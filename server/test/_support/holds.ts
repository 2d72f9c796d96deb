import type { Order } from '@flipzon/protocol/schemas.ts';
import { createEndHold, type EndHoldDependencies } from '../../src/holds/end-hold.ts';
import { createHoldClaims } from '../../src/holds/hold-claims.ts';
import { HoldSweep } from '../../src/holds/hold-sweep.ts';
import { createSettleHold } from '../../src/holds/settle-hold.ts';
import type { SweptSale } from '../../src/holds/swept-sales.ts';
import { createClaimRepairs } from '../../src/mongo/claim-repairs.ts';
import { wrongTotals } from '../../src/mongo/customer-totals.ts';
import { createOperatorLog } from '../../src/mongo/operator-log.ts';
import { createPaymentReferences } from '../../src/mongo/payment-references.ts';
import { createSealStore } from '../../src/mongo/seal-store.ts';
import { createTallyStore } from '../../src/mongo/tallies.ts';
import { createPersistInto } from '../../src/orders/persist-claims.ts';
import { createCarryRequests } from '../../src/recovery/carry-requests.ts';
import { createRecovery } from '../../src/recovery/recovery.ts';
import { RestoreClaims } from '../../src/recovery/restore-claims.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import { readLedgerContent } from '../../src/redis/ledger-content.ts';
import type { CurrentSale } from '../../src/sale/current-sale.ts';
import type { HoldRecord } from '../../src/sale/hold.ts';
import type { SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { PaymentTerms, SaleRecord } from '../../src/sale/sale.ts';
import type { HoldStore, SaleStore } from '../../src/sale/store-ports.ts';
import { createAudit } from '../../src/seal/audit.ts';
import { createPublishedSeal } from '../../src/seal/published-seal.ts';
import { createReadReport } from '../../src/seal/report.ts';
import { createSealSale } from '../../src/seal/seal-sale.ts';
import type { TestOrders } from './orders.ts';

export const paymentTerms: PaymentTerms = { holdSeconds: 60, holdsMax: 2 };

/** A node that makes holds of claims, on the stores of `shop`: of every sale it says that it requires payment. */
export function openHolds(shop: TestOrders, clock: { now: () => number }, terms = paymentTerms) {
  const { redis, orders, holds } = shop;
  const requiresPayment = (sale: SaleRecord): SaleRecord => ({
    ...sale,
    terms: { ...sale.terms, payment: terms },
  });
  const sales: SaleStore = {
    ...shop.sales,
    byId: async (id) => {
      const sale = await shop.sales.byId(id);
      return sale && requiresPayment(sale);
    },
    before: async (...wanted) =>
      (await shop.sales.before(...wanted)).map(({ terms, ...sale }) => ({
        ...sale,
        terms: { ...terms, payment: paymentTerms },
      })),
  };
  const notified: Order[] = [];
  const notifier = { notify: (order: Order) => void notified.push(order) };
  const faults: unknown[] = [];
  const onError = (error: unknown) => void faults.push(error);
  const ledger = {
    endHold: redis.holds.endHold.bind(redis.holds),
    markSold: redis.holds.markSold.bind(redis.holds),
    adopt: redis.ledger.adopt.bind(redis.ledger),
  };
  const endHoldOn = (changed: Partial<EndHoldDependencies>) =>
    createEndHold({ ...{ sales, holds, orders, ledger, notifier }, onEnd: () => undefined, ...changed });
  const endHold = endHoldOn({});
  const persist = createPersistInto({
    orders: createHoldClaims({ holds, sales, ledger: redis.holds, endHold }),
    ...{ outbox: redis.outbox, ledger: redis.ledger, sales, notifier, clock },
    onPersisted: () => undefined,
  });
  const recovery = createRecovery({
    ...{ sales, orders, holds, outbox: redis.outbox, keys: redis.keys, ledger: redis.ledger },
    persistClaims: persist,
    recounts: shop.recountAs('node-1'),
    carryRequests: createCarryRequests({
      ...{ sales, orders, holds, keys: redis.keys, requests: redis.requests, clock, onError },
    }),
    restoreWindow: async () => undefined,
  });
  const seals = createSealStore(shop.models);
  const audit = createAudit({
    ...{ sales, orders, holds, clock, recounts: shop.recounts },
    repairs: createClaimRepairs(shop.models),
    seals,
    ledgerContent: (at, withHolds) => readLedgerContent(redis.redis.commands, at, withHolds),
    wrongTotals: (saleId) => wrongTotals(shop.models, saleId, false),
  });
  const content = async (at: SaleEpoch) => {
    const found = await readLedgerContent(redis.redis.commands, at);
    if (found === null) throw new Error('the keys are gone');
    return found;
  };
  return {
    endHold,
    endHoldOn,
    restoresOf: (current: CurrentSale) =>
      new RestoreClaims({
        ...{ current, ledger: redis.ledger, orders, holds, notifier, onError },
        recent: { ofSale: () => [] },
        onRestore: () => undefined,
      }),
    settleHold: createSettleHold({
      ...{ holds, orders, endHold, clock, onError },
      references: createPaymentReferences(shop.models),
      log: createOperatorLog(shop.models),
    }),
    recovery,
    sealSale: createSealSale({
      ...{ sales, seals, holds, audit, clock, outbox: redis.outbox, keys: redis.keys },
      drain: async () => undefined,
    }),
    published: createPublishedSeal(seals),
    reportOn: (current: CurrentSale) =>
      createReadReport({
        ...{ sales, holds, current, clock, published: createPublishedSeal(seals) },
        repairs: createClaimRepairs(shop.models),
        tallies: createTallyStore(shop.models),
        recoveryTimes: async () => [],
        broken: () => null,
      }),
    async audited({ saleId }: SaleEpoch) {
      const report = await audit(saleId);
      if (report === null) throw new Error('no such sale');
      const broken = report.checks.filter((check) => !check.holds).map(({ invariant }) => invariant);
      return { ...report, broken };
    },
    notified,
    faults,
    content,
    async openSale(quantity?: number, perCustomer?: number) {
      const { sale, at } = await shop.openSale(quantity, perCustomer);
      return { sale: requiresPayment(sale), at };
    },
    async persistAll(sale: SaleRecord, at: SaleEpoch) {
      await (await persist(sale, at, await redis.outbox.readAll(at, 500), true))();
    },
    sweepOn: (
      at: SweptSale,
      store: Pick<HoldStore, 'byId' | 'unfinished' | 'openOf'> = holds,
      finished: (saleId: string) => void = () => undefined,
    ) =>
      new HoldSweep({
        holds: store,
        ledger: redis.holds,
        endHold,
        sources: { list: async () => [at], finished },
        isHandingOn: async () => false,
        clock,
        onError,
      }),
    /** What adds up, in both stores: no unit with two owners, none lost, none that ended twice. */
    async figures(at: SaleEpoch) {
      const { quantity, remaining, holders, returned, nextUnit } = await content(at);
      const { due, sold } = saleKeys(at);
      const records: HoldRecord[] = [];
      for await (const record of holds.ofSale(at.saleId)) records.push(record);
      let confirmed = 0;
      for await (const { status } of orders.ofSale(at.saleId)) if (status === 'confirmed') confirmed++;
      return {
        ...{ quantity, remaining, confirmed, claimed: holders.length },
        free: returned.length + quantity - nextUnit + 1,
        open: records.filter(({ end }) => end === null).length,
        paid: records.filter(({ end }) => end?.outcome === 'paid').length,
        due: await redis.redis.commands.zcard(due),
        sold: await redis.redis.commands.hlen(sold),
      };
    },
  };
}
