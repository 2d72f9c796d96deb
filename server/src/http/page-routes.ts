import fastifyStatic from '@fastify/static';
import type { HttpApp } from './routes.ts';
import type { SendPage } from './shop-page.ts';
import { wantsPage } from './wants-page.ts';

/** The page under each of its paths, and the files that it is made of; hashed ones are cached without expiry. */
export function pageRoutes(app: HttpApp, clientDir: string, sendPage: SendPage): void {
  app.register(fastifyStatic, {
    root: clientDir,
    index: false,
    // Otherwise the page could also be fetched by its file name, without its nonce.
    globIgnore: ['index.html', 'manifest.json', 'first-view.mjs', '**/*.br', '**/*.gz'],
    preCompressed: true,
    wildcard: false,
    decorateReply: false,
    setHeaders: (reply, path) => {
      const forGood = path.includes('/assets/');
      reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // One page for all paths: it looks at its address and loads what it needs.
  for (const path of ['/', '/board', '/console', '/order'])
    app.get(path, { schema: { hide: true } }, sendPage);
  for (const path of ['/board', '/console', '/order'])
    app.get(`${path}/`, { schema: { hide: true } }, (_request, reply) => reply.redirect(path, 308));
  // A browser that asks for a wrong address gets a page that says so; other clients get the problem.
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    if (!wantsPage(request)) return reply.callNotFound();
    const methods = app.allowedMethods.at(request.url);
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    return sendPage(request, reply.code(methods.length > 0 ? 405 : 404).header('vary', 'accept'));
  });
}
