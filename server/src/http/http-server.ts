import cors from '@fastify/cors';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { documents, documentsPage } from './documents.ts';
import { handleErrors } from './problems.ts';
import type { HttpApp } from './routes.ts';
import { shopPage } from './shop-page.ts';

/** Every body that the contract knows fits easily. */
const bodyBytesMax = 1_024;
const requestMsMax = 10_000;

/** For answers that are no pages; those get what helmet says for them. */
const apiHeaders = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
] as const;

const pageSecurity: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  strictTransportSecurity: false,
};

export interface HttpSettings {
  logger: FastifyBaseLogger;
  allowedOrigins: readonly string[];
  clientDir: string;
  /** This node is going away: whoever keeps a connection is to make the next one elsewhere. */
  isDraining: () => boolean;
  routes: (app: HttpApp) => void;
  /** Those that may also answer with the page. */
  pages: (app: HttpApp) => void;
}

export async function createHttpServer(settings: HttpSettings): Promise<HttpApp> {
  const app: HttpApp = Fastify({
    loggerInstance: settings.logger,
    logController: new LogController({ disableRequestLogging: true }),
    // One for every request would be made for nothing: only those that fail are logged, and say their id themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit: bodyBytesMax,
    requestTimeout: requestMsMax,
    connectionTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 256 },
    // What came by a connection that is kept is answered to the end.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('identity', null);
  handleErrors(app);
  acceptEmptyJson(app);
  app.addHook('onRequest', (_request, reply, done) => {
    // On the response itself, as helmet does it: there a page's own take their place.
    for (const [name, value] of apiHeaders) reply.raw.setHeader(name, value);
    if (settings.isDraining()) reply.raw.setHeader('connection', 'close');
    done();
  });
  if (settings.allowedOrigins.length > 0) {
    await app.register(cors, { origin: [...settings.allowedOrigins], maxAge: 600 });
  }
  await documents(app);
  settings.routes(app);
  // In a scope of their own: only what is under it gets the headers that a page needs.
  app.register((pages, _options, done) => {
    pages.register(helmet, pageSecurity);
    documentsPage(pages as HttpApp);
    shopPage(pages as HttpApp, settings.clientDir);
    settings.pages(pages as HttpApp);
    done();
  });
  return app;
}

/** `POST /start` and `POST /buy` need no body; clients that name the type and send nothing mean the same. */
function acceptEmptyJson(app: HttpApp): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body as string, done);
  });
}
