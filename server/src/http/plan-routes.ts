import { saleResultAnswer, saleVersionTag } from '@flipzon/protocol/operator.ts';
import { planBody } from '@flipzon/protocol/sale-terms.ts';
import { saleAnswer, saleId } from '@flipzon/protocol/schemas.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { planResult } from '../operator/plan-result.ts';
import type { PlanOutcome, Plans } from '../operator/plans.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { operatorRequestOf } from './operator-request.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, operatorBytesMax, refusedWith, saleBytesMax } from './routes.ts';
import { sendSale } from './send-sale.ts';

interface Dependencies {
  plans: Plans;
  current: CurrentSale;
  requireRole: RequireRole;
}

/** Planned sales. */
export function planRoutes(app: HttpApp, { plans, current, requireRole }: Dependencies): void {
  const operator = { onRequest: requireRole('operator'), bodyLimit: operatorBytesMax };
  const common = { tags: ['operator'], security: bearer };
  const sendPlan = (reply: FastifyReply, outcome: PlanOutcome, status: 200 | 201): FastifyReply =>
    outcome.ok
      ? reply.code(status).send({ sale: planResult(outcome.plan) })
      : sendProblem(reply, outcome.code, outcome.message);

  app.post(
    '/sales',
    {
      ...operator,
      bodyLimit: saleBytesMax,
      schema: {
        ...common,
        summary: 'Plans a sale; it takes the page when it is activated, or when the one before it has ended',
        body: planBody.nullish(),
        response: { 201: saleResultAnswer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendPlan(reply, await plans.plan(request.body ?? planBody.parse({}), customerOf(request)), 201),
  );
  app.put(
    '/sales/:id',
    {
      ...operator,
      bodyLimit: saleBytesMax,
      schema: {
        ...common,
        summary: 'Other values for a planned sale or a draft; a draft may become a planned sale',
        params: idParameter(saleId),
        body: planBody,
        response: { 200: saleResultAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendPlan(reply, await plans.replace(request.params.id, request.body, customerOf(request)), 200),
  );
  app.delete(
    '/sales/:id',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Drops a plan',
        params: idParameter(saleId),
        response: { 200: saleResultAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendPlan(reply, await plans.unplan(request.params.id, customerOf(request)), 200),
  );
  app.post(
    '/sales/:id/activate',
    {
      ...operator,
      schema: {
        ...common,
        summary:
          'Puts a planned sale on the page, in place of the one that is there, to which If-Match refers',
        headers: z.looseObject({ 'if-match': saleVersionTag.optional() }),
        params: idParameter(saleId),
        response: { 201: saleAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendSale(reply, current, await plans.activate(request.params.id, operatorRequestOf(request)), 201),
  );
}
