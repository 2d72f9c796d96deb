import { EventEmitter } from 'node:events';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { orderMail } from '../mail/order-mail.ts';
import { graceMs, type OrderMail, OrderMails } from '../mail/order-mails.ts';
import { mailServer } from '../mail-config.ts';
import { orderedProduct } from '../sale/ordered-product.ts';
import type { PlanMails } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import { createKeptReads } from '../shared/kept-reads.ts';
import type { Mailing } from './mailing.ts';
import type { NodeContext } from './node-context.ts';
import type { Stores } from './open-stores.ts';

/** Every node counts, and some databases scan all mails for it. */
const waitingReads = { keptMs: 10_000, keptMax: 1, atOnceMax: 1 };

/** Names of products and variants do not change any more once a sale has orders. */
const saleReads = { keptMs: 60_000, keptMax: 20, atOnceMax: 20 };

export interface OrderMailPlans {
  confirmed: PlanMails;
  cancelled: PlanMails;
  /** How many are still to be sent, by all nodes. */
  waiting(): Promise<number>;
  /** What this node has recorded. */
  planned: EventEmitter<{ mails: [OrderMail[]] }>;
}

/** Records in MongoDB which mails are to be sent; null where the shop sends none. */
export function createOrderMailPlans(
  { config }: Pick<NodeContext, 'config'>,
  { redis: { clock }, mongo: { orderMails } }: Stores,
): OrderMailPlans | null {
  if (mailServer(config) === null) return null;
  const planned: OrderMailPlans['planned'] = new EventEmitter();
  const plan = (kind: OrderMail['kind']): PlanMails => {
    return async (orders) => {
      const now = clock.now();
      planned.emit('mails', await orderMails.plan(orders, kind, { now, dueAt: now + graceMs }));
    };
  };
  const kept = createKeptReads<number>(waitingReads);
  const waiting = () => kept('', () => orderMails.waiting());
  return { confirmed: plan('confirmed'), cancelled: plan('cancelled'), waiting, planned };
}

interface Parts {
  mailing: NonNullable<Mailing>;
  plans: OrderMailPlans;
  settings: { shown: ShopShown };
  publicUrl: () => string;
}

/** Sends them. */
export function createOrderMails(
  { config, metrics, fault }: NodeContext,
  { redis, mongo }: Stores,
  { mailing, plans, settings, publicUrl }: Parts,
): OrderMails {
  const kept = createKeptReads<SaleRecord | null>(saleReads);
  const mails = new OrderMails({
    ...{ store: mongo.orderMails, clock: redis.clock, onError: fault('mail') },
    onAttempt: (outcome) => metrics.orderMails.add(outcome),
    async contentOf({ orderId, customerId }) {
      const order = await mongo.shownOrders.byId(orderId);
      const address = await mongo.emailCodes.addressOf(customerId);
      if (order === null || address === null) return null;
      const sale = await kept(order.saleId, () => mongo.sales.byId(order.saleId));
      const variant = sale?.terms.variants?.find(({ sku }) => sku === order.variant)?.name;
      return {
        ...{ order, to: address.address, language: address.language },
        product: orderedProduct(sale)?.name ?? null,
        variant: variant ?? order.variant ?? null,
      };
    },
    write: (content, kind) =>
      orderMail(content, kind, {
        ...{ shop: settings.shown, publicUrl: publicUrl(), timeZone: config.SALE_TIME_ZONE },
      }),
    send: (mail) => mailing.orders.send(mail),
  });
  plans.planned.on('mails', (planned) => mails.add(planned));
  return mails;
}
