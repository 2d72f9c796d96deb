import {
  inviteBody,
  inviteBytesMax,
  type PersonShown,
  peopleAnswer,
  personAnswer,
  personId,
} from '@flipzon/protocol/people.ts';
import type { FastifyReply } from 'fastify';
import { mailId, type People, type PeopleOutcome, type Person } from '../identity/people.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  people: People;
  requireRole: RequireRole;
}

/** Who may use the console. Owners alone decide. */
export function peopleRoutes(app: HttpApp, { people, requireRole }: Dependencies): void {
  const owner = { onRequest: requireRole('owner') };
  const common = { tags: ['owner'], security: bearer };
  const sendOutcome = (reply: FastifyReply, outcome: PeopleOutcome, status: 200 | 201): FastifyReply =>
    outcome.ok
      ? reply.code(status).send({ person: shown(outcome.person) })
      : sendProblem(reply, outcome.code, outcome.message);

  app.get(
    '/people',
    {
      ...owner,
      schema: {
        ...common,
        summary: 'Who may use the console, and who gave them their role',
        response: { 200: peopleAnswer, ...refusedWith(401, 403, 503) },
      },
    },
    async (_request, reply) => reply.send({ people: (await people.list()).map(shown) }),
  );
  app.post(
    '/people',
    {
      ...owner,
      bodyLimit: inviteBytesMax,
      schema: {
        ...common,
        summary: 'Lets someone use the console, by address or by the provider’s id; again: another role',
        body: inviteBody,
        response: { 201: personAnswer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { email, subject, role } = request.body;
      const id = email === undefined ? `sub:${subject}` : mailId(email);
      return sendOutcome(reply, await people.invite(id, role, customerOf(request)), 201);
    },
  );
  app.delete(
    '/people/:id',
    {
      ...owner,
      schema: {
        ...common,
        summary: 'Removes someone, with effect at once on their tokens and open sockets, on all nodes',
        params: idParameter(personId),
        response: { 200: personAnswer, ...refusedWith(400, 401, 403, 404, 409, 503) },
      },
    },
    async (request, reply) =>
      sendOutcome(reply, await people.remove(request.params.id, customerOf(request)), 200),
  );
}

function shown({ id, role, from, subject, by, at, signedInAt }: Person): PersonShown {
  return {
    ...{ id, role, from, subject, by },
    email: id.startsWith('mail:') ? id.slice('mail:'.length) : null,
    at: isoInstant(at),
    signedInAt: signedInAt === null ? null : isoInstant(signedInAt),
  };
}
