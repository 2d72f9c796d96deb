import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { documents } from './documents.ts';
import { handleErrors } from './problems.ts';
import type { HttpApp } from './routes.ts';
import { shopPage } from './shop-page.ts';

/** Every body that the contract knows fits easily. */
const bodyBytesMax = 1_024;
const requestMsMax = 10_000;

export interface HttpSettings {
  logger: FastifyBaseLogger;
  allowedOrigins: readonly string[];
  clientDir: string;
  routes: (app: HttpApp) => void;
}

export async function createHttpServer(settings: HttpSettings): Promise<HttpApp> {
  const app: HttpApp = Fastify({
    loggerInstance: settings.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    requestTimeout: requestMsMax,
    connectionTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('identity', null);
  handleErrors(app);
  acceptEmptyJson(app);
  await app.register(helmet, {
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
  });
  await app.register(cors, { origin: [...settings.allowedOrigins], maxAge: 600 });
  await documents(app);
  settings.routes(app);
  await shopPage(app, settings.clientDir);
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
