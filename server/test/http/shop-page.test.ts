import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { handleErrors } from '../../src/http/problems.ts';
import type { HttpApp } from '../../src/http/routes.ts';
import { shopPage } from '../../src/http/shop-page.ts';

async function servedFrom(files: Record<string, string>): Promise<HttpApp> {
  const folder = await mkdtemp(join(tmpdir(), 'flipzon-page-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const app = Fastify() as unknown as HttpApp;
  handleErrors(app);
  await shopPage(app, folder);
  onTestFinished(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  return app;
}

it('serves one page at the addresses of shop, board and console, asked for anew each time', async () => {
  const app = await servedFrom({ 'index.html': '<title>Flipzon</title>' });
  for (const url of ['/', '/board', '/console']) {
    const answer = await app.inject({ url });
    expect(answer.statusCode, url).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['cache-control']).toBe('no-cache');
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
