import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { HttpApp } from './routes.ts';

/** The built page. Hashed assets are kept for good, the page itself is asked for anew, so that a deploy reaches everybody. */
export function shopPage(app: HttpApp, clientDir: string): void {
  if (!existsSync(join(clientDir, 'index.html'))) {
    app.log.warn({ clientDir }, 'no built page here: only the API is served');
    return;
  }
  app.register(fastifyStatic, {
    root: clientDir,
    index: 'index.html',
    setHeaders: (reply, path) => {
      const forGood = path.includes('/assets/');
      reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // One page for all paths: it looks at its address and loads what it needs.
  for (const path of ['/board', '/console']) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'));
  }
}
