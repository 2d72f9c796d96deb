import { z } from 'zod';
import { instant, product, saleId, saleStatus } from './schemas.ts';
import { variantOffer } from './variants.ts';

/** `GET /sales/:id/report`: how a sale went, public. */

const count = z.int().min(0);
const ms = z.number().min(0);
const latency = z.object({ count, p50Ms: ms, p90Ms: ms, p99Ms: ms, maxMs: ms });

export const saleReport = z
  .object({
    saleId,
    product,
    quantity: count,
    variants: z
      .array(variantOffer.extend({ sold: count.nullable().describe('counted as the whole is') }))
      .optional()
      .describe('absent where the product has none'),
    perCustomer: z.int(),
    simulated: z.boolean().describe('the shoppers were simulated'),
    status: saleStatus,
    startsAt: instant,
    endsAt: instant.nullable(),
    reason: z.string().nullable().describe('why it is paused or was ended, if the operator said'),
    serverTime: instant,
    asked: count.describe('buys that were answered: the sum of all answers'),
    answers: z
      .array(z.object({ outcome: z.string(), count }))
      .describe(
        'what they were answered, the most frequent first. claimed: got a unit, each unit that was given out once; replayed: the same request again, which got the same answer; all others: the code of the refusal',
      ),
    sold: count
      .nullable()
      .describe(
        'orders that stand; units that are held while the sale goes on; null for a moment in between',
      ),
    holds: z
      .object({
        made: count.describe('how often a unit was held'),
        open: count.describe('of those, not paid yet'),
        paid: count,
        expired: count.describe('not paid in time'),
        released: count.describe('given up'),
      })
      .optional()
      .describe('of a sale that requires payment'),
    cancelled: count.nullable().describe('null until the sale is sealed'),
    revoked: count.describe('claims that a disaster took back before they were confirmed'),
    soldOutAfterMs: count.nullable().describe('from the opening to the last claim, if all units are sold'),
    latency: z
      .object({ claimed: latency, refused: latency })
      .describe('from a buy reaching a node to its answer; percentiles are at most a quarter too high'),
    fairness: z
      .object({
        compared: count.describe('claims whose arrival is known'),
        overtaken: count.describe('of those, claims that one which arrived later was decided before'),
        overtakenMsMax: count.describe('by how much later, at most, that one had arrived'),
        waitedMsP50: ms,
        waitedMsP99: ms,
        waitedMsMax: ms.describe('from arrival to decision, at most'),
      })
      .nullable()
      .describe('arrival against claim order, by one clock, in whole ms; null until the sale is sealed'),
    faults: z.object({
      recoveredAt: z.array(instant).describe('when Redis had to be rebuilt, the last hundred times'),
      recoveries: count,
      restored: count.describe('claims that Redis had forgotten and that were brought back'),
      revoked: count,
    }),
    invariants: z
      .object({ hold: z.boolean(), failed: z.array(z.string()).describe('those that do not') })
      .nullable()
      .describe('as the audit found them before the sale was sealed; without all of them it is not sealed'),
    seal: z
      .object({ version: z.int(), root: z.string(), size: count, sealedAt: instant })
      .nullable()
      .describe('null until the sale is over and all its orders are written'),
    counted: z.object({
      nodes: count.describe('starts of nodes that answered buys'),
      unwrittenMsMax: count.describe(
        'refusals of the last so many ms are missing for a node that was killed; sales never are',
      ),
    }),
  })
  .meta({ id: 'SaleReport' });

export type SaleReport = z.infer<typeof saleReport>;
