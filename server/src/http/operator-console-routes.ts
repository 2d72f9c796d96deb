import { preflightAnswer, salesAnswer, salesPageMax } from '@flipzon/protocol/operator.ts';
import { z } from 'zod';
import type { Preflight } from '../operator/preflight.ts';
import type { SaleHistory } from '../sale/store-ports.ts';
import type { RequireRole } from './authenticate.ts';
import { bearer, cursor, type HttpApp, limitUpTo, refusedWith } from './routes.ts';

interface Dependencies {
  preflight: Preflight;
  history: SaleHistory;
  requireRole: RequireRole;
}

/** Routes for what the console shows beside the current sale. */
export function operatorConsoleRoutes(app: HttpApp, { preflight, history, requireRole }: Dependencies): void {
  const viewer = { onRequest: requireRole('viewer') };
  const common = { tags: ['operator'], security: bearer };
  app.get(
    '/operator/preflight',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'Checks of everything that a sale needs, each with what was found',
        response: { 200: preflightAnswer, ...refusedWith(401, 403) },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send(await preflight()),
  );
  app.get(
    '/operator/sales',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'All sales with their results, newest first',
        querystring: z.strictObject({
          before: cursor.optional(),
          limit: limitUpTo(salesPageMax, 20),
          status: z
            .enum(['planned', 'draft'])
            .optional()
            .describe(
              'only the planned ones, all of them, the next one first; or the drafts; no orders are counted for it',
            ),
        }),
        response: { 200: salesAnswer, ...refusedWith(400, 401, 403, 503) },
      },
    },
    async (request, reply) => {
      const { status, ...wanted } = request.query;
      if (status === 'planned') return reply.send(await history.planned());
      return reply.send(await (status === 'draft' ? history.drafts() : history.page(wanted)));
    },
  );
}
