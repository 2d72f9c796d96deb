import { operatorActionsAnswer, operatorActionsPageMax } from '@flipzon/protocol/operator.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { OperatorLog } from '../sale/store-ports.ts';
import type { RequireRole } from './authenticate.ts';
import { bearer, cursor, type HttpApp, limitUpTo, refusedWith } from './routes.ts';

interface Dependencies {
  operatorLog: OperatorLog;
  requireRole: RequireRole;
}

export function operatorLogRoute(app: HttpApp, { operatorLog, requireRole }: Dependencies): void {
  app.get(
    '/operator/actions',
    {
      onRequest: requireRole('viewer'),
      schema: {
        tags: ['operator'],
        summary: 'The audit log: who did what, and when, before and after; newest first',
        security: bearer,
        querystring: z.strictObject({
          saleId: saleId.optional(),
          before: cursor.optional(),
          limit: limitUpTo(operatorActionsPageMax, 50),
        }),
        response: { 200: operatorActionsAnswer, ...refusedWith(400, 401, 403, 503) },
      },
    },
    async (request, reply) => reply.send(await operatorLog.page(request.query)),
  );
}
