import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, languageScripts } from './page-language.ts';

/** Put there by the build, wherever the page allows a style or a script of its own. */
const noncePlaceholder = '__CSP_NONCE__';
/** In the page's head. */
const visitorPlaceholder = '<!--FOR-THIS-VISITOR-->';

/** Answers with the page, as it is for this visitor. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/**
 * The built page: null where there is none. It has the sale in it as it is at that moment, so that the count is there as soon as the script is,
 * and says which texts to fetch beside it; so no copy of it is kept.
 */
export function readShopPage(clientDir: string, snapshot: () => PageSnapshot): SendPage | null {
  const page = read(join(clientDir, 'index.html'));
  if (page === null) return null;
  const scripts = languageScripts(clientDir);
  const forVisitor = (request: FastifyRequest): string => {
    const script = scripts.get(languageOf(request.headers['accept-language']));
    const texts = script === undefined ? '' : `<link rel="modulepreload" href="${script}">`;
    return `${texts}<script type="application/json" id="snapshot">${dataBlock(snapshot())}</script>`;
  };
  return (request, reply) => {
    const nonce = (reply as { cspNonce?: { style: string } }).cspNonce?.style ?? '';
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(noncePlaceholder, nonce).replace(visitorPlaceholder, () => forVisitor(request)));
  };
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
