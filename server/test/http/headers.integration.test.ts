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
    expect(policy).not.toContain('unsafe');
  },
);

it.each(['/status', '/openapi.json', '/healthz'])('%s is no page, and may load nothing', async (path) => {
  expect(await policyOf(path)).toBe("default-src 'none'; frame-ancestors 'none'");
});

it('a page gets a new nonce each time, and headers that say what else browsers may not do', async () => {
  await writeFile(join(clientDir, 'index.html'), '<meta nonce="__CSP_NONCE__">');
  await using again = await shop.addNode();
  const answers = await Promise.all(
    ['/', '/'].map((path) => shop.request<{ text: string }>('GET', path, { node: again })),
  );
  const nonces = answers.map(({ body }) => /nonce="(\w{32})"/.exec(body.text)?.[1]);
  expect(new Set(nonces).size).toBe(2);
  for (const [i, { headers }] of answers.entries()) {
    expect(headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonces[i]}'`);
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('set-cookie')).toBeNull();
  }
});

it('requires TLS from now on if there is TLS, and not otherwise', async () => {
  const hsts = async (headers: Record<string, string>) =>
    (await shop.request('GET', '/status', { headers })).headers.get('strict-transport-security');
  expect(await hsts({})).toBeNull();
  expect(await hsts({ 'x-forwarded-proto': 'http' })).toBeNull();
  expect(await hsts({ 'x-forwarded-proto': 'https' })).toBe('max-age=31536000; includeSubDomains');
});

it('CORS: an origin that is listed may read the answers, another may not, and neither brings cookies', async () => {
  await using node = await shop.addNode({ ALLOWED_ORIGINS: 'https://partner.example' });
  const allowed = async (origin: string, method = 'GET') => {
    const headers = { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}) };
    const answer = await shop.request(method, '/status', { node, headers });
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    return answer.headers.get('access-control-allow-origin');
  };
  for (const method of ['GET', 'OPTIONS']) {
    expect(await allowed('https://partner.example', method)).toBe('https://partner.example');
    for (const origin of ['https://evil.example', 'null', 'https://partner.example.evil.example'])
      expect([origin, await allowed(origin, method)]).toEqual([origin, null]);
  }
});

it('CORS: whatever the API has may be asked, with the headers that it reads, and those of its answers be read', async () => {
  await using node = await shop.addNode({ ALLOWED_ORIGINS: 'https://partner.example' });
  const origin = 'https://partner.example';
  const { paths } = (await shop.request<{ paths: Paths }>('GET', '/openapi.json')).body;
  const operations = Object.entries(paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, { parameters }]) => ({
      path,
      method: method.toUpperCase(),
      parameters,
    })),
  );
  expect(new Set(operations.map(({ method }) => method))).toEqual(
    new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  );
  for (const { path, method, parameters = [] } of operations) {
    const asked = [
      ...['authorization', 'user_authentication_token', 'content-type'],
      ...parameters.filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase()),
    ];
    const { status, headers } = await shop.request('OPTIONS', path.replaceAll(/[{}]/g, ''), {
      node,
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': asked.join(','),
      },
    });
    expect([status, headers.get('access-control-allow-origin')], path).toEqual([204, origin]);
    expect(listed(headers, 'access-control-allow-methods'), path).toContain(method.toLowerCase());
    expect(listed(headers, 'access-control-allow-headers'), path).toEqual(expect.arrayContaining(asked));
  }
  expect(operations.flatMap(({ parameters = [] }) => parameters.map(({ name }) => name))).toContain(
    'if-match',
  );
  const { headers } = await shop.request('GET', '/status', { node, headers: { origin } });
  expect(listed(headers, 'access-control-expose-headers')).toEqual(
    expect.arrayContaining(['etag', 'retry-after']),
  );
});

it('no answer that depends on the token may be cached, and neither may its refusal', async () => {
  const { paths } = (await shop.request<{ paths: Paths }>('GET', '/openapi.json')).body;
  const personal = Object.entries(paths).flatMap(([path, of]) =>
    Object.entries(of).flatMap(([method, { security }]) =>
      security === undefined ? [] : [[method.toUpperCase(), path.replaceAll(/[{}]/g, '')] as const],
    ),
  );
  expect(personal.length).toBeGreaterThan(20);
  const tokens = [await shop.token('ann'), await shop.token('olga', 'operator'), 'nobody'];
  for (const [method, path] of [...personal, ['POST', '/login'] as const]) {
    for (const token of tokens) {
      const body = path === '/login' ? { body: { customerId: 'ann' } } : {};
      const { headers } = await shop.request(method, path, { token, ...body });
      expect([method, path, headers.get('cache-control')]).toEqual([method, path, 'no-store']);
    }
  }
});

type Paths = Record<
  string,
  Record<string, { parameters?: { in: string; name: string }[]; security?: unknown }>
>;

function listed(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? '').toLowerCase().split(/,\s*/);
}
