import { reasonBody } from '@flipzon/protocol/sale-terms.ts';
import { customerId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { Blocking } from '../operator/blocking.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, operatorBytesMax, refusedWith } from './routes.ts';

const answer = z.object({ customerId, blocked: z.boolean() });

/** Blocks and unblocks a customer. Their orders stay until an operator cancels them. */
export function customerRoutes(
  app: HttpApp,
  { block, unblock, requireRole }: Blocking & { requireRole: RequireRole },
): void {
  const onRequest = requireRole('operator');
  const common = { tags: ['operator'], security: bearer, params: idParameter(customerId) };
  app.post(
    '/customers/:id/block',
    {
      onRequest,
      bodyLimit: operatorBytesMax,
      schema: {
        ...common,
        summary: 'This customer may not buy any more; their sockets are notified and closed',
        body: reasonBody.nullish(),
        response: { 200: answer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await block(id, request.body?.reason ?? null, customerOf(request))))
        return sendProblem(
          reply,
          'conflict',
          'The limit of blocked customers is reached. Unblock one and try again.',
        );
      return reply.send({ customerId: id, blocked: true });
    },
  );
  app.delete(
    '/customers/:id/block',
    {
      onRequest,
      schema: {
        ...common,
        summary: 'This customer may buy again',
        response: { 200: answer, ...refusedWith(400, 401, 403, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await unblock(id, customerOf(request));
      return reply.send({ customerId: id, blocked: false });
    },
  );
}
