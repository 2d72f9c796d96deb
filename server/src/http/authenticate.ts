import type { ApiScope } from '@flipzon/protocol/api-keys.ts';
import type { Role } from '@flipzon/protocol/identity.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ApiKeys, isApiKey } from '../identity/api-keys.ts';
import { mayAs } from '../identity/roles.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import type { Clock, Identity, Tokens } from '../sale/ports.ts';
import { sendProblem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireRole(role)`; null on routes that need no token. */
    identity: Identity | null;
    /** Set by `requireScope(scope)` where a machine asks. */
    apiKeyId?: string;
  }
}

/** The token that a refusal asks for. What viewers may read, operators may read too. */
const named: Record<Role, string> = {
  customer: 'a customer’s',
  viewer: 'an operator’s',
  operator: 'an operator’s',
  owner: 'an owner’s',
};

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;
/** Each of viewer, operator and owner may do what those before it may. */
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

/** An API key with that scope, or a token of someone with that role. */
export type RequireScope = (scope: ApiScope, role: Role) => OnRequest;

export function createRequireScope(apiKeys: Pick<ApiKeys, 'verify'>, requireRole: RequireRole): RequireScope {
  return (scope, role) => {
    const orRole = requireRole(role);
    return (request, reply, done) => {
      const key = tokenOf(request);
      if (key === null || !isApiKey(key)) return orRole(request, reply, done);
      reply.header('cache-control', 'no-store');
      apiKeys.verify(key, scope).then((outcome) => {
        if (outcome === 'unauthenticated') sendProblem(reply, outcome, undefined);
        else if (outcome === 'forbidden')
          sendProblem(reply, outcome, `This API key does not have the scope ${scope}.`);
        else {
          request.apiKeyId = outcome.id;
          done();
        }
      }, done);
    };
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

/** For handlers behind `requireScope`: who asks, as the records name them. */
export function callerOf(request: FastifyRequest): string {
  return request.apiKeyId === undefined ? customerOf(request) : `key:${request.apiKeyId}`;
}

/** A handler for `preHandler`, behind `requireRole` or `requireScope`: refuses requests over the rate of the person or key. */
export function withinRate(rate: RequestRate) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const retryAfterMs = await rate(callerOf(request));
    if (retryAfterMs > 0) return sendProblem(reply, 'too_many_requests', undefined, { retryAfterMs });
  };
}
