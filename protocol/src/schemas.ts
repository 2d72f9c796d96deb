import { z } from 'zod';
import { buyRefusalCodes } from './codes.ts';
import { productDetails, productImage } from './product.ts';
import { plainId } from './text.ts';
import { priced, sku, variant, variantStock } from './variants.ts';

/*
 * One set of schemas: they validate at run time, type both sides, and generate /openapi.json and /asyncapi.json.
 * Objects from outside are strict: an unknown key is an error rather than a surprise.
 */

export const instant = z.iso.datetime({ precision: 3 }).describe('ISO 8601, UTC, milliseconds');
/** Tokens and proofs: ASCII that JSON does not escape. */
export const plain = /^[\x21\x23-\x5b\x5d-\x7e]*$/;

export const perCustomerMax = 10;

export const customerIdLengthMax = 128;
/** Ids of new customers: `.` and `..` are refused, because no URL can have them in its path. */
export const customerId = plainId(customerIdLengthMax)
  .refine((id) => id !== '.' && id !== '..', 'accepted: anything but . and ..')
  .describe('`sub` of the token; no control, format or other invisible characters');
/** Ids that are already stored: an id that was once accepted stays readable. */
export const storedCustomerId = z.string().min(1).max(128).describe('`sub` of the token');
export const saleId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/)
  .describe('letters, digits and dashes');
export const requestId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/)
  .describe(
    'chosen by the client, a new one for each purchase; the same one again gets the same answer, over later sales for 24 hours',
  );
export const orderIdLengthMax = 200;
export const orderId = z
  .string()
  .min(1)
  .max(orderIdLengthMax)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
  .regex(/^[^\x00-\x1f\x7f]+$/)
  .describe('saleId:customerId:n');

export const product = z.object({ name: z.string(), ...priced, ...productDetails });

export const presaleShown = z
  .object({
    codesUntil: instant
      .nullable()
      .describe('until then only customers with an access code may buy; null: until the end'),
  })
  .describe('absent in sales without access codes');

/** Of a sale that requires payment; absent in all others. */
const heldCounts = {
  inCheckout: z
    .int()
    .optional()
    .describe('units that customers have and have not paid yet, in a sale that requires payment'),
  sold: z
    .int()
    .optional()
    .describe('units that are paid, in such a sale; `remaining` + `inCheckout` + `sold` is the quantity'),
};

/** How a customer's units are paid; all three are absent in sales without payment. */
export const paymentShown = {
  payment: z
    .literal('required')
    .optional()
    .describe('a unit is held for its customer, who has to pay for it; absent in sales without payment'),
  holdSeconds: z
    .int()
    .optional()
    .describe('how long a customer has to pay, from the moment at which the hold is durable'),
  holdsMax: z
    .int()
    .optional()
    .describe('how often a customer may hold a unit in each place of their share until they pay'),
};

export const saleStatus = z.enum(['scheduled', 'live', 'paused', 'sold_out', 'ended']);

export const sale = z
  .object({
    id: saleId,
    number: z.int().optional().describe('grows with each new sale; of two sales the larger one is newer'),
    product,
    quantity: z.int().describe('units that there are in all'),
    remaining: z.int().describe('units that no customer holds'),
    ...heldCounts,
    variants: z
      .array(variant)
      .optional()
      .describe('in the order in which the operator gave them; absent where the product has none'),
    seq: z.int().describe('grows with every change of `remaining`; an older one is to be dropped'),
    status: saleStatus,
    available: z
      .boolean()
      .describe(
        'false while Redis is down or being recovered: no customer can buy, and `remaining` is the last known',
      ),
    soldOutAt: instant
      .nullable()
      .describe('when the last unit was claimed; null while there are any, also after one has come back'),
    startsAt: instant,
    endsAt: instant.nullable().describe('before `startsAt` where the sale was called off before it opened'),
    presale: presaleShown.optional(),
    ...paymentShown,
    perCustomer: z.int(),
    version: z.int().describe('grows with every change that an operator makes to the sale; for `If-Match`'),
    simulated: z.boolean().describe('a rehearsal or a demo: the buyers are a simulated crowd'),
    reason: z.string().nullable().describe('why it is paused or ended, in the operator’s words'),
    serverTime: instant,
  })
  .meta({ id: 'Sale' });

export const orderStatus = z.enum([
  'claimed',
  'held',
  'confirmed',
  'expired',
  'released',
  'revoked',
  'cancelled',
]);

export const order = z
  .object({
    id: orderId,
    saleId,
    customerId: storedCustomerId,
    unit: z.int().min(1).describe('serial number, 1 to quantity'),
    number: z.string().optional().describe('for people: `FZ-7K3M-Q2XV-9DTR`; there from `confirmed` on'),
    variant: sku.optional().describe('which variant of the product; absent where it has none'),
    ...priced,
    seq: z
      .int()
      .optional()
      .describe('number of the claim in its sale; of two claims under one order id the larger one is newer'),
    status: orderStatus,
    claimedAt: instant,
    confirmedAt: instant.nullable(),
    holdId: z.string().optional().describe('of a unit that waits for its payment, or that was not paid'),
    payBy: instant.optional().describe('until when a held unit can be paid'),
  })
  .meta({ id: 'Order' });

export const stock = z
  .object({
    saleId,
    remaining: z.int(),
    ...heldCounts,
    variants: z.array(variantStock).optional().describe('of each variant; absent where the product has none'),
    seq: z.int(),
  })
  .meta({ id: 'Stock' });

export const recentUnitsMax = 10;
export const recentUnits = z
  .object({
    saleId,
    units: z
      .array(z.object({ unit: z.int().min(1), at: instant.describe('when it was claimed') }))
      .max(recentUnitsMax)
      .describe('the last units that were claimed, newest first, without customers’ names'),
  })
  .meta({ id: 'RecentUnits' });
export const watchRecentUnitsAnswer = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      recentUnits: recentUnits.nullable().describe('null while there is no sale'),
    }),
    z.object({ ok: z.literal(false), code: z.literal('too_many_requests'), message: z.string() }),
  ])
  .meta({ id: 'WatchRecentUnitsAnswer' });
export const presence = z
  .object({ connected: z.int().describe('sockets on all nodes') })
  .meta({ id: 'Presence' });
export const time = z.object({ serverTime: instant }).meta({ id: 'Time' });

/** `Challenge-Pass` over HTTP. */
export const challengePass = z.string().max(100).describe('from POST /challenge, where one is required');
const wantedVariant = sku.optional().describe('which variant to buy: needed where the sale has any');
/** `Access-Pass` over HTTP. */
export const accessPass = z
  .string()
  .max(100)
  .describe('from POST /sales/:id/access, while a presale needs one');
export const buyRequest = z.strictObject({
  saleId: saleId.optional(),
  requestId,
  variant: wantedVariant,
  pass: challengePass.optional(),
  access: accessPass.optional(),
});
export const buyBody = z.strictObject({ saleId: saleId.optional(), variant: wantedVariant });

const receipt = z
  .string()
  .describe(
    'proof of the claim; presented in the handshake as `auth.receipts`, it brings back what a disaster took',
  );

export const receiptsMax = 10;
/** The longest customer id and request id with the largest numbers make a receipt of 1,062 characters. */
export const receiptLengthMax = 1_100;
export const buyAccepted = z.object({ ok: z.literal(true), order, receipt });
export const buyCreated = z.object({ order, receipt });
export const buyRefused = z.object({
  ok: z.literal(false),
  code: z.enum(buyRefusalCodes),
  message: z.string(),
  retryAfterMs: z.int().optional(),
  startsAt: instant.optional(),
  codesUntil: instant
    .nullable()
    .optional()
    .describe('for `access_code_needed`: until when; null: until the end of the sale'),
  arrivedAt: instant
    .optional()
    .describe('for `sold_out`: when the buy reached the shop, by the clock that claims are timed by'),
  soldOutAt: instant
    .optional()
    .describe('for `sold_out`: when the last unit was claimed, by the same clock, as far as the node knows'),
  inCheckout: z
    .int()
    .optional()
    .describe('for `sold_out`: units that are not paid yet and may come back; absent when there are none'),
  order: order.optional(),
});
export const buyAnswer = z.discriminatedUnion('ok', [buyAccepted, buyRefused]).meta({ id: 'BuyAnswer' });

export const receiptsBody = z.strictObject({
  receipts: z.array(z.string().max(receiptLengthMax).regex(plain)).min(1).max(receiptsMax),
});

export const saleAnswer = z.object({ sale });
export const orderAnswer = z.object({ order });
/** What an order was for, of sales that may be long over. */
const orderedProduct = z.object({ saleId, name: z.string(), image: productImage.optional() });
export type OrderedProduct = z.infer<typeof orderedProduct>;
export const ordersAnswer = z.object({
  orders: z.array(order),
  products: z.array(orderedProduct).optional().describe('of the sales of these orders'),
  totalPurchases: z.int().describe('the customer’s confirmed orders, over all sales'),
});
export const statusAnswer = z.object({
  sale,
  product: product.extend({ quantity: z.int() }),
  remaining: z.int(),
  ...heldCounts,
  variants: z.array(variantStock).optional().describe('of each variant; absent where the product has none'),
  serverTime: instant,
});

/** RFC 9457, with a stable `code`, and `retryAfterMs` where waiting helps. */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    retryAfterMs: z.int().optional(),
    startsAt: instant.optional(),
    codesUntil: instant.nullable().optional(),
    arrivedAt: instant.optional(),
    soldOutAt: instant.optional(),
    inCheckout: z.int().optional(),
    order: order.optional(),
  })
  .meta({ id: 'Problem' });

export type Product = z.infer<typeof product>;
export type Sale = z.infer<typeof sale>;
export type SaleStatus = z.infer<typeof saleStatus>;
export type Order = z.infer<typeof order>;
export type OrderStatus = z.infer<typeof orderStatus>;
export type Stock = z.infer<typeof stock>;
export type RecentUnits = z.infer<typeof recentUnits>;
export type WatchRecentUnitsAnswer = z.infer<typeof watchRecentUnitsAnswer>;
/** @deprecated The answer to `watchGone`. */
export type WatchGoneAnswer = { ok: true; gone: RecentUnits | null };
export type Presence = z.infer<typeof presence>;
export type Time = z.infer<typeof time>;
export type BuyRequest = z.infer<typeof buyRequest>;
export type BuyAnswer = z.infer<typeof buyAnswer>;
export type BuyAccepted = z.infer<typeof buyAccepted>;
export type BuyRefused = z.infer<typeof buyRefused>;
export type StatusAnswer = z.infer<typeof statusAnswer>;
export type OrdersAnswer = z.infer<typeof ordersAnswer>;
export type Problem = z.infer<typeof problem>;
