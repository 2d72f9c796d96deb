import { saleVersionTag } from '@flipzon/protocol/operator.ts';
import { reasonBody, rescheduleBody, restockBody, startBody } from '@flipzon/protocol/sale-terms.ts';
import { saleAnswer, saleId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { Operate } from '../operator/operate.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { RequireRole } from './authenticate.ts';
import { operatorRequestOf } from './operator-request.ts';
import { bearer, type HttpApp, idParameter, operatorBytesMax, refusedWith, saleBytesMax } from './routes.ts';
import { sendSale } from './send-sale.ts';

interface Dependencies {
  operate: Operate;
  current: CurrentSale;
  requireRole: RequireRole;
}

const common = {
  tags: ['operator'],
  security: bearer,
  headers: z.looseObject({ 'if-match': saleVersionTag.optional() }),
};
/** Of every request about a sale that exists. */
const ofSale = {
  ...common,
  params: idParameter(saleId),
  response: { 200: saleAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
};

/** What an operator decides about a sale. With `If-Match`, only if no other operator has changed it since that version. */
export function operatorRoutes(app: HttpApp, deps: Dependencies): void {
  const { operate, current, requireRole } = deps;
  const operator = { onRequest: requireRole('operator'), bodyLimit: saleBytesMax };

  app.post(
    '/start',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'A new sale; without a body 1000 × iPhone at 999, opening on the upcoming Sunday 00:00',
        body: startBody.nullish(),
        response: { 201: saleAnswer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendSale(
        reply,
        current,
        await operate.start(request.body ?? startBody.parse({}), operatorRequestOf(request)),
        201,
      ),
  );
  app.patch(
    '/sales/:id',
    {
      ...operator,
      schema: {
        ...ofSale,
        summary: 'Other times; until the opening also another name, description or images',
        body: rescheduleBody,
      },
    },
    async (request, reply) =>
      sendSale(
        reply,
        current,
        await operate.change(request.params.id, request.body, operatorRequestOf(request)),
        200,
      ),
  );
  stepRoutes(app, deps);
}

function stepRoutes(app: HttpApp, { operate, current, requireRole }: Dependencies): void {
  const operator = { onRequest: requireRole('operator'), bodyLimit: operatorBytesMax };

  app.post(
    '/sales/:id/pause',
    { ...operator, schema: { ...ofSale, body: reasonBody.nullish() } },
    async (request, reply) =>
      sendSale(
        reply,
        current,
        await operate.pause(request.params.id, request.body?.reason, operatorRequestOf(request)),
        200,
      ),
  );
  app.post(
    '/sales/:id/resume',
    { ...operator, schema: { ...ofSale, body: reasonBody.nullish() } },
    async (request, reply) =>
      sendSale(reply, current, await operate.resume(request.params.id, operatorRequestOf(request)), 200),
  );
  app.post(
    '/sales/:id/end',
    { ...operator, schema: { ...ofSale, body: reasonBody.nullish() } },
    async (request, reply) =>
      sendSale(
        reply,
        current,
        await operate.end(request.params.id, request.body?.reason, operatorRequestOf(request)),
        200,
      ),
  );
  app.post(
    '/sales/:id/restock',
    { ...operator, schema: { ...ofSale, body: restockBody } },
    async (request, reply) =>
      sendSale(
        reply,
        current,
        await operate.restock(
          request.params.id,
          { units: request.body.quantity, sku: request.body.variant },
          operatorRequestOf(request),
        ),
        200,
      ),
  );
}
