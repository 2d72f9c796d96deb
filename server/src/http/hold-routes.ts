import { holdId, paymentBody, paymentBytesMax } from '@flipzon/protocol/payments.ts';
import { orderAnswer } from '@flipzon/protocol/schemas.ts';
import type { FastifyReply } from 'fastify';
import type { SettleHold, SettleOutcome } from '../holds/settle-hold.ts';
import { mayAs } from '../identity/roles.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import { callerOf, identityOf, type RequireRole, type RequireScope, withinRate } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { apiKeyOrBearer, bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  settleHold: SettleHold;
  requireRole: RequireRole;
  requireScope: RequireScope;
  /** Of one API key or operator. */
  paymentRate: RequestRate;
  /** Of one customer or operator. */
  rate: RequestRate;
}

/** How a hold ends before its time: paid at a checkout outside the shop, or released. */
export function holdRoutes(
  app: HttpApp,
  { settleHold, requireRole, requireScope, paymentRate, rate }: Dependencies,
): void {
  app.post(
    '/holds/:id/payment',
    {
      onRequest: requireScope('payments:write', 'operator'),
      preHandler: withinRate(paymentRate),
      bodyLimit: paymentBytesMax,
      schema: {
        tags: ['machine'],
        summary: 'Confirms the payment of a hold; the same reference again gets the same answer',
        security: apiKeyOrBearer,
        params: idParameter(holdId),
        body: paymentBody,
        response: { 201: orderAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      const settled = await settleHold.pay(request.params.id, request.body, callerOf(request));
      return sendSettled(reply, settled, 201);
    },
  );
  app.delete(
    '/holds/:id',
    {
      onRequest: requireRole('customer', 'operator'),
      preHandler: withinRate(rate),
      schema: {
        tags: ['shopper'],
        summary: 'Its customer, or an operator, releases a hold; its unit is on sale again',
        security: bearer,
        params: idParameter(holdId),
        response: { 200: orderAnswer, ...refusedWith(400, 401, 403, 404, 409, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { customerId, role } = identityOf(request);
      const isOperator = mayAs(role, 'operator');
      return sendSettled(
        reply,
        await (isOperator ? settleHold.release(id, customerId) : settleHold.giveUp(id, customerId)),
        200,
      );
    },
  );
}

function sendSettled(reply: FastifyReply, outcome: SettleOutcome, status: 200 | 201): FastifyReply {
  if (outcome.ok) return reply.code(status).send({ order: outcome.order });
  const { ok: _, code, message, ...more } = outcome;
  return sendProblem(reply, code, message, more);
}
