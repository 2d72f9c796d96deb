import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import type { HttpApp } from '../../src/http/routes.ts';
import { shopPage } from '../../src/http/shop-page.ts';

async function servedFrom(files: Record<string, string>): Promise<HttpApp> {
  const folder = await mkdtemp(join(tmpdir(), 'flipzon-page-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const app = Fastify() as unknown as HttpApp;
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
  expect((await app.inject({ url: '/boards' })).statusCode).toBe(404);
});

it('puts the nonce of each answer where the build has left room for it', async () => {
  const app = await servedFrom({ 'index.html': '<style nonce="__CSP_NONCE__">' });
  expect((await app.inject({ url: '/' })).body).toBe('<style nonce="">');
});

it('serves nothing where no page was built', async () => {
  const app = await servedFrom({});
  expect((await app.inject({ url: '/board' })).statusCode).toBe(404);
});
