import { z } from 'zod';
import { instant } from './schemas.ts';

/** A dress rehearsal: an operator's request, the messages of the program that plays it, and the record of it. */

const count = z.int().min(0);
const ms = z.number().min(0);

export const rehearsalSizes = {
  shoppers: { least: 10, most: 5_000, usual: 500 },
  quantity: { least: 1, most: 5_000, usual: 300 },
  spreadS: { least: 1, most: 300, usual: 20 },
  nodes: { least: 1, most: 4, usual: 2 },
} as const;
const sized = ({ least, most, usual }: { least: number; most: number; usual: number }) =>
  z.int().min(least).max(most).default(usual);

export const rehearsalPlan = z.strictObject({
  shoppers: sized(rehearsalSizes.shoppers).describe('simulated, each of whom wants one unit'),
  quantity: sized(rehearsalSizes.quantity),
  spreadS: sized(rehearsalSizes.spreadS).describe('they press within so many seconds'),
  nodes: sized(rehearsalSizes.nodes).describe('server processes of the rehearsal'),
  seed: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .default(1),
  services: z
    .enum(['private', 'shared'])
    .default('private')
    .describe(
      'private: a separate Redis and database, which are killed on the way. shared: those of the shop, with a separate database; only the rehearsal’s nodes are killed',
    ),
});

const percentiles = z.object({ count, p50Ms: ms, p90Ms: ms, p99Ms: ms, maxMs: ms });

/** The result of a rehearsal. The program writes more into it, which is kept unchanged. */
export const rehearsalCertificate = z
  .looseObject({
    rehearsedAt: instant,
    machine: z.object({ cpu: z.string(), cpus: count, node: z.string() }),
    saleId: z.string(),
    services: z.enum(['private', 'shared']),
    notTried: z.array(z.string()).describe('faults that were not tried, because others use what they hit'),
    invariants: z.array(z.object({ says: z.string(), holds: z.boolean() })),
    faults: z.array(
      z.object({
        name: z.string(),
        downMs: ms.describe('from the blow until what was hit ran again'),
        recoveredMs: ms.nullable().describe('from the blow until every node was ready; null: not in time'),
      }),
    ),
    settledMs: ms,
    answers: z.record(z.string(), count),
    latency: z.object({ claimed: percentiles, other: percentiles }),
    seal: z
      .object({ version: count, root: z.string(), size: count, proofs: count, holds: z.boolean() })
      .nullable(),
    holds: z.boolean(),
  })
  .meta({ id: 'RehearsalCertificate' });

export const rehearsalStepsMax = 40;

/** From the program to the process that started it, one message each. */
export const rehearsalMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), says: z.string().max(500) }),
  z.object({
    type: z.literal('certificate'),
    certificate: rehearsalCertificate,
    text: z.string().max(50_000),
  }),
]);

export const rehearsal = z
  .object({
    id: z.string(),
    by: z.string().describe('`sub` of the operator’s token'),
    plan: rehearsalPlan,
    startedAt: instant,
    endedAt: instant.nullable(),
    status: z
      .enum(['running', 'held', 'broken', 'stopped'])
      .describe('held: every promise held; broken: one did not; stopped: it ended without a certificate'),
    stopped: z
      .object({
        why: z
          .enum(['operator', 'sale', 'time', 'node', 'fault'])
          .describe(
            'an operator broke it off; a sale opened or was about to; it took too long; the node that ran it ended; it could not be played',
          ),
        detail: z.string().nullable().describe('what it said last, where it could not be played'),
      })
      .nullable(),
    steps: z.array(z.string()).describe('what has happened so far, the newest last'),
  })
  .meta({ id: 'Rehearsal' });

export const rehearsalsAnswer = z.object({
  available: z.boolean().describe('false: this shop starts none'),
  obstacle: z
    .object({ code: z.enum(['rehearsal_running', 'sale_too_near']), message: z.string() })
    .nullable()
    .describe('why none can be started just now'),
  rehearsals: z.array(rehearsal).describe('newest first'),
});
export const rehearsalAnswer = z.object({
  rehearsal,
  certificate: rehearsalCertificate.nullable().optional().describe('null until it has ended with one'),
});

export type RehearsalPlan = z.infer<typeof rehearsalPlan>;
export type RehearsalCertificate = z.infer<typeof rehearsalCertificate>;
export type RehearsalMessage = z.infer<typeof rehearsalMessage>;
export type Rehearsal = z.infer<typeof rehearsal>;
export type RehearsalsAnswer = z.infer<typeof rehearsalsAnswer>;
export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>;
