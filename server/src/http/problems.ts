import { type RefusalCode, refusals } from '@flipzon/protocol/codes.ts';
import type { ConflictAnswer } from '@flipzon/protocol/operator.ts';
import type { Problem, Sale } from '@flipzon/protocol/schemas.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { NoAnswerInTime } from '../shared/with-timeout.ts';
import { AllowedMethods } from './allowed-methods.ts';
import { apiHeaders } from './page-security.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Covers the routes that were added after `handleErrors`. */
    allowedMethods: AllowedMethods;
  }
}

const titles: Record<RefusalCode, string> = {
  invalid_request: 'The request is not valid',
  invalid_price: 'The price does not fit its currency',
  invalid_image: 'The image is not accepted',
  variant_required: 'A variant is required',
  unknown_variant: 'There is no such variant',
  invalid_address: 'This e-mail address cannot be used',
  wrong_code: 'The code is wrong',
  code_expired: 'The code is no longer valid',
  unreadable_colours: 'Text on these colours would be hard to read',
  sold_out: 'Sold out',
  already_purchased: 'Already purchased',
  unauthenticated: 'A valid token is required',
  forbidden: 'Not allowed with this token',
  sale_not_active: 'The sale is not active',
  account_too_new: 'This account is too new for this sale',
  challenge_required: 'A challenge must be solved first',
  access_code_needed: 'An access code is needed',
  access_code_invalid: 'The access code is not valid',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  no_sale: 'No sale has been scheduled',
  not_sealed: 'Not sealed yet',
  conflict: 'Conflict',
  rehearsal_running: 'A rehearsal is running',
  sale_too_near: 'A sale is live or about to open',
  redis_unsafe: 'The settings of Redis are not safe for a real sale',
  database_full: 'The database has reached its limit of orders',
  hold_ended: 'The hold has ended',
  reference_used: 'This payment belongs to another hold',
  wrong_amount: 'The amount is not the price',
  no_payment_provider: 'This shop takes no payments',
  no_rehearsals: 'This shop does not run rehearsals',
  payload_too_large: 'The request is too large',
  unsupported_media_type: 'This content type is not accepted',
  request_timeout: 'The request took too long to arrive',
  headers_too_large: 'The request headers are too large',
  request_id_reused: 'This request id was used for another request',
  too_many_requests: 'Too many requests',
  internal_error: 'Something went wrong',
  unavailable: 'Temporarily unavailable',
};

/** Sends a refusal as RFC 9457, with Retry-After where waiting helps. */
export function sendProblem(
  reply: FastifyReply,
  code: RefusalCode,
  detail: string | undefined,
  more: Partial<Pick<Problem, 'retryAfterMs' | 'startsAt' | 'codesUntil' | 'order'>> &
    Pick<ConflictAnswer, 'changed'> & { sale?: Sale | null } = {},
): FastifyReply {
  const problem = problemOf(code, detail, more);
  const { status } = problem;
  // A refusal holds only now, even on routes whose normal answers may be cached.
  reply.header('cache-control', 'no-store');
  if (more.retryAfterMs !== undefined)
    reply.header('retry-after', Math.max(1, Math.ceil(more.retryAfterMs / 1000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  // Already a string, so that it is not validated against the route's response schema.
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

export function problemOf(
  code: RefusalCode,
  detail: string | undefined,
  more: Partial<Pick<Problem, 'retryAfterMs' | 'startsAt' | 'codesUntil' | 'order'>> = {},
): Problem {
  return {
    type: `urn:flipzon:problem:${code}`,
    title: titles[code],
    status: refusals[code],
    code,
    ...(detail === undefined ? {} : { detail }),
    ...more,
  };
}

/** One place for all errors: the client's mistakes are named in the answer, the server's faults are only logged. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const where = error.validation.map(
        (issue) => `${issue.instancePath || '/'}: ${issue.message ?? 'not valid'}`,
      );
      return sendProblem(
        reply,
        'invalid_request',
        `${error.validationContext ?? 'request'} ${where.join('; ')}`.slice(0, 500),
      );
    }
    const status = error.statusCode ?? 500;
    if (status === 413) return sendProblem(reply, 'payload_too_large', undefined);
    if (status === 415) return sendProblem(reply, 'unsupported_media_type', undefined);
    if (status >= 400 && status < 500)
      return sendProblem(reply, 'invalid_request', error.message.slice(0, 200));
    request.log.error({ err: error, reqId: request.id }, 'request_failed');
    if (isOutage(error)) return sendProblem(reply, 'unavailable', undefined, { retryAfterMs: 1000 });
    return sendProblem(reply, 'internal_error', undefined);
  });
  const allowed = new AllowedMethods();
  app.decorate('allowedMethods', allowed);
  app.addHook('onRoute', allowed.note);
  app.setNotFoundHandler((request, reply) => {
    // A browser's request for an unknown address may get the page.
    for (const [name, value] of apiHeaders) reply.raw.setHeader(name, value);
    const methods = allowed.at(request.url);
    if (methods.length === 0) return sendProblem(reply, 'not_found', 'No such route. See /docs.');
    reply.header('allow', methods.join(', '));
    return sendProblem(reply, 'method_not_allowed', `Accepted: ${methods.join(', ')}.`);
  });
}

/** URLs that cannot be decoded: the framework refuses them before any route or hook runs. */
export function refuseAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  for (const [name, value] of apiHeaders) reply.raw.setHeader(name, value);
  void sendProblem(
    reply,
    'invalid_request',
    'The URL is not valid percent-encoded UTF-8. Check its % escapes.',
  );
}

/** Faults of Redis and MongoDB by name: they pass, so the client is asked to retry. */
function isOutage(error: Error): boolean {
  return (
    error instanceof NoAnswerInTime ||
    /^(Mongo(Network|ServerSelection|NotConnected|Pool|Bulk|.*Timeout)|PoolCleared|MongooseServerSelection|MaxRetriesPerRequest|ClusterAllFailed)/.test(
      error.name,
    ) ||
    /(ECONNREFUSED|ECONNRESET|EPIPE|Connection is closed|Command timed out|Stream isn't writeable|initial connection)/i.test(
      error.message,
    )
  );
}
