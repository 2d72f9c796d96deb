import { z } from 'zod';
import { instant, orderId, saleId } from './schemas.ts';
import { sku } from './variants.ts';

/** What is published of a sale that is over, so that anyone can check it. */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

export const sealCounts = z.object({
  confirmed: count.describe('orders that stand'),
  cancelled: count,
  revoked: count.describe('claims that a disaster took back before they were confirmed'),
  expired: count.optional().describe('holds that were not paid in time, in a sale that requires payment'),
  released: count.optional().describe('holds that were given up, in such a sale'),
});

export const seal = z
  .object({
    saleId,
    version: z.int().min(1).describe('grows when a sale changes after it was sealed; every version is kept'),
    root: hash.describe('RFC 6962 with SHA-256, over the leaves in claim order'),
    size: count.describe('leaves'),
    quantity: z.int().describe('units that there were in all'),
    variants: z
      .array(
        z.object({
          sku,
          quantity: z.int(),
          currency: z.string().describe('ISO 4217'),
          priceMinor: z.int(),
          units: z
            .array(z.object({ from: z.int().min(1), to: z.int().min(1) }))
            .describe('serial numbers of its units: a leaf’s `unit` says its variant'),
        }),
      )
      .optional()
      .describe('absent where the product has none'),
    perCustomer: z.int(),
    format: z
      .literal(2)
      .optional()
      .describe(
        '2: each leaf but those of revoked claims has `hold`; absent where the sale requires no payment',
      ),
    payment: z
      .object({ holdSeconds: z.int(), holdsMax: z.int() })
      .optional()
      .describe(
        'how long a unit was held for its payment, and how often in each place of a customer’s share',
      ),
    counts: sealCounts,
    windows: z
      .array(
        z.object({
          from: instant.describe('when the operator decided it; it is in force until the next one is'),
          startsAt: instant,
          endsAt: instant.nullable(),
          paused: z.boolean(),
        }),
      )
      .optional()
      .describe('when the sale could be bought from, oldest first; absent from earlier seals'),
    statement: z
      .string()
      .optional()
      .describe(
        'root, size, quantity, share, windows, variants and payment as one text, to hash as it is, UTF-8',
      ),
    digest: hash.optional().describe('SHA-256 of 0x02 and the statement; keep it to prove all of that later'),
    sealedAt: instant,
    versions: z
      .array(z.object({ version: z.int(), root: hash, size: count, sealedAt: instant }))
      .describe('newest first, the last hundred'),
  })
  .meta({ id: 'Seal' });

/** The fields of a leaf's text, once it is parsed. The text itself is hashed. */
export const sealLeaf = z
  .object({
    sale: saleId,
    claim: z.int().min(1).describe('place in the order of claims, from 1'),
    seq: z.int().min(1),
    unit: z.int().min(1),
    n: z.int().min(1).describe('which of the customer’s units'),
    customer: hash.describe('pseudonym, the same in all of the customer’s leaves of this sale'),
    status: z
      .enum(['confirmed', 'cancelled', 'revoked', 'expired', 'released'])
      .describe('expired, released: a hold that ended without a payment'),
    currency: z
      .string()
      .optional()
      .describe('ISO 4217; missing when the claim was revoked, and in earlier seals'),
    priceMinor: z.int().optional().describe('in minor units of the currency; missing where it is'),
    arrivedAt: instant.nullable().describe('null when a claim came back by its receipt'),
    claimedAt: instant,
    hold: z
      .object({
        try: z.int().min(1).describe('which hold of the customer in this place of their share'),
        heldAt: instant,
        payBy: instant,
        outcome: z.enum(['paid', 'expired', 'released']),
        endedAt: instant,
      })
      .optional()
      .describe('how the unit was held, in a sale that requires payment'),
  })
  .meta({ id: 'SealLeaf' });

export const leavesMax = 1024;
export const sealQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() });
export const leavesQuery = sealQuery.extend({
  after: z.coerce.number().int().min(0).default(0).describe('leaves to pass over'),
});
export const sealLeaves = z.object({
  saleId,
  version: z.int(),
  after: count,
  leaves: z.array(z.string()).max(leavesMax).describe('texts to hash as they are, UTF-8'),
  next: z.int().nullable().describe('the next `after`; null at the end'),
});

export const orderProof = z
  .object({
    orderId,
    saleId,
    version: z.int(),
    root: hash,
    size: count,
    index: count,
    leaf: z.string().describe('the text that was hashed'),
    path: z.array(hash).describe('from the leaf’s neighbour upwards'),
    customerKey: hash.describe('HMAC-SHA256 of the customer’s id under it is `customer` in the leaf'),
  })
  .meta({ id: 'OrderProof' });

export type SealAnswer = z.infer<typeof seal>;
export type SealLeaf = z.infer<typeof sealLeaf>;
export type SealLeaves = z.infer<typeof sealLeaves>;
export type OrderProof = z.infer<typeof orderProof>;
