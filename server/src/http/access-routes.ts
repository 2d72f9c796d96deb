import { Readable } from 'node:stream';
import {
  accessAnswer,
  accessBody,
  codeCounts,
  generateBody,
  generatedAnswer,
  importBytesMax,
  importedAnswer,
  revokeBody,
  revokedAnswer,
} from '@flipzon/protocol/presale.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AskedFrom } from '../limits/client-address.ts';
import type { networksOf } from '../limits/networks.ts';
import type { AccessCodes } from '../presale/access-codes.ts';
import { type RedeemRate, takeRedeem } from '../presale/redeem-rate.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Clock } from '../sale/ports.ts';
import { needsCode, presaleView, type SaleTerms } from '../sale/sale.ts';
import { saleOfPlan } from '../sale/sale-plan.ts';
import type { PlanStore, SaleStore } from '../sale/store-ports.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

/** One code, even if each character is escaped in JSON. */
const codeBytesMax = 2_000;
const lineLengthMax = 200;
const fileLineMax = 64_000;
/** A carriage return at the end of a piece may be followed by its line feed in the next one. */
const lineBreak = /\r?\n|\r(?!$)/;
/** Writing a full file to MongoDB takes about 30 s on a busy machine; nothing is sent to the client meanwhile. */
const importMsMax = 120_000;
/** Files that a node reads at once. */
const importsMax = 2;
const importRetryMs = 3_000;

export interface AccessParts {
  accessCodes: AccessCodes;
  planStore: Pick<PlanStore, 'byId'>;
  redeemRate: RedeemRate;
  countedNetworks: (request: AskedFrom) => ReturnType<typeof networksOf>;
}

interface Dependencies extends AccessParts {
  current: CurrentSale;
  sales: Pick<SaleStore, 'byId'>;
  clock: Clock;
  requireRole: RequireRole;
}

/** A customer redeems an access code; operators issue, import, count and revoke them. */
export function accessRoutes(app: HttpApp, deps: Dependencies): void {
  redeemRoute(app, deps);
  operatorCodeRoutes(app, deps);
  importRoute(app, deps);
}

function redeemRoute(app: HttpApp, deps: Dependencies): void {
  const { accessCodes, current, clock, requireRole } = deps;
  app.post(
    '/sales/:id/access',
    {
      bodyLimit: codeBytesMax,
      onRequest: requireRole('customer'),
      schema: {
        tags: ['shopper'],
        summary: 'Redeems an access code of a presale, once; the same customer gets the same answer again',
        security: bearer,
        params: idParameter(saleId),
        body: accessBody,
        response: { 200: accessAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const customerId = customerOf(request);
      const terms = current.snapshot?.sale.id === id ? current.snapshot.sale.terms : null;
      if (terms?.presale === undefined)
        return sendProblem(reply, 'not_found', 'This sale has no access codes. See GET /status.');
      if (!needsCode(terms, clock.now()))
        return sendProblem(reply, 'conflict', 'This sale no longer needs a code. Buy without one.');
      const network = deps.countedNetworks(request.raw)?.address ?? null;
      const retryAfterMs = await takeRedeem(deps.redeemRate, { saleId: id, customerId, network });
      if (retryAfterMs > 0) return sendProblem(reply, 'too_many_requests', undefined, { retryAfterMs });
      const redeemed = await accessCodes.redeem(id, request.body.code, customerId);
      // One answer for unknown, used and revoked codes: guessing reveals nothing.
      if (redeemed === null)
        return sendProblem(
          reply,
          'access_code_invalid',
          'This code cannot be used. Check it, or use another one.',
        );
      return reply.send({ ...redeemed, ...presaleView(terms.presale) });
    },
  );
}

/** Of a sale, a plan or a draft with a presale; otherwise the refusal is sent. */
async function presaleTerms(
  { sales, planStore }: Pick<Dependencies, 'sales' | 'planStore'>,
  id: string,
  reply: FastifyReply,
): Promise<SaleTerms | null> {
  const sale = await sales.byId(id);
  const plan = sale === null ? await planStore.byId(id) : null;
  const terms = sale?.terms ?? (plan && saleOfPlan(plan).terms);
  if (terms?.presale !== undefined) return terms;
  if (terms == null) sendProblem(reply, 'not_found', 'Sale not found. Check its id.');
  else sendProblem(reply, 'conflict', 'This sale has no presale. Give it one first.');
  return null;
}

function operatorCodeRoutes(app: HttpApp, deps: Dependencies): void {
  const { accessCodes, requireRole } = deps;
  const operator = { onRequest: requireRole('operator'), bodyLimit: codeBytesMax };
  const common = { tags: ['operator'], security: bearer, params: idParameter(saleId) };
  const refusals = refusedWith(400, 401, 403, 404, 409, 413, 415, 503);
  app.get(
    '/sales/:id/access-codes',
    {
      onRequest: requireRole('viewer'),
      schema: {
        ...common,
        summary: 'How many access codes the sale has, and how many were redeemed and revoked',
        response: { 200: codeCounts, ...refusedWith(400, 401, 403, 503) },
      },
    },
    async (request, reply) => reply.send(await accessCodes.counts(request.params.id)),
  );
  app.post(
    '/sales/:id/access-codes',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Generates access codes; only this answer contains them',
        body: generateBody,
        response: { 201: generatedAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const terms = await presaleTerms(deps, id, reply);
      if (terms === null) return reply;
      const { variant } = request.body;
      if (variant !== undefined && !skusOf(terms).includes(variant))
        return sendProblem(reply, 'invalid_request', 'The sale has no such variant. Check its SKU.');
      const made = await accessCodes.generate(id, request.body, customerOf(request));
      if (!made.ok) return sendProblem(reply, made.code, made.message);
      return reply.code(201).send({ codes: made.codes, counts: await accessCodes.counts(id) });
    },
  );
  app.post(
    '/sales/:id/access-codes/revoke',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Revokes an access code that has not been redeemed',
        body: revokeBody,
        response: { 200: revokedAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const revoked = await accessCodes.revoke(id, request.body.code, customerOf(request));
      if (!revoked.ok) return sendProblem(reply, revoked.code, revoked.message);
      return reply.send({ counts: await accessCodes.counts(id) });
    },
  );
}

function skusOf({ variants = [] }: SaleTerms): string[] {
  return variants.map(({ sku }) => sku);
}

function importRoute(app: HttpApp, deps: Dependencies): void {
  let imports = 0;
  // In a scope of its own: other routes take JSON only.
  app.register((importing: HttpApp, _options, done) => {
    importing.removeAllContentTypeParsers();
    // The stream itself: a file is never in memory as a whole.
    importing.addContentTypeParser(['text/csv', 'text/plain'], (_request, body, parsed) =>
      parsed(null, body),
    );
    importing.post(
      '/sales/:id/access-codes/import',
      {
        onRequest: deps.requireRole('operator'),
        bodyLimit: importBytesMax,
        schema: {
          tags: ['operator'],
          summary:
            'Imports access codes: one per line of the body, optionally with a comma and the SKU of a variant',
          security: bearer,
          params: idParameter(saleId),
          consumes: ['text/csv', 'text/plain'],
          body: z.any().meta({ type: 'string' }),
          response: { 200: importedAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        if (!(request.body instanceof Readable))
          return sendProblem(reply, 'invalid_request', 'Send one code per line, as text/csv or text/plain.');
        if (imports >= importsMax)
          return sendProblem(reply.header('connection', 'close'), 'unavailable', undefined, {
            retryAfterMs: importRetryMs,
          });
        imports++;
        request.raw.socket.setTimeout(importMsMax);
        try {
          const terms = await presaleTerms(deps, id, reply.header('connection', 'close'));
          if (terms === null) return reply;
          const made = await deps.accessCodes.import(id, linesOf(request.body), {
            variants: skusOf(terms),
            by: customerOf(request),
          });
          if (!made.ok) return sendProblem(reply, made.code, made.message);
          const { ok: _, ...found } = made;
          return reply.send({ ...found, counts: await deps.accessCodes.counts(id) });
        } catch (error) {
          if (error instanceof TooLong) return sendProblem(reply, 'payload_too_large', undefined);
          throw error;
        } finally {
          imports--;
        }
      },
    );
    done();
  });
}

class TooLong extends Error {}

/** The lines of each piece of a stream of bounded length; longer lines than a code needs are cut. The rest of a refused stream is not read. */
async function* linesOf(body: Readable): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let begun = '';
  for await (const piece of body.iterator({ destroyOnReturn: false })) {
    bytes += piece.length;
    const lines = (begun + decoder.decode(piece, { stream: true })).split(lineBreak);
    begun = lines.pop() ?? '';
    // A file without line breaks would grow in memory as one line.
    if (bytes > importBytesMax || begun.length > fileLineMax) throw new TooLong('too long');
    yield lines.map(cut);
  }
  yield [cut(begun + decoder.decode())];
}

const cut = (line: string) => line.slice(0, lineLengthMax);
