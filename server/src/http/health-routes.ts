import { z } from 'zod';
import type { AskedFrom } from '../limits/client-address.ts';
import { sendProblem } from './problems.ts';
import { type HttpApp, refusedWith } from './routes.ts';

export interface Readiness {
  redis: boolean;
  mongodb: boolean;
  /** The sale's epoch is open: claims are decided. */
  caughtUp: boolean;
  draining: boolean;
}

export interface HealthParts {
  readiness: () => Promise<Readiness>;
  metrics: () => Promise<{ contentType: string; text: string }>;
  mayReadMetrics: (request: AskedFrom) => boolean;
}

export function healthRoutes(app: HttpApp, { readiness, metrics, mayReadMetrics }: HealthParts): void {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['health'],
        summary: 'The process is alive',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async (_request, reply) => reply.send({ status: 'ok' as const }),
  );
  const answer = z.object({
    ready: z.boolean(),
    redis: z.boolean(),
    mongodb: z.boolean(),
    caughtUp: z.boolean(),
    draining: z.boolean(),
  });
  app.get(
    '/readyz',
    {
      schema: {
        tags: ['health'],
        summary: 'Redis and MongoDB answer, and the sale can be bought from',
        response: { 200: answer, 503: answer, ...refusedWith(500) },
      },
    },
    async (_request, reply) => {
      const state = await readiness();
      const ready = state.redis && state.mongodb && state.caughtUp && !state.draining;
      return reply.code(ready ? 200 : 503).send({ ready, ...state });
    },
  );
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['health'],
        summary:
          'The metrics of this node, for Prometheus; only straight from an address in METRICS_ADDRESSES',
        response: {
          200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } },
          ...refusedWith(403),
        },
      },
    },
    async (request, reply) => {
      if (!mayReadMetrics(request.raw))
        return sendProblem(
          reply,
          'forbidden',
          'Metrics are not public. Read them straight from the node, from an address in METRICS_ADDRESSES.',
        );
      const { contentType, text } = await metrics();
      return reply.type(contentType).header('cache-control', 'no-store').send(text);
    },
  );
}
