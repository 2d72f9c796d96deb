import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { HttpApp } from './routes.ts';
import { wantsPage } from './wants-page.ts';

/** Put there by the build, wherever the page allows a style or a script of its own. */
const noncePlaceholder = '__CSP_NONCE__';

/** The built page. Hashed assets are kept for good, the page itself is asked for anew, so that a deploy reaches everybody. */
export function shopPage(app: HttpApp, clientDir: string): void {
  const page = read(join(clientDir, 'index.html'));
  if (page === null) {
    app.log.warn({ clientDir }, 'no built page here: only the API is served');
    return;
  }
  const send = (reply: FastifyReply): FastifyReply => {
    const nonce = (reply as { cspNonce?: { style: string } }).cspNonce?.style ?? '';
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(noncePlaceholder, nonce));
  };
  app.register(fastifyStatic, {
    root: clientDir,
    index: false,
    // Else the page would be there under its file's name too, without its nonce.
    globIgnore: ['index.html'],
    wildcard: false,
    setHeaders: (reply, path) => {
      const forGood = path.includes('/assets/');
      reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // One page for all paths: it looks at its address and loads what it needs.
  for (const path of ['/', '/board', '/console'])
    app.get(path, { schema: { hide: true } }, (_request, reply) => send(reply));
  for (const path of ['/board', '/console'])
    app.get(`${path}/`, { schema: { hide: true } }, (_request, reply) => reply.redirect(path, 308));
  // Whoever mistyped an address in a browser gets the page, which says so; everybody else the problem.
  app.get('/*', { schema: { hide: true } }, (request, reply) =>
    wantsPage(request) ? send(reply.code(404).header('vary', 'accept')) : reply.callNotFound(),
  );
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
