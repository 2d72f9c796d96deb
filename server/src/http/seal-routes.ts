import { orderId, saleId } from '@flipzon/protocol/schemas.ts';
import { leavesQuery, orderProof, seal, sealLeaves, sealQuery } from '@flipzon/protocol/seal-schemas.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RequestRate } from '../limits/request-rate.ts';
import { type Claim, parseOrderId } from '../sale/order.ts';
import type { PublishedSeal } from '../seal/published-seal.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { isUnchanged } from './is-unchanged.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';
import { json, writtenOnce } from './written-once.ts';

export interface SealParts {
  published: PublishedSeal;
  /** The claim of an order, or of a revoked claim. */
  claimOf: (orderId: string) => Promise<Claim | null>;
  requireRole: RequireRole;
  /** A proof reads and hashes a thousand leaves. */
  rate: RequestRate;
}

const notModified = z.undefined().describe('Unchanged since this ETag');
/** A new version follows soon after a sale has changed. */
const shortly = 'public, max-age=2';
/** The leaves of a version never change. */
const forGood = 'public, max-age=31536000, immutable';

export function sealRoutes(app: HttpApp, parts: SealParts): void {
  rootRoute(app, parts);
  leavesRoute(app, parts);
  proofRoute(app, parts);
}

function rootRoute(app: HttpApp, { published }: SealParts): void {
  app.get(
    '/sales/:id/seal',
    {
      schema: {
        tags: ['public'],
        summary: 'The root over all claims of a sale that is over',
        params: idParameter(saleId),
        querystring: sealQuery,
        response: { 200: seal, ...refusedWith(400, 404, 503) },
      },
    },
    async (request, reply) => {
      const answer = await published.answer(request.params.id, request.query.version);
      if (answer === null) return notSealed(reply);
      return reply
        .header('cache-control', shortly)
        .type(json)
        .send(writtenOnce(answer) as never);
    },
  );
}

function leavesRoute(app: HttpApp, { published }: SealParts): void {
  app.get(
    '/sales/:id/seal/leaves',
    {
      schema: {
        tags: ['public'],
        summary: 'The leaves under the root: every claim, in order, page by page',
        params: idParameter(saleId),
        querystring: leavesQuery,
        response: { 200: sealLeaves, 304: notModified, ...refusedWith(400, 404, 503) },
      },
    },
    async (request, reply) => {
      const { after, version } = request.query;
      const answer = await published.leaves(request.params.id, after, version);
      if (answer === null) return notSealed(reply);
      const etag = `"${answer.saleId}:${answer.version}:${answer.after}"`;
      reply.header('cache-control', version === undefined ? shortly : forGood).header('etag', etag);
      if (isUnchanged(request, etag)) return reply.code(304).send(undefined as never);
      return reply.type(json).send(writtenOnce(answer) as never);
    },
  );
}

function proofRoute(app: HttpApp, { published, claimOf, requireRole, rate }: SealParts): void {
  app.get(
    '/orders/:id/proof',
    {
      onRequest: requireRole('customer', 'viewer'),
      schema: {
        tags: ['shopper'],
        summary: 'Proof that the customer’s own order is under the root',
        security: bearer,
        params: idParameter(orderId),
        querystring: sealQuery,
        response: { 200: orderProof, ...refusedWith(400, 401, 403, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const asking = customerOf(request);
      const { id } = request.params;
      const isStaff = request.identity?.role !== 'customer';
      if (!isStaff && parseOrderId(id)?.customerId !== asking)
        return sendProblem(
          reply,
          'forbidden',
          'This order belongs to another customer. Use that customer’s token.',
        );
      const retryAfterMs = await rate(asking);
      if (retryAfterMs > 0) return sendProblem(reply, 'too_many_requests', undefined, { retryAfterMs });
      const claim = await claimOf(id);
      if (claim === null) return sendProblem(reply, 'not_found', 'Order not found. Check its id.');
      const proof = await published.proof(claim, request.query.version);
      return proof === null ? notSealed(reply) : reply.send(proof);
    },
  );
}

function notSealed(reply: FastifyReply): FastifyReply {
  return sendProblem(
    reply,
    'not_sealed',
    'A sale is sealed once it is over and all its orders are saved. Try again then.',
  );
}
