import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageSnapshot } from '@flipzon/protocol/page.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataBlock, escaped } from '../shared/escape.ts';
import type { FirstViews, RenderedView } from './first-view.ts';
import { GzipPieces, type Piece } from './gzip-pieces.ts';
import type { PageBrand } from './page-brand.ts';
import { askedLanguage, languageOf, languageScripts } from './page-language.ts';

/**
 * Placeholders in the built page: the nonce, wherever the page has an inline style or script; in its head, the part for this
 * visitor; the first view replaces the others.
 */
const slots =
  /(__CSP_NONCE__|<!--FOR-THIS-VISITOR-->|<html lang="en">|<title>[^<]*<\/title>|<meta name="description"[^>]*>|<link rel="icon"[^>]*>|<link rel="stylesheet"[^>]*>|<div id="root"><\/div>)/;

/** Texts that are the same in many answers; views change all the time. */
const keptMax = 200;

/** Routes that send the page only for addresses that lead nowhere. */
const notFoundRoutes: ReadonlySet<string> = new Set(['/*', '/preview/:key']);

/** What a page says without its script, where nothing of it can be read then. */
const needsScript = /<noscript>\s*<p>[\s\S]*?<\/noscript>/;

/** Answers with the page, as it is for this visitor; `more` goes into its snapshot. */
export type SendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  more?: Pick<PageSnapshot, 'signInFailure'>,
) => FastifyReply;

interface Parts {
  clientDir: string;
  /** As it is at this moment. */
  snapshot: () => PageSnapshot;
  /** Null: the page begins empty. */
  views: Pick<FirstViews, 'of' | 'notFound'> | null;
  tickScript: string;
  brand: () => PageBrand;
  head: ShopHead;
}

/** What the shop's page says to machines. `asked`: the language that the address names. */
export type ShopHead = (sale: Sale | null, view: RenderedView, asked: string | null) => string;

interface Answer {
  nonce: string;
  scriptNonce: string;
  forVisitor: string;
  /** Beside it in the head, and the same in many answers. */
  forMany: readonly string[];
  brand: PageBrand;
  view: RenderedView | null;
}

/**
 * The built page, or null if there is none. It contains the sale at that moment, so that the count is there as soon as the script is,
 * and says which texts to fetch beside it; so it must not be cached. The shop page, and the page of a mistyped address, also contain
 * their first view, with all styles, so that they are visible before their script has loaded.
 */
export function readShopPage({
  clientDir,
  snapshot,
  views,
  tickScript,
  brand,
  head,
}: Parts): SendPage | null {
  const page = read(join(clientDir, 'index.html'));
  if (page === null) return null;
  const scripts = languageScripts(clientDir);
  const send = createSender(page, clientDir, tickScript);
  const sendComplete = createSender(page.replace(needsScript, ''), clientDir, tickScript);
  return (request, reply, more = {}) => {
    const shown = { ...snapshot(), ...more };
    const asked = askedLanguage(request.query);
    const accepted = request.headers['accept-language'];
    const language = asked === null ? accepted : `${asked},${accepted ?? ''}`;
    const script = scripts.get(languageOf(language));
    const texts = script === undefined ? '' : `<link rel="modulepreload" href="${script}">`;
    const shop = brand();
    const path = request.routeOptions.url ?? '/*';
    if (path !== '/' && path !== '/board') reply.header('x-robots-tag', 'noindex');
    const answer = {
      brand: shop,
      forVisitor: `${texts}<script type="application/json" id="snapshot">${dataBlock(shown)}</script>`,
    };
    if (notFoundRoutes.has(path)) {
      const view = views?.notFound(language) ?? null;
      const sendView = view === null ? send : sendComplete;
      return sendView(request, reply, { ...answer, forMany: [shop.data], view });
    }
    const view = path === '/' ? (views?.of(shown.sale, language) ?? null) : null;
    const forMany = [shop.data, view === null ? '' : head(shown.sale, view, asked)];
    return send(request, reply, { ...answer, forMany, view });
  };
}

/** What only the page’s script needs, or takes away. */
const forScript =
  /<script type="module"[^>]*><\/script>|<link rel="modulepreload"[^>]*>|<div id="unloaded"[\s\S]*?<\/div>|<noscript>[\s\S]*?<\/noscript>/g;

export type SendPreview = (request: FastifyRequest, reply: FastifyReply, view: RenderedView) => FastifyReply;

/** The built page with a first view and without its script: nothing in it can be pressed. Null if there is no page. */
export function readPreviewPage({
  clientDir,
  tickScript,
  brand,
}: Pick<Parts, 'clientDir' | 'tickScript' | 'brand'>): SendPreview | null {
  const page = read(join(clientDir, 'index.html'));
  if (page === null) return null;
  const send = createSender(page.replaceAll(forScript, ''), clientDir, tickScript);
  return (request, reply, view) =>
    send(request, reply.header('x-robots-tag', 'noindex'), {
      ...{ forVisitor: '', forMany: [] },
      brand: brand(),
      view,
    });
}

/** Fills the placeholders of a page for one visitor. */
function createSender(page: string, clientDir: string, tickScript: string) {
  const pieces = page.split(slots);
  const styles = pieces.map((piece) => stylesOf(clientDir, piece)).find((style) => style !== null) ?? '';
  const gzip = new GzipPieces(keptMax);
  return (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Pick<Answer, 'forVisitor' | 'forMany' | 'brand' | 'view'>,
  ): FastifyReply => {
    const nonces = (reply as { cspNonce?: { style: string; script: string } }).cspNonce;
    const answer = { ...shown, nonce: nonces?.style ?? '', scriptNonce: nonces?.script ?? '' };
    const filled = pieces.flatMap((piece, index) =>
      index % 2 === 0 ? [kept(piece)] : fill(piece, answer, { styles, tickScript }),
    );
    const vary = [reply.getHeader('vary'), 'accept-encoding', 'accept-language'];
    reply.header('vary', vary.filter((name) => name !== undefined).join(', '));
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    if (!/\bgzip\b(?!;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers['accept-encoding'] ?? ''))
      return reply.send(filled.map(({ text }) => text).join(''));
    return reply.header('content-encoding', 'gzip').send(gzip.join(filled));
  };
}

function fill(slot: string, answer: Answer, made: { styles: string; tickScript: string }): Piece[] {
  const { nonce, scriptNonce, forVisitor, forMany, brand, view } = answer;
  if (slot === '__CSP_NONCE__') return [once(nonce)];
  if (slot.startsWith('<link rel="icon"')) return [kept(brand.icons)];
  // The shop's head has one of its own.
  if (slot.startsWith('<meta')) return [kept(view?.share ? '' : slot)];
  if (slot.startsWith('<!--')) {
    const pieces = [once(forVisitor), ...forMany.map(kept)];
    return brand.css === ''
      ? pieces
      : [...pieces, once(`<style nonce="${nonce}">`), kept(`${brand.css}</style>`)];
  }
  if (view === null && slot.startsWith('<title') && brand.name !== null)
    return [once(`<title>${escaped(brand.name)}</title>`)];
  if (view === null) return [once(slot.replaceAll('__CSP_NONCE__', nonce))];
  if (slot.startsWith('<html')) return [once(`<html lang="${view.language}" dir="${view.direction}">`)];
  if (slot.startsWith('<title')) return [once(`<title>${escaped(view.title)}</title>`)];
  if (slot.startsWith('<link'))
    return [once(`<style nonce="${nonce}">`), kept(made.styles), kept(view.css), kept('</style>')];
  const ticks = view.html.includes('role="timer"');
  return [
    kept('<div id="root">'),
    kept(view.html),
    kept('</div>'),
    ...(ticks ? [once(`<script nonce="${scriptNonce}">`), kept(made.tickScript), kept('</script>')] : []),
  ];
}

function stylesOf(clientDir: string, link: string): string | null {
  const path = /^<link rel="stylesheet"[^>]* href="\/([\w./-]+)"/.exec(link)?.[1];
  return path === undefined ? null : read(join(clientDir, path));
}

const kept = (text: string): Piece => ({ text, kept: true });
const once = (text: string): Piece => ({ text, kept: false });

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
