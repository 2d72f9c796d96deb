import {
  type ApiKeyShown,
  apiKeyAnswer,
  apiKeyBody,
  apiKeyBytesMax,
  apiKeyId,
  apiKeyMadeAnswer,
  apiKeysAnswer,
} from '@flipzon/protocol/api-keys.ts';
import type { ApiKey, ApiKeys } from '../identity/api-keys.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, idParameter, refusedWith } from './routes.ts';

interface Dependencies {
  apiKeys: Pick<ApiKeys, 'list' | 'make' | 'revoke'>;
  requireRole: RequireRole;
}

/** Keys with which machines use the API. Owners alone make and revoke them. */
export function apiKeyRoutes(app: HttpApp, { apiKeys, requireRole }: Dependencies): void {
  const owner = { onRequest: requireRole('owner') };
  const common = { tags: ['owner'], security: bearer };

  app.get(
    '/api-keys',
    {
      ...owner,
      schema: {
        ...common,
        summary: 'The API keys in use, the newest first, without the keys themselves',
        response: { 200: apiKeysAnswer, ...refusedWith(401, 403, 503) },
      },
    },
    async (_request, reply) => reply.send({ apiKeys: (await apiKeys.list()).map(shown) }),
  );
  app.post(
    '/api-keys',
    {
      ...owner,
      bodyLimit: apiKeyBytesMax,
      schema: {
        ...common,
        summary: 'Makes an API key, which is in this answer only',
        body: apiKeyBody,
        response: { 201: apiKeyMadeAnswer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const made = await apiKeys.make(name, scopes, customerOf(request));
      if (!made.ok) return sendProblem(reply, made.code, made.message);
      return reply.code(201).send({ apiKey: shown(made.apiKey), key: made.key });
    },
  );
  app.delete(
    '/api-keys/:id',
    {
      ...owner,
      schema: {
        ...common,
        summary: 'Revokes an API key, with effect at once on all nodes',
        params: idParameter(apiKeyId),
        response: { 200: apiKeyAnswer, ...refusedWith(400, 401, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const revoked = await apiKeys.revoke(request.params.id, customerOf(request));
      if (revoked === null) return sendProblem(reply, 'not_found', 'API key not found. Check its id.');
      return reply.send({ apiKey: shown(revoked) });
    },
  );
}

function shown({ at, revokedAt, scopes, ...key }: ApiKey): ApiKeyShown {
  return {
    ...key,
    scopes: [...scopes],
    at: isoInstant(at),
    revokedAt: revokedAt === null ? null : isoInstant(revokedAt),
  };
}
