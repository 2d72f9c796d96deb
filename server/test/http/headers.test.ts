import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
let clientDir: string;
beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'flipzon-page-'));
  await writeFile(join(clientDir, 'index.html'), '<title>Flipzon</title>');
  shop = await openShop(inject('mongodbUri'), { environment: { CLIENT_DIR: clientDir } });
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await rm(clientDir, { recursive: true, force: true });
});

const policyOf = async (path: string) => {
  const { headers } = await shop.request('GET', path);
  expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  return headers.get('content-security-policy') ?? '';
};

it.each(['/', '/board', '/console', '/docs/'])(
  '%s may load what is its own, and nothing else',
  async (path) => {
    const policy = await policyOf(path);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("default-src 'none'");
  },
);

it.each(['/status', '/openapi.json', '/healthz'])('%s is no page, and may load nothing', async (path) => {
  expect(await policyOf(path)).toBe("default-src 'none'; frame-ancestors 'none'");
});
