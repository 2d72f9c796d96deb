import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import type { RenderedView } from '../../src/http/first-view.ts';
import { pageRoutes } from '../../src/http/page-routes.ts';
import { handleErrors } from '../../src/http/problems.ts';
import type { HttpApp } from '../../src/http/routes.ts';
import { readShopPage } from '../../src/http/shop-page.ts';

const settings = {
  transports: ['websocket' as const],
  currency: 'USD',
  demoLogin: true,
  emailCodes: false,
  provider: { customer: false, operator: false },
};

async function servedFrom(
  files: Record<string, string | Buffer>,
  sale: object | null = null,
  view: RenderedView | null = null,
  notFound: RenderedView | null = null,
): Promise<HttpApp> {
  const folder = await mkdtemp(join(tmpdir(), 'flipzon-page-'));
  await mkdir(join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const app = Fastify() as unknown as HttpApp;
  handleErrors(app);
  const sendPage = readShopPage({
    clientDir: folder,
    snapshot: () => ({ ...settings, sale: sale as Sale | null }),
    views: { of: () => view, notFound: () => notFound },
    tickScript: 'tick()',
    brand: () => ({ name: null, data: '', css: '', icons: '' }),
    head: () => '',
  });
  if (sendPage !== null) pageRoutes(app, folder, sendPage);
  onTestFinished(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  return app;
}

it('serves one page at the addresses of shop, board and console, never from a cache', async () => {
  const app = await servedFrom({ 'index.html': '<title>Flipzon</title>' });
  for (const url of ['/', '/board', '/console']) {
    const answer = await app.inject({ url });
    expect(answer.statusCode, url).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toBe('<title>Flipzon</title>');
  }
  for (const path of ['/board', '/console']) {
    const answer = await app.inject({ url: `${path}/` });
    expect([answer.statusCode, answer.headers.location]).toEqual([308, path]);
  }
});

it('answers a wrong address with the page in a browser, and with the problem elsewhere', async () => {
  const app = await servedFrom({ 'index.html': '<title>Flipzon</title>' });
  const inBrowser = await app.inject({ url: '/boards', headers: { accept: 'text/html,*/*;q=0.8' } });
  expect([inBrowser.statusCode, inBrowser.body]).toEqual([404, '<title>Flipzon</title>']);
  for (const request of [
    { url: '/boards' },
    { url: '/boards', headers: { accept: 'application/json' } },
    { url: '/boards', method: 'POST', headers: { accept: 'text/html' } },
  ] as const) {
    const answer = await app.inject(request);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});

it('puts the nonce of each answer where the build has left room for it', async () => {
  const app = await servedFrom({ 'index.html': '<style nonce="__CSP_NONCE__">' });
  expect((await app.inject({ url: '/' })).body).toBe('<style nonce="">');
});

it('serves nothing where no page was built', async () => {
  const app = await servedFrom({});
  const answer = await app.inject({ url: '/board', headers: { accept: 'text/html' } });
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
});

it('puts the current sale into the page, so that no name in it can break out', async () => {
  const sale = { id: 'a', product: { name: '</script><script>$&alert(1)' }, remaining: 3 };
  const app = await servedFrom({ 'index.html': '<head><!--FOR-THIS-VISITOR--></head>' }, sale);
  const read = async () => {
    const { body } = await app.inject({ url: '/' });
    return (
      /^<head><script type="application\/json" id="snapshot">([^<]+)<\/script><\/head>$/.exec(body)?.[1] ?? ''
    );
  };
  expect(JSON.parse(await read())).toEqual({ sale, ...settings });
  sale.remaining = 2;
  expect(JSON.parse(await read()).sale.remaining).toBe(2);
});

it('has the texts of the visitor’s language fetched beside the script', async () => {
  const manifest = {
    'src/text/hindi.ts': { file: 'assets/hindi-1.js' },
    'src/main.tsx': { file: 'assets/m.js' },
  };
  const app = await servedFrom({
    'index.html': '<!--FOR-THIS-VISITOR-->',
    'manifest.json': JSON.stringify(manifest),
  });
  const preloaded = async (language?: string) => {
    const headers = language === undefined ? {} : { 'accept-language': language };
    const { body } = await app.inject({ url: '/', headers });
    return /<link rel="modulepreload" href="([^"]+)">/.exec(body)?.[1] ?? null;
  };
  expect(await preloaded('hi-IN,hi;q=0.9,en;q=0.8')).toBe('/assets/hindi-1.js');
  expect(await preloaded('fr-CH, HI;q=0.5')).toBe('/assets/hindi-1.js');
  for (const language of ['en-US,hi;q=0.5', 'de', 'fr', '', undefined])
    expect(await preloaded(language)).toBeNull();
  expect((await app.inject({ url: '/manifest.json' })).statusCode).toBe(404);
});

it('puts the first view and its styles into the shop’s page, in the visitor’s language, and into no other', async () => {
  const html =
    '<html lang="en"><title>Flipzon</title><link rel="stylesheet" crossorigin href="/assets/a.css" nonce="__CSP_NONCE__"><div id="root"></div>';
  const view = {
    language: 'ar',
    direction: 'rtl',
    title: 'A & <b>',
    share: null,
    html: '<time role="timer">1</time>',
    css: '.b{}',
  };
  const app = await servedFrom({ 'index.html': html, 'assets/a.css': '.a{}' }, null, view);
  expect((await app.inject({ url: '/' })).body).toBe(
    '<html lang="ar" dir="rtl"><title>A &amp; &lt;b&gt;</title><style nonce="">.a{}.b{}</style>' +
      '<div id="root"><time role="timer">1</time></div><script nonce="">tick()</script>',
  );
  expect((await app.inject({ url: '/board' })).body).toBe(html.replace('__CSP_NONCE__', ''));
});

it('a wrong address gets its own first view, and no words about the script that the sale needs', async () => {
  const html =
    '<html lang="en"><title>Flipzon</title><link rel="stylesheet" crossorigin href="/assets/a.css"><noscript><style></style></noscript><div id="root"></div><noscript> <p>needs JavaScript</p> </noscript>';
  const view = {
    ...{ language: 'de', direction: 'ltr', title: 'Nicht gefunden', share: null },
    ...{ html: '<h1>404</h1>', css: '.b{}' },
  };
  const app = await servedFrom({ 'index.html': html, 'assets/a.css': '.a{}' }, null, null, view);
  const answer = await app.inject({ url: '/boards', headers: { accept: 'text/html' } });
  expect([answer.statusCode, answer.body]).toEqual([
    404,
    '<html lang="de" dir="ltr"><title>Nicht gefunden</title><style nonce="">.a{}.b{}</style><noscript><style></style></noscript><div id="root"><h1>404</h1></div>',
  ]);
  for (const url of ['/', '/board']) expect((await app.inject({ url })).body, url).toBe(html);
});

it('compresses page and files for clients that accept it, and lets files be cached without expiry', async () => {
  const script = 'let a = 1;'.repeat(100);
  const app = await servedFrom({
    'index.html': '<title>Flipzon</title><!--FOR-THIS-VISITOR-->',
    'assets/a-1.js': script,
    'assets/a-1.js.br': brotliCompressSync(script),
    'assets/a-1.js.gz': gzipSync(script),
  });
  const asked = (url: string, encodings?: string) =>
    app.inject({ url, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } });
  for (const [encodings, encoding, read] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    [undefined, undefined, (bytes: Buffer) => bytes],
  ] as const) {
    const answer = await asked('/assets/a-1.js', encodings);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-type']).toContain('javascript');
    expect(read(answer.rawPayload).toString()).toBe(script);
  }
  expect((await asked('/assets/a-1.js.br')).statusCode).toBe(404);
  const plain = await asked('/');
  expect(plain.headers['content-encoding']).toBeUndefined();
  const page = await asked('/', 'gzip, br');
  expect(page.headers['content-encoding']).toBe('gzip');
  expect(page.headers.vary).toContain('accept-encoding');
  expect(gunzipSync(page.rawPayload).toString()).toBe(plain.body);
  expect((await asked('/', 'gzip;q=0, br')).headers['content-encoding']).toBeUndefined();
});
