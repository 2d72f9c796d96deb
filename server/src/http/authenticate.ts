import type { Role } from '@flipzon/protocol/identity.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayAs } from '../identity/roles.ts';
import type { Clock, Identity, Tokens } from '../sale/ports.ts';
import { sendProblem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireRole(role)`; null on routes that need no token. */
    identity: Identity | null;
  }
}

/** Whose token a route names in its refusals: what viewers may read, operators may too. */
const named: Record<Role, string> = {
  customer: 'a customer’s',
  viewer: 'an operator’s',
  operator: 'an operator’s',
  owner: 'an owner’s',
};

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;
/** Of viewer, operator and owner, each may what those before it may. */
export type RequireRole = (...roles: [Role, ...Role[]]) => OnRequest;

/** The token alone says who sends the request. Every refused token gets the same body. */
export function createRequireRole(tokens: Tokens, clock: Clock): RequireRole {
  return (...roles) =>
    (request, reply, done) => {
      // The answer depends on the token, so it must not be cached for others.
      reply.header('cache-control', 'no-store');
      const decide = (identity: Identity | null): void => {
        if (identity === null || identity.expiresAt <= clock.now())
          sendProblem(reply, 'unauthenticated', undefined);
        else if (!roles.some((role) => mayAs(identity.role, role)))
          sendProblem(
            reply,
            'forbidden',
            `This is for ${roles.map((role) => named[role]).join(' or ')} token.`,
          );
        else {
          request.identity = identity;
          done();
        }
      };
      const token = tokenOf(request);
      const identity = token === null ? null : tokens.verify(token);
      // A promise for every request would cost as much as the token itself.
      if (identity instanceof Promise) void identity.then(decide);
      else decide(identity);
    };
}

function tokenOf(request: FastifyRequest): string | null {
  const bearer = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const header = request.headers.user_authentication_token;
  return typeof header === 'string' && header !== '' ? header : null;
}

/** For handlers behind `requireRole`. */
export function identityOf(request: FastifyRequest): Identity {
  if (request.identity === null) throw new Error('a route used the customer without requiring a token');
  return request.identity;
}

export function customerOf(request: FastifyRequest): string {
  return identityOf(request).customerId;
}
