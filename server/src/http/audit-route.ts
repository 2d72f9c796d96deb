import { auditReport } from '@flipzon/protocol/audit-schemas.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import type { Audit } from '../sale/ports.ts';
import type { RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  audit: Audit;
  requireRole: RequireRole;
}

export function auditRoute(app: HttpApp, { audit, requireRole }: Dependencies): void {
  app.get(
    '/sales/:id/audit',
    {
      onRequest: requireRole('viewer'),
      schema: {
        tags: ['operator'],
        summary: 'The invariants of the sale, recomputed from MongoDB and Redis',
        security: bearer,
        params: idParameter(saleId),
        response: { 200: auditReport, ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const report = await audit(request.params.id);
      if (report === null) return sendProblem(reply, 'not_found', 'Sale not found. Check its id.');
      return reply.send(report);
    },
  );
}
