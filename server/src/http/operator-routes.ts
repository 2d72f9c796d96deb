import {
  auditReport,
  orderAnswer,
  orderId,
  reasonBody,
  rescheduleBody,
  restockBody,
  saleAnswer,
  saleId,
  startBody,
} from '@flipzon/protocol/schemas.ts';
import type { FastifyReply } from 'fastify';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Operate, SaleOutcome } from '../sale/operate.ts';
import type { Audit } from '../sale/ports.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  operate: Operate;
  current: CurrentSale;
  audit: Audit;
  requireRole: RequireRole;
}

export function operatorRoutes(app: HttpApp, { operate, current, audit, requireRole }: Dependencies): void {
  const operator = { onRequest: requireRole('operator') };
  const common = { tags: ['operator'], security: bearer };
  const saleResponse = { 200: saleAnswer, ...refusedWith(400, 401, 403, 404, 409, 503) };
  const params = idParameter(saleId);

  const sendSale = (reply: FastifyReply, outcome: SaleOutcome, status: 200 | 201): FastifyReply => {
    if (!outcome.ok) return sendProblem(reply, outcome.code, outcome.message);
    const sale = current.view();
    if (sale === null) throw new Error('a sale was changed, and is not known here');
    return reply.code(status).send({ sale });
  };

  app.post(
    '/start',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'A new sale; without a body 1000 × iPhone at 999, opening on the upcoming Sunday 00:00',
        body: startBody.nullish(),
        response: { 201: saleAnswer, ...refusedWith(400, 401, 403, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendSale(reply, await operate.start(request.body ?? startBody.parse({}), customerOf(request)), 201),
  );

  app.post(
    '/sales/:id/pause',
    { ...operator, schema: { ...common, params, body: reasonBody.nullish(), response: saleResponse } },
    async (request, reply) =>
      sendSale(reply, await operate.pause(request.params.id, request.body?.reason, customerOf(request)), 200),
  );
  app.post(
    '/sales/:id/resume',
    { ...operator, schema: { ...common, params, body: reasonBody.nullish(), response: saleResponse } },
    async (request, reply) =>
      sendSale(reply, await operate.resume(request.params.id, customerOf(request)), 200),
  );
  app.post(
    '/sales/:id/end',
    { ...operator, schema: { ...common, params, body: reasonBody.nullish(), response: saleResponse } },
    async (request, reply) =>
      sendSale(reply, await operate.end(request.params.id, request.body?.reason, customerOf(request)), 200),
  );
  app.post(
    '/sales/:id/restock',
    { ...operator, schema: { ...common, params, body: restockBody, response: saleResponse } },
    async (request, reply) =>
      sendSale(
        reply,
        await operate.restock(request.params.id, request.body.quantity, customerOf(request)),
        200,
      ),
  );
  app.patch(
    '/sales/:id',
    { ...operator, schema: { ...common, params, body: rescheduleBody, response: saleResponse } },
    async (request, reply) =>
      sendSale(reply, await operate.reschedule(request.params.id, request.body, customerOf(request)), 200),
  );

  app.delete(
    '/orders/:id',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Cancels an order and puts its unit back on sale',
        params: idParameter(orderId),
        response: { 200: orderAnswer, ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const outcome = await operate.cancelOrder(request.params.id);
      if (!outcome.ok) return sendProblem(reply, outcome.code, outcome.message);
      return reply.send({ order: outcome.order });
    },
  );

  app.get(
    '/sales/:id/audit',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'The invariants of the sale, recomputed from MongoDB and Redis',
        params,
        response: { 200: auditReport, ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const report = await audit(request.params.id);
      if (report === null) return sendProblem(reply, 'not_found', 'There is no such sale.');
      return reply.send(report);
    },
  );
}
