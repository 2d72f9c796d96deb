import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyCorsOptions } from '@fastify/cors';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import { orderIdLengthMax, type Sale } from '@flipzon/protocol/schemas.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ShopPictures } from '../brand/shop-pictures.ts';
import type { NetworkOf } from '../limits/client-networks.ts';
import type { NetworkRefusal } from '../limits/network-limits.ts';
import { refuseBrokenRequest } from './broken-requests.ts';
import { documents, documentsPage } from './documents.ts';
import { FirstViews, loadFirstView } from './first-view.ts';
import { createPageBrand } from './page-brand.ts';
import { createNaming, createShopHead } from './page-head.ts';
import { pageRoutes } from './page-routes.ts';
import { apiHeaders, pageSecurity, permissionsPolicy, strictTransport } from './page-security.ts';
import { previewRoute } from './preview-route.ts';
import { handleErrors, refuseAddress, sendProblem } from './problems.ts';
import type { HttpApp } from './routes.ts';
import { readPreviewPage, readShopPage, type SendPage } from './shop-page.ts';

/** Enough for every body without a text; routes that take one have their own limit. */
const bodyBytesMax = 1_024;
/** In a path, percent-encoding spells a UTF-16 code unit with nine characters at most. */
const parameterLengthMax = 9 * orderIdLengthMax;
const requestMsMax = 10_000;
const headersMsMax = 5_000;
/** How often slow requests are looked for. */
const lookForSlowMs = 1_000;
/** Browsers send some twenty. */
const headersMax = 100;

export interface HttpSettings {
  logger: FastifyBaseLogger;
  allowedOrigins: readonly string[];
  clientDir: string;
  networkOf: NetworkOf;
  onNetworkRefused: (reason: NetworkRefusal['reason']) => void;
  /** The current state, with which the page begins. */
  snapshot: () => PageSnapshot;
  /** What the shop says about itself, and where it is. */
  shop: () => ShopShown;
  publicUrl: () => string;
  pictures: ShopPictures;
  /** For the times in the page's first view, which does not know the visitor's own zone yet. */
  timeZone: string;
  /** This node is shutting down: clients that keep a connection should open the next one elsewhere. */
  isDraining: () => boolean;
  /** The planned sale or draft whose preview has this key; null if there is none. */
  preview: (key: string) => Promise<Sale | null>;
  routes: (app: HttpApp) => void;
  /** Routes that may also answer with the page; null if it was not built. */
  pages: (app: HttpApp, sendPage: SendPage | null) => void;
}

export async function createHttpServer(settings: HttpSettings): Promise<HttpApp> {
  const app = openApp(settings.logger);
  refuseEarly(app, settings);
  if (settings.allowedOrigins.length > 0) {
    await app.register(cors, crossOrigin(settings.allowedOrigins));
  }
  await documents(app);
  const firstView = await loadFirstView(settings.clientDir);
  const viewsOf = (isPreview: boolean) =>
    firstView &&
    new FirstViews({
      module: firstView,
      timeZone: settings.timeZone,
      isPreview,
      shop: settings.shop,
      now: () => performance.now(),
      onError: (err) => app.log.warn({ err }, 'first_view_failed'),
    });
  const views = viewsOf(false);
  if (views !== null) settings.pictures.nameBy(createNaming(() => settings.snapshot().sale, views, settings));
  settings.routes(app);
  // In a separate scope: only its routes get the headers that a page needs.
  app.register((pages, _options, done) => {
    pages.register(helmet, pageSecurity);
    pages.addHook('onRequest', (_request, reply, next) => {
      reply.raw.setHeader('permissions-policy', permissionsPolicy);
      next();
    });
    documentsPage(pages as HttpApp);
    const built = {
      clientDir: settings.clientDir,
      tickScript: firstView?.tickScript ?? '',
      brand: createPageBrand(settings.shop, settings.pictures),
    };
    const sendPage = readShopPage({
      ...{ ...built, snapshot: settings.snapshot, views },
      head: createShopHead(settings),
    });
    if (sendPage === null) app.log.warn({ clientDir: settings.clientDir }, 'client_not_built');
    else pageRoutes(pages as HttpApp, settings.clientDir, sendPage);
    settings.pages(pages as HttpApp, sendPage);
    previewRoute(pages as HttpApp, {
      ...{ sendPage, preview: settings.preview, views: viewsOf(true) },
      sendPreview: readPreviewPage(built),
    });
    done();
  });
  return app;
}

/** An app with the bounds of every request, without routes. */
function openApp(logger: FastifyBaseLogger): HttpApp {
  const app: HttpApp = Fastify({
    http: {
      headersTimeout: headersMsMax,
      connectionsCheckingInterval: lookForSlowMs,
      shouldUpgradeCallback: asksForSocket,
    },
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger per request would be wasted: only failed requests are logged, with their id.
    childLoggerFactory: (parent) => parent,
    bodyLimit: bodyBytesMax,
    requestTimeout: requestMsMax,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: refuseAddress,
    connectionTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: parameterLengthMax },
    // Otherwise Fastify loads its JSON Schema compilers at every start.
    schemaController: { compilersFactory: { buildValidator: neverUsed, buildSerializer: neverUsed } },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('identity', null);
  handleErrors(app);
  acceptEmptyJson(app);
  return app;
}

/** Sets the headers of every answer, and refuses too many headers and networks over their rate before any route runs. */
function refuseEarly(app: HttpApp, settings: HttpSettings): void {
  app.addHook('onRequest', (request, reply, done) => {
    // On the raw response, as helmet does it, so that a page's own headers replace them.
    for (const [name, value] of apiHeaders) reply.raw.setHeader(name, value);
    if (settings.isDraining()) reply.raw.setHeader('connection', 'close');
    if (request.headers['x-forwarded-proto'] === 'https')
      reply.raw.setHeader('strict-transport-security', strictTransport);
    if (request.raw.rawHeaders.length > 2 * headersMax)
      return void sendProblem(reply.header('connection', 'close'), 'headers_too_large', undefined);
    const waitMs = ownLimit(request.raw) ? 0 : settings.networkOf(request.raw).takeRequest(performance.now());
    if (waitMs === 0) return done();
    settings.onNetworkRefused('network_requests');
    sendProblem(reply, 'too_many_requests', undefined, { retryAfterMs: waitMs });
  });
}

/** All schemas are zod's, whose compilers are set right after the start. */
function neverUsed(): never {
  throw new Error('a schema that is not of zod');
}

/** Buys have a separate rate, which the sockets share. */
function ownLimit({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url === '/buy';
}

/** Other upgrades, such as to HTTP/2, are ignored, and the request is answered as HTTP/1.1 (RFC 9110, 7.8). */
function asksForSocket({ url, headers }: IncomingMessage): boolean {
  return url?.startsWith('/socket.io') === true && headers.upgrade?.toLowerCase() === 'websocket';
}

/** `POST /start` and `POST /buy` need no body; a content type without a body means the same. */
function acceptEmptyJson(app: HttpApp): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body as string, done);
  });
}

/** Longer than any answer takes. */
const answersMsMax = 3_000;

/** Accepts no new connections, answers the open requests, and then closes idle connections. */
export async function closeHttp(http: HttpApp): Promise<void> {
  const done = new AbortController();
  const late = delay(answersMsMax, undefined, { signal: done.signal })
    .then(() => http.server.closeAllConnections())
    .catch(() => undefined);
  await http.close();
  done.abort();
  await late;
}

/** Pages of the listed origins may use the whole API. There are no cookies. */
function crossOrigin(allowedOrigins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...allowedOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'user_authentication_token',
      'content-type',
      'idempotency-key',
      'challenge-pass',
      'access-pass',
      'if-match',
    ],
    exposedHeaders: ['etag', 'retry-after', 'content-disposition'],
    maxAge: 600,
  };
}
