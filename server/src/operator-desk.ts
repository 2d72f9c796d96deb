import { quantityMax } from '@flipzon/protocol/schemas.ts';
import type { Mongo } from './mongo/open-mongo.ts';
import { createAudit } from './orders/audit.ts';
import type { KeptClaims } from './orders/keep-claims.ts';
import type { OpenRedis } from './redis/open-redis.ts';
import { createCancelOrder } from './sale/cancel-order.ts';
import { createOperate } from './sale/operate.ts';
import type { OrderNotifier } from './sale/ports.ts';

interface Dependencies {
  redis: OpenRedis;
  mongo: Mongo;
  claims: KeptClaims;
  notifier: OrderNotifier;
  timeZone: string;
  /** An order of that sale is cancelled; it may have been sealed before. */
  onCancel: (saleId: string) => void;
}

/** What an operator can do and look up. */
export function createOperatorDesk({ redis, mongo, claims, notifier, timeZone, onCancel }: Dependencies) {
  const { ledger, clock, announcer } = redis;
  const { sales, orders, repairs, operatorLog: log, wrongTotals } = mongo;
  const { keeper, recovery } = claims;
  return {
    operatorLog: log,
    history: mongo.history,
    operate: createOperate({
      sales,
      ledger,
      log,
      clock,
      announcer,
      timeZone,
      quantityMax,
      refresh: () => keeper.refresh(),
      establish: (sale) => keeper.establish(sale),
      drain: async (sale) => {
        await recovery.drain(sale, await sales.epoch(sale.id));
      },
    }),
    cancelOrder: createCancelOrder({ sales, orders, ledger, log, notifier, clock, onCancel }),
    audit: createAudit({
      sales,
      orders,
      repairs,
      seals: mongo.seals,
      ledgerContent: redis.ledgerContent,
      wrongTotals,
    }),
  };
}
