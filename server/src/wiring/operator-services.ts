import { quantityMax } from '@flipzon/protocol/variants.ts';
import type { Logger } from '../logger.ts';
import type { Mongo } from '../mongo/open-mongo.ts';
import { createCancelOrder } from '../operator/cancel-order.ts';
import { CancelSweep } from '../operator/cancel-sweep.ts';
import { createDescribe } from '../operator/describe.ts';
import { createOperate } from '../operator/operate.ts';
import { PlanScheduler } from '../operator/plan-scheduler.ts';
import { createPlans } from '../operator/plans.ts';
import { type PlayRehearsal, Rehearsals } from '../operator/rehearsals.ts';
import { createSuccession } from '../operator/succession.ts';
import { ImageSweep } from '../product/image-sweep.ts';
import { createImages } from '../product/images.ts';
import type { OpenRedis } from '../redis/open-redis.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { OrderNotifier, PlanMails } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { ClaimPipeline } from './claim-pipeline.ts';
import { unsafeRedisMessage } from './start-warnings.ts';

/** An operator who starts a sale waits this long for the orders of the one before it. */
const drainMsMax = 10_000;

interface Dependencies {
  redis: OpenRedis;
  mongo: Mongo;
  claimPipeline: ClaimPipeline;
  notifier: OrderNotifier;
  current: CurrentSale;
  fault: (part: string) => (error: unknown) => void;
  logger: Logger;
  timeZone: string;
  currency: string;
  /** Customers of this shop can pay. */
  takesPayments: boolean;
  /** Real sales may be started on a Redis that may lose what it has answered. */
  allowUnsafeRedis: boolean;
  playRehearsal: PlayRehearsal | null;
  /** An order of that sale is cancelled; it may have been sealed before. */
  onCancel: (saleId: string) => void;
  planCancelledMails: PlanMails | undefined;
}

/** What an operator can do and look up. */
export function createOperatorServices(deps: Dependencies) {
  const { redis, mongo, claimPipeline, current, notifier, timeZone, currency, onCancel, fault } = deps;
  const { takesPayments } = deps;
  const { ledger, clock, announcer } = redis;
  const { sales, orders, operatorLog: log } = mongo;
  const { reconciler, recovery } = claimPipeline;
  const whyNoRealSale = async () => {
    const reasons = deps.allowUnsafeRedis ? [] : await redis.unsafe();
    return reasons.length === 0
      ? null
      : `${unsafeRedisMessage(reasons)} Correct its settings, or allow them with ALLOW_UNSAFE_REDIS=true.`;
  };
  const describe = createDescribe(mongo.images);
  const parts = {
    ...{ whyNoRealSale, sales, ledger, log, clock, announcer, timeZone, currency, describe },
    takesPayments,
    whyFull: () => mongo.whyFull(),
    refresh: () => reconciler.refresh(),
    establish: (sale: SaleRecord) => reconciler.establish(sale),
    drain: (sale: SaleRecord) => recovery.drainWithin(drainMsMax, sale),
  };
  const operate = createOperate({ ...parts, quantityMax, onError: fault('operate') });
  const plans = createPlans({
    ...{ plans: mongo.plans, sales, operate, log, clock, timeZone, currency, whyNoRealSale, describe },
    takesPayments,
    onPlan: () => void planScheduler.look(),
  });
  const planScheduler = new PlanScheduler({
    ...{ current, plans, sales, clock, store: mongo.plans },
    succession: createSuccession({
      ...{ ...parts, plans: mongo.plans },
      carryRequests: async (sale) => {
        const carried = await claimPipeline.carryRequests(sale, {
          saleId: sale.id,
          epoch: await sales.epoch(sale.id),
        });
        await carried();
      },
    }),
    onError: fault('plans'),
  });
  const cancelOrder = createCancelOrder({
    ...{ sales, orders, holds: mongo.holds, ledger, log, notifier, clock, onCancel },
    holdLedger: redis.holdLedger,
    planMails: deps.planCancelledMails,
    onError: fault('cancel'),
  });
  return {
    operatorLog: log,
    history: mongo.history,
    operate,
    plans,
    images: createImages({ store: mongo.images, clock }),
    imageSweep: new ImageSweep({
      ...{ store: mongo.unusedImages, clock, onError: fault('images') },
      onRemoved: (image) => deps.logger.info({ image }, 'image_removed'),
    }),
    planScheduler,
    rehearsals: new Rehearsals({
      ...{ store: mongo.rehearsals, plans: mongo.plans, current, log, clock },
      play: deps.playRehearsal,
      onError: fault('rehearsal'),
    }),
    cancelOrder,
    cancelSweep: new CancelSweep({ log, cancelOrder, clock, onError: fault('cancel') }),
  };
}
