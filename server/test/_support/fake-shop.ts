import { createSecretKey } from 'node:crypto';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { type Buy, createBuy } from '../../src/buying/buy.ts';
import { createOrderOfRequest } from '../../src/buying/order-of-request.ts';
import { createOrderStatusReader } from '../../src/buying/order-status.ts';
import { RecentClaims } from '../../src/buying/recent-claims.ts';
import { SoldOutMemory } from '../../src/buying/sold-out-memory.ts';
import { createCancelOrder } from '../../src/operator/cancel-order.ts';
import { createDescribe } from '../../src/operator/describe.ts';
import { createOperate } from '../../src/operator/operate.ts';
import { createPlans } from '../../src/operator/plans.ts';
import { createSuccession } from '../../src/operator/succession.ts';
import { createPersistClaims } from '../../src/orders/persist-claims.ts';
import { createCarryRequests, createCopyRecentClaims } from '../../src/recovery/carry-requests.ts';
import { createRecovery } from '../../src/recovery/recovery.ts';
import { RestoreClaims } from '../../src/recovery/restore-claims.ts';
import { SaleReconciler } from '../../src/recovery/sale-reconciler.ts';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import type { OutboxEntry, SaleEpoch } from '../../src/sale/ledger-ports.ts';
import type { Claim } from '../../src/sale/order.ts';
import { saleStatus } from '../../src/sale/sale.ts';
import { createAudit } from '../../src/seal/audit.ts';
import { createSealSale } from '../../src/seal/seal-sale.ts';
import type { Turn } from './fake-ledger.ts';
import { FakeMongo } from './fake-mongo.ts';
import { FakeRedis } from './fake-redis.ts';
import { portsOn } from './fake-stores.ts';

const restoreWindowMs = 1_000;
const drainMsMax = 10_000;
const whyNoRealSale = () => Promise.resolve(null);
const describe = createDescribe({ byIds: () => Promise.resolve([]) });

/** Nodes made of the real parts, on stores that are a few lines of memory. */
export class FakeShop implements Disposable {
  readonly mongo = new FakeMongo();
  /** All news to customers, in their order. */
  readonly notified: Order[] = [];
  /** What went wrong behind the scenes; a node tries again by itself. */
  readonly faults: unknown[] = [];
  readonly nodes: FakeNode[] = [];
  /** Called for each claim at the moment it is made. */
  onClaim: (claim: Claim) => void = () => undefined;
  readonly #redis = new Map<string, FakeRedis>();
  #now = 1_800_000_000_000;

  /** One clock for all, which never stands still. */
  now = (): number => ++this.#now;

  /** Whether a buy in that sale would find a unit, if there is one. */
  sells(saleId: string): boolean {
    const redis = this.redisOf(saleId);
    return [...redis.epochs].some(
      ([epoch, { terms }]) =>
        redis.working({ epoch }, 'claim') !== null && saleStatus(terms, 1, this.#now) === 'live',
    );
  }

  later(ms: number): void {
    this.#now += ms;
  }

  redisOf = (saleId: string): FakeRedis => {
    const known = this.#redis.get(saleId);
    if (known !== undefined) return known;
    const redis = new FakeRedis();
    redis.onStock = (stock) => {
      for (const { current } of this.nodes) current.setStock(saleId, stock, null);
    };
    redis.onClaim = (claim) => this.onClaim(claim);
    this.#redis.set(saleId, redis);
    return redis;
  };

  wipe(): void {
    for (const redis of this.#redis.values()) redis.wipe();
  }

  loseScripts(): void {
    for (const redis of this.#redis.values()) redis.loseScripts();
  }

  node(name: string, turn: Turn): FakeNode {
    const node = openNode(this, name, turn);
    this.nodes.push(node);
    return node;
  }

  [Symbol.dispose](): void {
    for (const node of this.nodes) node.close();
  }
}

export type FakeNode = ReturnType<typeof openNode>;

function openNode(shop: FakeShop, name: string, turn: Turn) {
  const clock = { now: shop.now };
  const ports = portsOn(shop.redisOf, shop.mongo, turn, shop.notified, shop.now);
  const { sales, orders, ledger, keys, outbox, notifier, repairs, seals, log, requests, recounts } = ports;
  const onError = (error: unknown) => void shop.faults.push(error);
  const announcer = {
    announce: () =>
      turn('announce', () => {
        for (const other of shop.nodes)
          if (other.name !== name) void other.reconciler.refresh().catch(onError);
      }),
  };
  const noteRepair = (claim: Claim, outcome: string) => {
    if (outcome === 'revoked' || outcome === 'restored') repairs.add(claim, outcome).catch(onError);
  };
  const current = new CurrentSale(clock);
  const recent = new RecentClaims();
  const persistClaims = createPersistClaims({
    ...{ outbox, orders, ledger, sales, notifier, clock },
    onPersisted: (code, claim) => claim !== null && code === 'revoked' && noteRepair(claim, code),
  });
  const carryRequests = createCarryRequests({
    sales,
    orders,
    holds: ports.holds,
    keys,
    requests,
    clock,
    onError,
  });
  const recovery = createRecovery({
    recounts,
    carryRequests,
    ...{ sales, orders, holds: ports.holds, outbox, keys, ledger, persistClaims },
    restoreWindow: async () => {
      await reconciler.refresh();
      await announcer.announce();
      await new Promise((resolve) => setTimeout(resolve, restoreWindowMs));
    },
  });
  const restore = new RestoreClaims({
    ...{ current, ledger, orders, holds: ports.holds, notifier, recent, onError },
    onRestore: (outcome, claim) => noteRepair(claim, outcome),
  });
  const reconciler = new SaleReconciler({
    ...{ current, sales, keys, ledger, onError },
    recover: recovery.recover,
    announce: announcer.announce,
    copyRecentClaims: createCopyRecentClaims({ recent, requests }),
    owner: name,
    onRecovery: () => undefined,
  });
  const buy: Buy = createBuy({
    ...{ current, ledger, recent, notifier, clock, requests },
    orderOfRequest: createOrderOfRequest({ orders, holds: ports.holds, sales }),
    refresh: () => reconciler.refresh(),
    soldOut: new SoldOutMemory({ current, ledger, clock, onError }),
    rate: { waitMs: () => 0, refuse: () => undefined, takeLocally: () => 0 },
    orderStatus: createOrderStatusReader(orders),
    receiptKeys: [createSecretKey(Buffer.alloc(32, 1))],
    onClosed: () => void reconciler.recover(),
    onAnswer: () => undefined,
    onFault: onError,
  });
  const operate = createOperate({
    ...{
      sales,
      ledger,
      log,
      clock,
      announcer,
      timeZone: 'UTC',
      currency: 'USD',
      quantityMax: 1_000,
      onError,
    },
    ...{ whyNoRealSale, whyFull: whyNoRealSale, describe, takesPayments: true },
    refresh: () => reconciler.refresh(),
    establish: (sale) => reconciler.establish(sale),
    drain: (sale) => recovery.drainWithin(drainMsMax, sale),
  });
  const audit = createAudit(
    {
      ...{ sales, orders, holds: ports.holds, clock, repairs, seals },
      recounts: { isDue: () => Promise.resolve(false) },
      ledgerContent: ({ saleId, epoch }) => turn('content', () => contentOf(shop, saleId, epoch)),
      wrongTotals: () => turn('wrongTotals', () => wrongTotals(shop.mongo)),
    },
    () => Promise.resolve(),
  );
  return {
    name,
    current,
    reconciler,
    buy,
    operate,
    audit,
    sales,
    outbox,
    plans: createPlans({
      plans: ports.plans,
      sales,
      operate,
      log,
      clock,
      timeZone: 'UTC',
      currency: 'USD',
      whyNoRealSale,
      takesPayments: true,
      describe,
      onPlan: () => undefined,
    }),
    succession: createSuccession({
      ...{ sales, plans: ports.plans, ledger, clock, announcer, whyNoRealSale, takesPayments: true },
      refresh: () => reconciler.refresh(),
      establish: (sale) => reconciler.establish(sale),
      drain: (sale) => recovery.drainWithin(drainMsMax, sale),
      async carryRequests(sale) {
        const carried = await carryRequests(sale, { saleId: sale.id, epoch: await sales.epoch(sale.id) });
        await carried();
      },
    }),
    cancel: createCancelOrder({
      ...{
        sales,
        orders,
        holds: ports.holds,
        ledger,
        log,
        notifier,
        clock,
        onCancel: () => undefined,
        onError,
      },
      // Its sales require no payment.
      holdLedger: { endHold: () => Promise.reject(new Error('no holds')) },
    }),
    sealSale: createSealSale({
      ...{ sales, seals, holds: ports.holds, outbox, keys, audit },
      drain: (sale) => recovery.drainWithin(drainMsMax, sale),
      clock,
    }),
    present: (claim: Claim) => restore.redeem(recent.redeemed(claim)),
    persistLate: async (at: SaleEpoch, entries: readonly OutboxEntry[]) => {
      const sale = await sales.byId(at.saleId);
      if (sale !== null) await (await persistClaims(sale, at, entries, true))();
    },
    /** A batch of the current sale: what is new, and what others have left lying. */
    async write(): Promise<void> {
      const { snapshot, at } = current;
      if (snapshot === null || at === null || !reconciler.healthy) return;
      const entries = [...(await outbox.read(at, 9, 0)), ...(await outbox.claimStale(at, 9, 0))];
      await (await persistClaims(snapshot.sale, at, entries, true))();
    },
    close(): void {
      void reconciler.stop();
      restore[Symbol.dispose]();
      current[Symbol.dispose]();
    },
  };
}

function contentOf(shop: FakeShop, saleId: string, epoch: number) {
  const redis = shop.redisOf(saleId);
  const keys = redis.epochs.get(epoch);
  if (keys === undefined) return null;
  const { remaining, nextUnit, seq } = keys;
  return {
    ...{
      remaining,
      nextUnit,
      seq,
      quantity: keys.terms.quantity,
      deadLetters: 0,
      live: !redis.isClosed(epoch),
    },
    holders: [...keys.holders.values()],
    returned: [...keys.returned],
    waiting: [...redis.outbox(epoch).values()].map(({ claim }) => claim),
  };
}

function wrongTotals(mongo: FakeMongo) {
  const customers = new Set([...mongo.orders.values()].map(({ customerId }) => customerId));
  return [...customers]
    .map((customerId) => ({
      customerId,
      stored: mongo.totals.get(customerId) ?? 0,
      counted: mongo.countOf(customerId),
    }))
    .filter(({ stored, counted }) => stored !== counted);
}
