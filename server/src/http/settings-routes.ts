import {
  type SettingsAnswer,
  settingsAnswer,
  settingsBody,
  settingsBytesMax,
  settingsVersionTag,
  shopShown,
} from '@flipzon/protocol/settings.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SettingsRevision, ShopSettings } from '../brand/shop-settings.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { isUnchanged } from './is-unchanged.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

interface Dependencies {
  settings: Pick<ShopSettings, 'current' | 'shown' | 'change'>;
  requireRole: RequireRole;
}

/** What the shop says about itself: owners change it, all may read it. */
export function settingsRoutes(app: HttpApp, { settings, requireRole }: Dependencies): void {
  const owner = { onRequest: requireRole('owner') };
  const common = { tags: ['owner'], security: bearer };

  app.get(
    '/shop.json',
    {
      schema: {
        tags: ['public'],
        summary: 'The shop’s name, logo, colours, legal links, contact, and its words on delivery',
        response: {
          200: shopShown,
          304: z.undefined().describe('Unchanged since this ETag'),
          ...refusedWith(),
        },
      },
    },
    async (request, reply) => {
      const etag = tagOf(settings.current);
      reply.header('cache-control', 'public, max-age=10').header('etag', etag);
      if (isUnchanged(request, etag)) return reply.code(304).send(undefined as never);
      return reply.send(settings.shown);
    },
  );
  app.get(
    '/settings',
    {
      ...owner,
      schema: {
        ...common,
        summary: 'The settings, with their version',
        response: { 200: settingsAnswer, ...refusedWith(401, 403) },
      },
    },
    async (_request, reply) => sendSettings(reply, settings.current),
  );
  app.patch(
    '/settings',
    {
      ...owner,
      bodyLimit: settingsBytesMax,
      schema: {
        ...common,
        summary: 'Changes what the body names, on all nodes at once; with If-Match only that version',
        headers: z.looseObject({ 'if-match': settingsVersionTag.optional() }),
        body: settingsBody,
        response: { 200: settingsAnswer, ...refusedWith(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const tag = request.headers['if-match'];
      const expected = tag === undefined ? null : Number(tag.slice(1, -1));
      const outcome = await settings.change(request.body, expected, customerOf(request));
      return outcome.ok
        ? sendSettings(reply, outcome.revision)
        : sendProblem(reply, outcome.code, outcome.message);
    },
  );
}

function sendSettings(reply: FastifyReply, revision: SettingsRevision): FastifyReply {
  const { version, settings, by, at } = revision;
  const isSet = version > 0;
  const answer: SettingsAnswer = {
    ...{ settings, version },
    by: isSet ? by : null,
    at: isSet ? isoInstant(at) : null,
  };
  return reply.header('etag', tagOf(revision)).send(answer);
}

function tagOf({ version }: SettingsRevision): string {
  return `"${version}"`;
}
