import type { ShopShown } from '@flipzon/protocol/settings.ts';
import type { FastifyReply } from 'fastify';
import encodeQr from 'qr';
import { type IconName, iconNames, iconSideOf } from '../brand/picture-sizes.ts';
import type { ShopPictures } from '../brand/shop-pictures.ts';
import { builtInName } from './page-head.ts';
import { sendProblem } from './problems.ts';
import type { HttpApp } from './routes.ts';

interface Dependencies {
  publicUrl: () => string;
  shop: () => ShopShown;
  pictures: ShopPictures;
}

const forGood = 'public, max-age=31536000, immutable';
const aWhile = 'public, max-age=300';
const paper = '#f5f3ee';

/** What is not for people: pages without anything to find, and previews, whose addresses are secret. */
const robots = `User-agent: *
Disallow: /console
Disallow: /preview/
Disallow: /auth/
Allow: /
`;

/** What search engines, other sites and home screens ask for. */
export function shareRoutes(app: HttpApp, { publicUrl, shop, pictures }: Dependencies): void {
  const hidden = { schema: { hide: true } };
  app.get('/robots.txt', hidden, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', aWhile).send(robots),
  );
  app.get('/manifest.webmanifest', hidden, (_request, reply) =>
    reply
      .type('application/manifest+json; charset=utf-8')
      .header('cache-control', aWhile)
      .send(JSON.stringify(manifestOf(shop(), pictures))),
  );
  app.get<{ Params: { file: string } }>('/share/:file', hidden, async (request, reply) => {
    const hash = /^([0-9a-f]{32})\.jpg$/.exec(request.params.file)?.[1];
    return sendPicture(reply, 'image/jpeg', hash === undefined ? null : await pictures.share(hash));
  });
  app.get<{ Params: { file: string } }>('/icons/:file', hidden, async (request, reply) => {
    const [, hash = '', name = ''] = /^([0-9a-f]{32})-(\w+)\.png$/.exec(request.params.file) ?? [];
    const known = iconNames.find((each) => each === name);
    const icon = known === undefined ? null : await pictures.icon(hash, known);
    return sendPicture(reply, 'image/png', icon);
  });
  app.get('/favicon.ico', hidden, (_request, reply) =>
    reply.header('cache-control', aWhile).redirect(pictures.iconAddress('32'), 302),
  );
  let qr: { url: string; svg: string } | null = null;
  app.get('/qr.svg', hidden, (_request, reply) => {
    const url = publicUrl();
    if (qr?.url !== url) qr = { url, svg: encodeQr(url, 'svg', { ecc: 'medium', border: 2 }) };
    return reply.type('image/svg+xml').header('cache-control', aWhile).send(qr.svg);
  });
}

function sendPicture(reply: FastifyReply, type: string, bytes: Buffer | null): FastifyReply {
  if (bytes === null)
    return sendProblem(reply, 'not_found', 'Picture not found. Load the page again for its address.');
  return reply.type(type).header('cache-control', forGood).send(bytes);
}

function manifestOf({ name, colours }: ShopShown, pictures: ShopPictures): object {
  const icon = (size: IconName) => ({
    src: pictures.iconAddress(size),
    sizes: `${iconSideOf(size)}x${iconSideOf(size)}`,
    type: 'image/png',
    purpose: size === 'maskable' ? 'maskable' : 'any',
  });
  const called = name ?? builtInName;
  return {
    ...{ name: called, short_name: called, id: '/', start_url: '/', scope: '/', display: 'minimal-ui' },
    ...{ background_color: paper, theme_color: colours.accent ?? paper },
    icons: [icon('192'), icon('512'), icon('maskable')],
  };
}
