import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { askRaw, statusesOf } from '../_support/raw-connection.ts';
import { jwtSecret } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

let victim: Victim;
/** Units that this file's honest customers have bought so far, in whatever order its tests run. */
let honest = 0;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'));
});
afterAll(async () => {
  await using _ = victim;
  // The process lives, its memory is flat, the stock is what the honest buys left.
  await victim.expectUnharmed(honest);
});

interface Sent {
  token?: string;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
  url?: string;
}
async function send(method: string, path: string, { token, body, type, headers, url }: Sent = {}) {
  const response = await fetch(`${url ?? victim.url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: text === '' ? null : JSON.parse(text) };
}
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

/** The same bytes, written otherwise: two bits of the last letter of 32 bytes belong to none of them. */
function respelled(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + letters[letters.indexOf(token.at(-1) as string) + 1];
}

describe('HTTP', () => {
  it('body over 1 KB, not JSON, wrong type, wrong content type: 413, 400, 400, 415', async () => {
    const token = await victim.shop.token('ann');
    const answers = await Promise.all([
      send('POST', '/buy', { token, body: { saleId: 'x'.repeat(1_100) } }),
      send('POST', '/buy', { token, body: '{"saleId":' }),
      send('POST', '/buy', { token, body: { saleId: 1 } }),
      send('POST', '/buy', { token, body: 'saleId=1', type: 'application/x-www-form-urlencoded' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([413, 400, 400, 415]);
    expect(answers.map(({ json }) => json.code)).toEqual([
      'payload_too_large',
      'invalid_request',
      'invalid_request',
      'unsupported_media_type',
    ]);
  });

  it('{"saleId":{"$ne":null}}, arrays, __proto__, constructor, unknown keys, NUL, 10,000-deep nesting: 400, never in a query', async () => {
    const customer = await victim.shop.token('ann');
    const operator = await victim.shop.token('olga', 'operator');
    const deep = '['.repeat(10_000);
    const nested = (depth: number) => `{"saleId":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const bodies: [string, string, string, string][] = [
      ['POST', '/buy', customer, '{"saleId":{"$ne":null}}'],
      ['POST', '/buy', customer, '[]'],
      ['POST', '/buy', customer, '{"saleId":["a","b"]}'],
      ['POST', '/buy', customer, '{"__proto__":{"saleId":"x"}}'],
      ['POST', '/buy', customer, '{"constructor":{"prototype":{"saleId":"x"}}}'],
      ['POST', '/buy', customer, '{"constructor":1}'],
      ['POST', '/buy', customer, '{"saleid":"x"}'],
      ['POST', '/buy', customer, '{"saleId":"a\\u0000b"}'],
      ['POST', '/buy', customer, nested(500)],
      ['POST', '/receipts', customer, deep],
      ['POST', '/receipts', customer, `{"receipts":${'['.repeat(5_900)}${']'.repeat(5_900)}}`],
      ['POST', '/receipts', customer, '{"receipts":[{"$gt":""}]}'],
      ['POST', '/login', '', '{"customerId":{"$gt":""}}'],
      ['POST', '/login', '', '{"customerId":"a\\u0000b"}'],
      ['POST', '/login', '', '{"customerId":"ann","role":"root"}'],
      ['POST', '/start', operator, '{"name":{"$ne":1}}'],
      ['POST', '/start', operator, '{"quantity":1e400}'],
      ['PATCH', `/sales/${victim.saleId}`, operator, '{"startsAt":{"$gt":0}}'],
      ['POST', `/sales/${victim.saleId}/restock`, operator, '{"quantity":{"$inc":1}}'],
    ];
    const answers = await Promise.all(
      bodies.map(async ([method, path, token, body]) => {
        const { status, json } = await send(method, path, { ...(token === '' ? {} : { token }), body });
        return [method, path, body.slice(0, 60), status, json.code];
      }),
    );
    expect(answers).toEqual(
      bodies.map(([method, path, , body]) => [method, path, body.slice(0, 60), 400, 'invalid_request']),
    );
    // Over the size of a body it is not looked at at all.
    expect((await send('POST', '/buy', { token: customer, body: deep })).status).toBe(413);
    for (const path of [
      '/sales/%7B%22$ne%22:null%7D/audit',
      '/sales/a%00b/audit',
      '/sales/../../etc/audit',
    ]) {
      expect([path, (await send('GET', path, { token: operator })).status]).toEqual([
        path,
        path.includes('..') ? 404 : 400,
      ]);
    }
    const parameters = `/sales/${victim.saleId}/orders?format[$ne]=csv`;
    expect((await send('GET', parameters, { token: operator })).status).toBe(400);
    expect((await send('DELETE', '/orders/%00', { token: operator })).status).toBe(400);
    expect((await send('DELETE', '/orders/%7B%22$gt%22:%22%22%7D', { token: operator })).status).toBe(404);
  });

  it('customer on an operator’s route; operator’s token in a query string: 403; ignored', async () => {
    const customer = await victim.shop.token('ann');
    const operator = await victim.shop.token('olga', 'operator');
    const id = victim.saleId;
    const routes = [
      ['POST', '/start'],
      ['POST', `/sales/${id}/pause`],
      ['POST', `/sales/${id}/resume`],
      ['POST', `/sales/${id}/end`],
      ['POST', `/sales/${id}/restock`],
      ['PATCH', `/sales/${id}`],
      ['DELETE', `/orders/${id}:ann:1`],
      ['GET', `/sales/${id}/orders`],
      ['GET', `/sales/${id}/audit`],
    ] as const;
    for (const [method, path] of routes) {
      expect([path, (await send(method, path, { token: customer })).status]).toEqual([path, 403]);
      const asked = `${path}?token=${operator}&authorization=Bearer%20${operator}&user_authentication_token=${operator}`;
      expect([path, (await send(method, asked)).status]).toEqual([path, 401]);
    }
    // Nor is an operator a customer.
    expect((await send('POST', '/buy', { token: operator })).status).toBe(403);
  });

  it('customer id in the body: 400; the token alone names the customer', async () => {
    const token = await victim.shop.token('ann');
    for (const body of [{ customerId: 'bob' }, { sub: 'bob' }, { user: 'bob', saleId: victim.saleId }]) {
      expect((await send('POST', '/buy', { token, body })).status).toBe(400);
    }
    const bought = await send('POST', '/buy', {
      token,
      headers: { 'x-customer-id': 'bob', 'x-user': 'bob' },
    });
    expect(bought.json.order.customerId).toBe('ann');
    honest++;
  });

  it('same idempotency key with another body; key of 10,000 characters; another customer’s key: 422; 400; no effect', async () => {
    const [bea, cid] = [await victim.shop.token('bea'), await victim.shop.token('cid')];
    const headers = { 'idempotency-key': 'one-key' };
    const first = await send('POST', '/buy', { token: bea, headers });
    expect(first.status).toBe(201);
    honest++;
    const other = await send('POST', '/buy', { token: bea, headers, body: { saleId: 'another-sale' } });
    expect([other.status, other.json.code]).toEqual([422, 'request_id_reused']);
    const long = await send('POST', '/buy', {
      token: bea,
      headers: { 'idempotency-key': 'k'.repeat(10_000) },
    });
    expect([long.status, long.json.code]).toEqual([400, 'invalid_request']);
    const ofCid = await send('POST', '/buy', { token: cid, headers });
    expect(ofCid.json.order).toMatchObject({ customerId: 'cid' });
    honest++;
    expect(ofCid.json.order.unit).not.toBe(first.json.order.unit);
    expect((await send('POST', '/buy', { token: bea, headers })).json).toEqual(first.json);
  });

  it('CSV export with names that start with =, +, -, @: escaped', async () => {
    const names = ['=1+1', '+cmd|calc', '-2', '@SUM(A1)', '"quoted",comma', ' =3', '＝4', 'a;=5;b'];
    for (const name of names) {
      expect((await send('POST', '/buy', { token: await victim.shop.token(name) })).status).toBe(201);
      honest++;
    }
    const operator = await victim.shop.token('olga', 'operator');
    const csv = await eventually(async () => {
      const answer = await fetch(`${victim.url}/sales/${victim.saleId}/orders?format=csv`, {
        headers: { authorization: `Bearer ${operator}` },
      });
      const text = await answer.text();
      // Orders come into the export a moment after they were answered.
      for (const cell of [
        `"'=1+1"`,
        `"'+cmd|calc"`,
        `"'-2"`,
        `"'@SUM(A1)"`,
        '"""quoted"",comma"',
        `"' =3"`,
        `"'＝4"`,
        `"a;'=5;b"`,
      ])
        expect(text).toContain(`,${cell},`);
      return text;
    });
    expect(csv).not.toMatch(/(^|,)"?[=+@]/m);
  });
});

describe('HTTP: no token, expired, not yet valid, alg: none, HS/RS confusion, wrong issuer or audience, unknown kid, kid as a path or URL, 1 MB token', () => {
  const claims = { sub: 'ann', role: 'customer', iss: 'https://id.example', aud: 'shop' };
  let provider: NodeProcess;
  let sign: (payload: object, header?: Partial<JWTHeaderParameters>) => Promise<string>;
  let publicPem: string;
  const undo = new AsyncDisposableStack();
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    publicPem = await exportSPKI(publicKey);
    const jwks = createServer(async (_request, response) => {
      const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
      response.end(JSON.stringify({ keys: [key] }));
    }).listen(0, '127.0.0.1');
    await once(jwks, 'listening');
    undo.defer(() => void jwks.close());
    const { JWT_SECRET: _, DEMO_LOGIN: __, ...environment } = victim.shop.environment;
    provider = undo.use(
      await startNodeProcess({
        ...environment,
        HOST: '127.0.0.1',
        JWT_JWKS_URL: `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/keys`,
        JWT_ISSUER: claims.iss,
        JWT_AUDIENCE: claims.aud,
      }),
    );
    sign = (payload, header = {}) =>
      new SignJWT({ ...payload })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
        .sign(privateKey);
  });
  afterAll(() => undo.disposeAsync());

  it('401, the same body for all', async () => {
    const good = { ...claims, exp: seconds(600) };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const hs = (payload: object, secret: string | Uint8Array) =>
      new SignJWT({ ...payload })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);
    const { sub, role } = claims;
    const ours = { sub, role, exp: seconds(600) };
    const tokens: [string, string, string | undefined][] = [
      ['no token', victim.url, undefined],
      ['expired', victim.url, await hs({ ...ours, exp: seconds(-2) }, jwtSecret)],
      ['not yet valid', victim.url, await hs({ ...ours, nbf: seconds(600) }, jwtSecret)],
      ['never expires', victim.url, await hs({ sub, role }, jwtSecret)],
      ['alg: none', victim.url, `${part({ alg: 'none' })}.${part(ours)}.`],
      ['alg: nOnE', victim.url, `${part({ alg: 'nOnE' })}.${part(ours)}.`],
      ['sub that is no text', victim.url, await hs({ ...ours, sub: { $ne: null } }, jwtSecret)],
      ['sub with half a character', victim.url, await hs({ ...ours, sub: 'ann\ud800' }, jwtSecret)],
      ['sub with a turned direction', victim.url, await hs({ ...ours, sub: 'ann\u202e' }, jwtSecret)],
      ['sub that can not be in a path', victim.url, await hs({ ...ours, sub: '..' }, jwtSecret)],
      ['another spelling of its signature', victim.url, respelled(await hs(ours, jwtSecret))],
      ['8 KB and more', victim.url, await hs({ ...ours, pad: 'x'.repeat(9_000) }, jwtSecret)],
      ['HS/RS confusion', provider.url, await hs(good, publicPem)],
      ['RS where HS is meant', victim.url, await sign(ours)],
      ['wrong issuer', provider.url, await sign({ ...good, iss: 'https://evil.example' })],
      ['wrong audience', provider.url, await sign({ ...good, aud: 'another shop' })],
      ['no audience', provider.url, await sign({ ...good, aud: undefined })],
      ['unknown kid', provider.url, await sign(good, { kid: 'two' })],
      ['kid as a path', provider.url, await sign(good, { kid: '../../../../dev/null' })],
      ['kid as a URL', provider.url, await sign(good, { kid: 'http://evil.example/keys' })],
      ['own key inside', provider.url, await sign(good, { kid: 'two', jku: 'http://evil.example/keys' })],
    ];
    const answers = await Promise.all(
      tokens.map(async ([what, url, token]) => {
        const { status, text } = await send('POST', '/buy', {
          url,
          ...(token === undefined ? {} : { token }),
        });
        return [what, status, text];
      }),
    );
    const body = (await send('POST', '/buy')).text;
    expect(answers).toEqual(tokens.map(([what]) => [what, 401, body]));
    for (const name of ['Authorization: Bearer ', 'user_authentication_token: ']) {
      const large = await askRaw(
        victim.url,
        `POST /buy HTTP/1.1\r\nHost: shop\r\n${name}${'x'.repeat(1_000_000)}\r\n\r\n`,
      );
      expect(statusesOf(large)).toEqual([401]);
      expect(large.split('\r\n\r\n')[1]).toBe(body);
    }
    // The same with nothing wrong about them.
    expect((await send('GET', '/orders/me', { url: provider.url, token: await sign(good) })).status).toBe(
      200,
    );
    expect((await send('GET', '/orders/me', { token: await hs(ours, jwtSecret) })).status).toBe(200);
  });
});
