import { reasonBody } from '@flipzon/protocol/sale-terms.ts';
import { orderAnswer, orderId } from '@flipzon/protocol/schemas.ts';
import type { CancelOrder } from '../operator/cancel-order.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, operatorBytesMax, refusedWith } from './routes.ts';

interface Dependencies {
  cancelOrder: CancelOrder;
  requireRole: RequireRole;
}

export function cancelRoute(app: HttpApp, { cancelOrder, requireRole }: Dependencies): void {
  app.delete(
    '/orders/:id',
    {
      onRequest: requireRole('operator'),
      bodyLimit: operatorBytesMax,
      schema: {
        tags: ['operator'],
        summary: 'Cancels an order and puts its unit back on sale',
        security: bearer,
        params: idParameter(orderId),
        body: reasonBody.nullish(),
        response: { 200: orderAnswer, ...refusedWith(400, 401, 403, 404, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const outcome = await cancelOrder(request.params.id, request.body?.reason, customerOf(request));
      if (!outcome.ok) {
        const { ok: _, code, message, ...more } = outcome;
        return sendProblem(reply, code, message, more);
      }
      return reply.send({ order: outcome.order });
    },
  );
}
