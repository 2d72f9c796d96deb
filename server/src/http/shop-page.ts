import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, languageScripts } from './page-language.ts';
import type { HttpApp } from './routes.ts';
import { wantsPage } from './wants-page.ts';

/** Put there by the build, wherever the page allows a style or a script of its own. */
const noncePlaceholder = '__CSP_NONCE__';
/** In the page's head. */
const visitorPlaceholder = '<!--FOR-THIS-VISITOR-->';

/**
 * The built page. Hashed assets are kept for good; the page itself never, for it has the sale in it as it is at that moment, so that the count
 * is there as soon as the script is, and says which texts to fetch beside it.
 */
export function shopPage(app: HttpApp, clientDir: string, sale: () => Sale | null): void {
  const page = read(join(clientDir, 'index.html'));
  if (page === null) {
    app.log.warn({ clientDir }, 'no built page here: only the API is served');
    return;
  }
  const scripts = languageScripts(clientDir);
  const forVisitor = (request: FastifyRequest): string => {
    const script = scripts.get(languageOf(request.headers['accept-language']));
    const texts = script === undefined ? '' : `<link rel="modulepreload" href="${script}">`;
    return `${texts}<script type="application/json" id="snapshot">${dataBlock({ sale: sale() })}</script>`;
  };
  const send = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const nonce = (reply as { cspNonce?: { style: string } }).cspNonce?.style ?? '';
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(noncePlaceholder, nonce).replace(visitorPlaceholder, () => forVisitor(request)));
  };
  app.register(fastifyStatic, {
    root: clientDir,
    index: false,
    // Else the page would be there under its file's name too, without its nonce.
    globIgnore: ['index.html', 'manifest.json'],
    wildcard: false,
    setHeaders: (reply, path) => {
      const forGood = path.includes('/assets/');
      reply.header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // One page for all paths: it looks at its address and loads what it needs.
  for (const path of ['/', '/board', '/console'])
    app.get(path, { schema: { hide: true } }, (request, reply) => send(request, reply));
  for (const path of ['/board', '/console'])
    app.get(`${path}/`, { schema: { hide: true } }, (_request, reply) => reply.redirect(path, 308));
  // Whoever mistyped an address in a browser gets the page, which says so; everybody else the problem.
  app.get('/*', { schema: { hide: true } }, (request, reply) =>
    wantsPage(request) ? send(request, reply.code(404).header('vary', 'accept')) : reply.callNotFound(),
  );
}

/** No text in it can end the element that it stands in. */
function dataBlock(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
