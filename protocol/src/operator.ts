import { z } from 'zod';
import { buyRefusalCodes } from './codes.ts';
import { staffRoles } from './identity.ts';
import {
  instant,
  order,
  orderId,
  paymentShown,
  presaleShown,
  product,
  sale,
  saleId,
  saleStatus,
  storedCustomerId,
} from './schemas.ts';
import { variantOffer } from './variants.ts';

/** What the operator's console asks for beyond the contract. Like all schemas, these validate at run time and generate the documents. */

export const operatorActionName = z.enum([
  'start',
  'replace',
  'pause',
  'resume',
  'end',
  'restock',
  'reschedule',
  'edit',
  'cancel',
  'release',
  'plan',
  'unplan',
  'rehearse',
  'stop_rehearsal',
  'block',
  'unblock',
  'invite',
  'remove',
  'issue_codes',
  'import_codes',
  'revoke_code',
  'settings',
  'make_key',
  'revoke_key',
]);

const valueOfTerm = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const operatorAction = z
  .object({
    id: z.string(),
    saleId: saleId
      .nullable()
      .describe('of a rehearsal its own id; null when it is about no sale: a customer was blocked'),
    version: z
      .int()
      .nullable()
      .describe('of the sale, after this; null when the terms of the sale did not change'),
    action: operatorActionName,
    by: z.string().describe('`sub` of the operator’s token; `automatically` for what the shop did by itself'),
    at: instant,
    reason: z.string().nullable(),
    order: orderId.nullable(),
    customer: storedCustomerId.nullable().describe('who was blocked, or unblocked'),
    changes: z.array(
      z.object({
        field: z
          .string()
          .describe(
            'quantity, quantity of SKU, startsAt, endsAt, paused, reason, name, description, images (how many); of a new sale also name, price, perCustomer, simulated, holdSeconds, holdsMax; of a plan: draft; of an order: status; of a customer: blocked; of someone who may use the console: person, role; of a rehearsal: shoppers; of an API key: apiKey (its name); of the shop’s settings: shopName, logo, accent, backdrop, imprint, terms, privacy, returns, contactEmail, contactLink, delivery, nextText, nextLink',
          ),
        before: valueOfTerm,
        after: valueOfTerm,
      }),
    ),
    outcome: z
      .enum(['begun', 'done'])
      .describe(
        'begun: written down before it was done, and not known to have ended; asking again finishes it',
      ),
  })
  .meta({ id: 'OperatorAction' });

export const operatorActionsPageMax = 200;
export const operatorActionsAnswer = z.object({
  actions: z.array(operatorAction).describe('newest first'),
  next: z.string().nullable().describe('for `before`: the page after this one; null when there is none'),
});

/** `If-Match` of an operator's change, and `ETag` of its answer. */
export const saleVersionTag = z
  .string()
  .regex(/^"(?:[a-z0-9][a-z0-9-]{0,47}:)?[1-9]\d{0,8}"$/)
  .describe('"VERSION" or "SALEID:VERSION": only while the sale is at that version');

/** 409: another operator changed the sale meanwhile. `changed` is what was done since the version that was given. */
export const conflictAnswer = z.looseObject({
  code: z.literal('conflict'),
  sale: sale.optional(),
  changed: z.array(operatorAction).optional(),
});

export const preflightCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  idle: z
    .literal(true)
    .optional()
    .describe('there is nothing to check, for no sale is to come; neither right nor wrong, and `ok`'),
  detail: z.string().describe('what was found, and what to do about it where that is not good'),
});
export const preflightAnswer = z
  .object({ ok: z.boolean().describe('nothing is wrong'), at: instant, checks: z.array(preflightCheck) })
  .meta({ id: 'Preflight' });

export const saleResult = z
  .object({
    id: saleId,
    product,
    quantity: z.int(),
    variants: z.array(variantOffer).optional().describe('absent where the product has none'),
    perCustomer: z.int(),
    simulated: z.boolean(),
    status: z
      .enum([...saleStatus.options, 'called_off', 'planned', 'draft'])
      .describe('called_off: ended or replaced before its opening'),
    version: z.int(),
    presale: presaleShown.optional(),
    ...paymentShown,
    startsAt: instant,
    endsAt: instant.nullable(),
    reason: z.string().nullable(),
    createdAt: instant,
    createdBy: z.string(),
    preview: z
      .string()
      .optional()
      .describe('of a planned sale or a draft: where anyone who has this address sees it as shoppers will'),
    orders: z.int().describe('orders in MongoDB that stand'),
    cancelled: z.int(),
    soldOutAt: instant.nullable().describe('claim of the last unit, while all of them are taken'),
    soldOutAfterMs: z.int().nullable().describe('from the opening to that claim'),
  })
  .meta({ id: 'SaleResult' });

export const saleResultAnswer = z.object({ sale: saleResult });

export const salesPageMax = 100;
export const salesAnswer = z.object({
  sales: z.array(saleResult).describe('newest first; on the first page, planned ones before all others'),
  next: z.string().nullable().describe('for `before`'),
});

export const ordersPageMax = 500;
export const ordersPageAnswer = z.object({
  orders: z.array(order),
  next: z.string().nullable().optional().describe('for `after`; only when `limit` or `search` was given'),
});

/**
 * How a buy was answered, for everything that counts answers. `claimed`: this buy got a unit; each unit that a buy gets counts once.
 * `replayed`: the same request again, which got the same answer and nothing more. All others are refusals.
 */
export const buyOutcomes = ['claimed', 'replayed', ...buyRefusalCodes] as const;
export const buyOutcome = z.enum(buyOutcomes);

/** Upper bounds of the buckets of `buyMs`, in ms; one more bucket counts longer ones. */
export const buyMsBounds = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const;
export const nodesInStatsMax = 64;

export const nodeStatsEntry = z
  .object({
    node: z.string(),
    upS: z.int().describe('seconds since this node started'),
    sockets: z.int(),
    connects: z.int().describe('sockets that were ever let in'),
    reconnects: z.int().describe('those among them that had been connected before'),
    buys: z.partialRecord(buyOutcome, z.int()).describe('answered since the node started, by outcome'),
    buyMs: z
      .array(z.int())
      .length(buyMsBounds.length + 1)
      .describe('buys by how long the answer took, one number a bucket of `buyMsBounds` (not summed up)'),
    eventLoopP99Ms: z.number().describe('delay of the event loop in the last second'),
    epoch: z.int(),
    healthy: z.boolean().describe('buys are decided'),
  })
  .meta({ id: 'NodeStatsEntry' });

export const nodeStats = z
  .object({
    at: instant,
    saleId: saleId.nullable(),
    nodes: z.array(nodeStatsEntry).max(nodesInStatsMax),
    outbox: z.object({
      length: z.int(),
      oldestMs: z.int().describe('age of the oldest entry; 0 when there is none'),
      deadLetters: z.int().describe('entries that cannot be written and wait for a person'),
    }),
    invariant: z
      .object({
        at: instant
          .optional()
          .describe('when it was counted: with many orders that takes a while; absent from older nodes'),
        quantity: z.int(),
        remaining: z.int(),
        held: z.int().describe('units held in Redis; remaining + held = quantity'),
        inCheckout: z
          .int()
          .optional()
          .describe('of those, not paid yet; absent where the sale requires no payment, as the next two'),
        sold: z.int().optional().describe('of those, paid; remaining + inCheckout + sold = quantity'),
        overdue: z
          .int()
          .optional()
          .describe('holds that are open a minute after their time to pay; 0; counted up to 1,000'),
        orders: z.int().describe('orders in MongoDB that stand'),
        duplicates: z.int().describe('units or customers that have more than they may; 0'),
        behind: z
          .int()
          .describe(
            'claims that MongoDB does not have yet: held - orders, and without open holds where there are any',
          ),
      })
      .nullable()
      .describe('null while Redis or MongoDB do not answer'),
  })
  .meta({ id: 'NodeStats' });

export const watchAnswer = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      everyMs: z.int(),
      buyMsBounds: z.array(z.number()),
      role: z.enum(staffRoles).optional().describe('of the person who watches'),
    }),
    z.object({
      ok: z.literal(false),
      code: z.enum(['unauthenticated', 'forbidden', 'too_many_requests']),
      message: z.string(),
    }),
  ])
  .meta({ id: 'WatchAnswer' });
/** Sent once when the shop ends the watching: the token has expired. */
export const watchEnded = z
  .object({ code: z.literal('unauthenticated'), message: z.string() })
  .meta({ id: 'WatchEnded' });

export type OperatorAction = z.infer<typeof operatorAction>;
export type OperatorActionName = z.infer<typeof operatorActionName>;
export type OperatorActionsAnswer = z.infer<typeof operatorActionsAnswer>;
export type ConflictAnswer = z.infer<typeof conflictAnswer>;
export type PreflightCheck = z.infer<typeof preflightCheck>;
export type PreflightAnswer = z.infer<typeof preflightAnswer>;
export type SaleResult = z.infer<typeof saleResult>;
export type SalesAnswer = z.infer<typeof salesAnswer>;
export type OrdersPageAnswer = z.infer<typeof ordersPageAnswer>;
export type BuyOutcome = z.infer<typeof buyOutcome>;
export type NodeStatsEntry = z.infer<typeof nodeStatsEntry>;
export type NodeStats = z.infer<typeof nodeStats>;
/** @deprecated What `watch` asks for. */
export type Figures = Omit<NodeStats, 'outbox'> & {
  outbox: Omit<NodeStats['outbox'], 'deadLetters'> & { poisoned: number };
};
export type WatchAnswer = z.infer<typeof watchAnswer>;
export type WatchEnded = z.infer<typeof watchEnded>;
