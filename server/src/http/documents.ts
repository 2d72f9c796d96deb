import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { nodeStats, watchAnswer, watchEnded } from '@flipzon/protocol/operator.ts';
import {
  buyAnswer,
  buyRequest,
  order,
  presence,
  recentUnits,
  sale,
  stock,
  time,
  watchRecentUnitsAnswer,
} from '@flipzon/protocol/schemas.ts';
import { renewAnswer, renewRequest, sessionEnded } from '@flipzon/protocol/session-schemas.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import server from '../../package.json' with { type: 'json' };
import { createDocsFiles } from './docs-files.ts';
import type { HttpApp } from './routes.ts';
import { json } from './written-once.ts';

const title = 'Flipzon flash sale';
const { version } = server;

/** /openapi.json and /asyncapi.json, both from the schemas that validate. Call it before the routes are added: it records them. */
export async function documents(app: HttpApp): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, description: 'The socket side is described in /asyncapi.json.' },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of POST /api-keys' },
          userToken: { type: 'apiKey', in: 'header', name: 'user_authentication_token' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  const schemaOf = (summary: string) => ({
    tags: ['documents'],
    summary,
    response: { 200: z.looseObject({}) },
  });
  app.get(
    '/openapi.json',
    { schema: schemaOf('This document') },
    written(json, () => JSON.stringify(app.swagger())),
  );
  app.get(
    '/asyncapi.json',
    { schema: schemaOf('The events of the socket') },
    written(json, () => JSON.stringify(asyncApiDocument())),
  );
}

/** Serialized once, and the same bytes for all: they are long, and anyone may request them at any rate. */
function written(type: string, make: () => string) {
  let bytes: Buffer | undefined;
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    bytes ??= Buffer.from(make());
    return reply.type(type).header('cache-control', 'public, max-age=60').send(bytes);
  };
}

/** The page that reads /openapi.json for a person. */
export function documentsPage(pages: HttpApp): void {
  // The page's own copies of the document are made again at each request.
  const copies = new Map([
    ['/docs/json', written(json, () => JSON.stringify(pages.swagger()))],
    ['/docs/yaml', written('application/x-yaml', () => pages.swagger({ yaml: true }))],
  ]);
  const fileOf = createDocsFiles();
  // In a separate scope, because the hook sees its files too.
  pages.register((docs, _options, done) => {
    docs.addHook('onRequest', (request, reply, next) => {
      const send = copies.get(request.routeOptions.url ?? '') ?? fileOf(request);
      if (send === null) next();
      else send(request, reply).catch(next);
    });
    docs.register(swaggerUi, { routePrefix: '/docs' });
    done();
  });
}

const serverEvents = {
  sale: { payload: sale, summary: 'After connecting, and whenever anything but the stock changes' },
  stock: { payload: stock, summary: 'The latest value only, at most 20 a second; drop an older `seq`' },
  presence: { payload: presence, summary: 'About once a second while it changes' },
  recentUnits: {
    payload: recentUnits,
    summary:
      'The last units that were claimed, at most twice a second; to sockets that asked by `watchRecentUnits`',
  },
  order: { payload: order, summary: 'To the customer’s own sockets, at each change and after connecting' },
  nodeStats: {
    payload: nodeStats,
    summary: 'Once a second, to operators’ sockets that asked by `watchNodeStats`',
  },
  sessionEnded: { payload: sessionEnded, summary: 'The token has expired, or its customer was blocked' },
  watchEnded: { payload: watchEnded, summary: 'The token has expired, so `nodeStats` stops' },
} as const;

const clientEvents = {
  buy: {
    payload: buyRequest,
    reply: buyAnswer,
    summary: 'Buys one unit; the same requestId gets the same answer',
  },
  renew: {
    payload: renewRequest,
    reply: renewAnswer,
    summary: 'A token that follows the one of the handshake, of the same person',
  },
  time: { payload: null, reply: time, summary: 'For the offset of the client’s clock' },
  watchRecentUnits: {
    payload: null,
    reply: watchRecentUnitsAnswer,
    summary: '`recentUnits` from now on; for boards',
  },
  watchNodeStats: {
    payload: null,
    reply: watchAnswer,
    summary: '`nodeStats` from now on; for operators’ tokens',
  },
  unwatch: { payload: null, reply: null, summary: 'No more `nodeStats`' },
} as const;

/** AsyncAPI 3.0 of the socket, path /socket.io, namespace /. Acknowledgements are described as replies. */
function asyncApiDocument(): Record<string, unknown> {
  const messages: Record<string, object> = {};
  const schemas: Record<string, unknown> = {};
  const operations: Record<string, object> = {};
  const reference = (name: string) => ({ $ref: `#/channels/root/messages/${name}` });
  const add = (name: string, summary: string, payload: z.ZodType | null): void => {
    messages[name] = {
      name,
      summary,
      payload: payload === null ? { type: 'null' } : payloadOf(payload, schemas),
    };
  };
  for (const [name, event] of Object.entries(serverEvents)) {
    add(name, event.summary, event.payload);
    operations[name] = { action: 'send', channel: { $ref: '#/channels/root' }, messages: [reference(name)] };
  }
  for (const [name, event] of Object.entries(clientEvents)) {
    add(name, event.summary, event.payload);
    if (event.reply !== null) add(`${name}Answer`, `Acknowledgement of ${name}`, event.reply);
    const reply = { channel: { $ref: '#/channels/root' }, messages: [reference(`${name}Answer`)] };
    operations[name] = {
      action: 'receive',
      channel: { $ref: '#/channels/root' },
      messages: [reference(name)],
      ...(event.reply === null ? {} : { reply }),
    };
  }
  return {
    asyncapi: '3.0.0',
    info: { title, version, description: 'Socket.IO 4. The HTTP side is described in /openapi.json.' },
    defaultContentType: 'application/json',
    channels: {
      root: {
        address: '/',
        title: 'Namespace /, path /socket.io; handshake `auth: { token }`, without one a spectator',
        messages,
      },
    },
    operations,
    components: { schemas },
  };
}

/** Named schemas move to where a reference from anywhere in the document finds them. */
function payloadOf(payload: z.ZodType, schemas: Record<string, unknown>): object {
  const text = JSON.stringify(z.toJSONSchema(payload, { io: 'input' }));
  const { $schema: _, $defs, ...schema } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  Object.assign(schemas, $defs);
  return schema;
}
