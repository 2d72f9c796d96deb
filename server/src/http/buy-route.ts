import { randomUUID } from 'node:crypto';
import { accessPass, buyBody, buyCreated, challengePass, requestId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { GuardedBuy } from '../buying/guard-buy.ts';
import type { NetworkOf } from '../limits/client-networks.ts';
import { identityOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

interface Dependencies {
  buy: GuardedBuy;
  networkOf: NetworkOf;
  requireRole: RequireRole;
}

export function buyRoute(app: HttpApp, { buy, networkOf, requireRole }: Dependencies): void {
  app.post(
    '/buy',
    {
      onRequest: requireRole('customer'),
      // The answer is made of typed parts; validating it against its schema would cost as much as the claim.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['shopper'],
        summary: 'Buy one unit; the same Idempotency-Key again gets the same answer',
        security: bearer,
        headers: z.object({
          'idempotency-key': requestId.optional(),
          'challenge-pass': challengePass.optional(),
          'access-pass': accessPass.optional(),
        }),
        body: buyBody.nullish(),
        response: { 201: buyCreated, ...refusedWith(400, 401, 403, 404, 413, 415, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { saleId, variant } = request.body ?? {};
      const buyer = {
        identity: identityOf(request),
        network: networkOf(request.raw),
        pass: request.headers['challenge-pass'],
        access: request.headers['access-pass'],
      };
      const answer = await buy(buyer, {
        requestId: request.headers['idempotency-key'] ?? randomUUID(),
        ...(saleId === undefined ? {} : { saleId }),
        ...(variant === undefined ? {} : { variant }),
      });
      if (answer.ok) return reply.code(201).send({ order: answer.order, receipt: answer.receipt });
      const { ok: _, code, message, ...more } = answer;
      return sendProblem(reply, code, message, more);
    },
  );
}
