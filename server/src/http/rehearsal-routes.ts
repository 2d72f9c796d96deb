import { rehearsalAnswer, rehearsalPlan, rehearsalsAnswer } from '@flipzon/protocol/rehearsal-schemas.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RehearsalOutcome, Rehearsals } from '../operator/rehearsals.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  rehearsals: Pick<Rehearsals, 'list' | 'read' | 'start' | 'stop'>;
  requireRole: RequireRole;
}

const id = z.string().min(1).max(40);
const noSuch = 'Rehearsal not found. Check its id.';

const common = { tags: ['operator'], security: bearer };

/** Dress rehearsals that the console starts. */
export function rehearsalRoutes(app: HttpApp, deps: Dependencies): void {
  startRoutes(app, deps);
  readRoutes(app, deps);
}

function startRoutes(app: HttpApp, { rehearsals, requireRole }: Dependencies): void {
  const operator = { onRequest: requireRole('operator') };
  const sendOutcome = (reply: FastifyReply, outcome: RehearsalOutcome, status: 200 | 201): FastifyReply =>
    outcome.ok
      ? reply.code(status).send({ rehearsal: outcome.rehearsal })
      : sendProblem(reply, outcome.code, outcome.message);

  app.post(
    '/operator/rehearsals',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Starts a dress rehearsal: a private sale with a simulated crowd and crashes',
        body: rehearsalPlan.nullish(),
        response: { 201: rehearsalAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendOutcome(
        reply,
        await rehearsals.start(request.body ?? rehearsalPlan.parse({}), customerOf(request)),
        201,
      ),
  );
  app.post(
    '/operator/rehearsals/:id/stop',
    {
      ...operator,
      schema: {
        ...common,
        summary: 'Stops a dress rehearsal, on any node',
        params: idParameter(id),
        response: { 200: rehearsalAnswer, ...refusedWith(400, 401, 403, 404, 409, 413, 415, 503) },
      },
    },
    async (request, reply) =>
      sendOutcome(reply, await rehearsals.stop(request.params.id, customerOf(request)), 200),
  );
}

function readRoutes(app: HttpApp, { rehearsals, requireRole }: Dependencies): void {
  const viewer = { onRequest: requireRole('viewer') };

  app.get(
    '/operator/rehearsals',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'The newest dress rehearsals, and whether one can be started now',
        response: { 200: rehearsalsAnswer, ...refusedWith(401, 403, 503) },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'no-store').send(await rehearsals.list()),
  );
  app.get(
    '/operator/rehearsals/:id',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'A dress rehearsal, with its certificate once it has one',
        params: idParameter(id),
        response: { 200: rehearsalAnswer, ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const found = await rehearsals.read(request.params.id);
      if (found === null) return sendProblem(reply, 'not_found', noSuch);
      return reply.send({ rehearsal: found.rehearsal, certificate: found.record.certificate });
    },
  );
  app.get(
    '/operator/rehearsals/:id/certificate',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'The certificate as a file',
        params: idParameter(id),
        querystring: z.strictObject({ format: z.enum(['txt', 'json']).default('txt') }),
        response: { 200: z.string(), ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const found = await rehearsals.read(request.params.id);
      if (found === null) return sendProblem(reply, 'not_found', noSuch);
      const { certificate, text } = found.record;
      if (certificate === null || text === null) {
        return sendProblem(reply, 'not_found', 'This rehearsal has no certificate.');
      }
      const { format } = request.query;
      return reply
        .header('content-disposition', `attachment; filename="${found.rehearsal.id}.${format}"`)
        .type(format === 'json' ? 'application/json' : 'text/plain; charset=utf-8')
        .serializer(String)
        .send(format === 'json' ? `${JSON.stringify(certificate, null, 2)}\n` : text);
    },
  );
}
