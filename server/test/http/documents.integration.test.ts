import asyncApiSchemas from '@asyncapi/specs';
import { buyRefusalCodes } from '@flipzon/protocol/codes.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import server from '../../package.json' with { type: 'json' };
import { firstCells } from '../_support/document-tables.ts';
import { openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  // With all routes that there can be.
  const environment = {
    ...{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'shop' },
    ...{ SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'shop@shop.example' },
  };
  shop = await openShop(inject('mongodbUri'), { environment });
});
afterAll(() => shop[Symbol.asyncDispose]());

const routes = [
  'POST /login',
  'GET /auth/login',
  'GET /auth/callback',
  'GET /auth/first-owner',
  'GET /settings',
  'GET /shop.json',
  'PATCH /settings',
  'GET /people',
  'POST /people',
  'DELETE /people/{id}',
  'GET /api-keys',
  'POST /api-keys',
  'DELETE /api-keys/{id}',
  'DELETE /holds/{id}',
  'POST /holds/{id}/payment',
  'POST /auth/email',
  'POST /auth/email/code',
  'POST /auth/refresh',
  'POST /auth/sign-out',
  'POST /start',
  'POST /buy',
  'POST /receipts',
  'GET /status',
  'GET /orders/me',
  'GET /orders/{id}/proof',
  'DELETE /orders/{id}',
  'POST /sales/{id}/pause',
  'POST /sales/{id}/resume',
  'POST /sales/{id}/end',
  'POST /sales/{id}/restock',
  'PATCH /sales/{id}',
  'GET /challenge',
  'POST /challenge',
  'POST /sales/{id}/access',
  'GET /sales/{id}/access-codes',
  'POST /sales/{id}/access-codes',
  'POST /sales/{id}/access-codes/revoke',
  'POST /sales/{id}/access-codes/import',
  'GET /operator/orders',
  'GET /operator/blocked-customers',
  'GET /customers/{id}',
  'GET /sales/{id}/conversion',
  'POST /customers/{id}/block',
  'DELETE /customers/{id}/block',
  'GET /sales/{id}/orders',
  'GET /sales/{id}/report',
  'GET /sales/{id}/seal',
  'GET /sales/{id}/seal/leaves',
  'GET /sales/{id}/audit',
  'POST /images',
  'GET /images/{id}/{file}',
  'POST /sales',
  'PUT /sales/{id}',
  'DELETE /sales/{id}',
  'POST /sales/{id}/activate',
  'GET /operator/actions',
  'GET /operator/preflight',
  'GET /operator/rehearsals',
  'POST /operator/rehearsals',
  'GET /operator/rehearsals/{id}',
  'GET /operator/rehearsals/{id}/certificate',
  'POST /operator/rehearsals/{id}/stop',
  'GET /operator/sales',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /asyncapi.json',
];

interface OpenApi {
  info: { version: string };
  paths: Record<string, Record<string, { responses: Record<string, unknown>; security?: unknown[] }>>;
}

interface AsyncApi {
  info: { version: string };
  channels: { root: { messages: Record<string, { payload: Record<string, unknown> }> } };
  operations: Record<string, { action: string; reply?: unknown }>;
  components: { schemas: Record<string, { properties?: object }> };
}

const openApi = async () => (await shop.request('GET', '/openapi.json')).body as unknown as OpenApi;
const asyncApi = async () => (await shop.request('GET', '/asyncapi.json')).body as unknown as AsyncApi;

it('/docs loads its files and its copy of the document, compressed where that is understood', async () => {
  const get = async (path: string, headers: Record<string, string>) => {
    const answer = await shop.request<{ text: string; openapi?: string }>('GET', path, { headers });
    expect(answer.status, path).toBe(200);
    return answer;
  };
  const file = '/docs/static/swagger-ui-bundle.js';
  const plain = await get(file, { 'accept-encoding': 'identity' });
  const zipped = await get(file, { 'accept-encoding': 'gzip' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.get('content-type')).toContain('javascript');
  expect(plain.body.text.length).toBeGreaterThan(1_000_000);
  expect(zipped.body.text === plain.body.text).toBe(true);
  await get('/docs/static/index.css', {});
  expect((await get('/docs/json', {})).body.openapi).toBe('3.1.0');
  expect((await get('/docs/yaml', {})).body.text).toContain('openapi: 3.1.0');
});

it('both documents have the version of the node', async () => {
  expect((await openApi()).info.version).toBe(server.version);
  expect((await asyncApi()).info.version).toBe(server.version);
});

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const result = await validator.validate({ ...(await openApi()) });
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('lists every route that there is, and no other', async () => {
    const { paths } = await openApi();
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.toSorted()).toEqual(routes.toSorted());
  });

  it('has the routes of docs/api.md, and no other', async () => {
    expect(
      firstCells('docs/api.md')
        .filter((name) => /^[A-Z]+ \//.test(name))
        .toSorted(),
    ).toEqual(routes.toSorted());
  });

  it('names every answer of a buy', async () => {
    const buy = (await openApi()).paths['/buy']?.post;
    expect(Object.keys(buy?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '404', '429', '503']),
    );
    expect(buy?.security).toEqual([{ bearer: [] }, { userToken: [] }]);
  });
});

it('docs/api.md says what to do about every refusal of a buy', () => {
  expect(firstCells('docs/api.md', 'Refusals').toSorted()).toEqual(buyRefusalCodes.toSorted());
});

describe('/asyncapi.json', () => {
  it('is a valid AsyncAPI 3.0 document', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(asyncApiSchemas.schemasWithoutId['3.0.0'] as object);
    validate(await asyncApi());
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has every event of the socket, and the answers to those that have one', async () => {
    const { channels, operations } = await asyncApi();
    const events = Object.fromEntries(Object.entries(operations).map(([name, { action }]) => [name, action]));
    expect(events).toEqual({
      sale: 'send',
      stock: 'send',
      presence: 'send',
      recentUnits: 'send',
      order: 'send',
      nodeStats: 'send',
      watchEnded: 'send',
      sessionEnded: 'send',
      buy: 'receive',
      renew: 'receive',
      time: 'receive',
      watchRecentUnits: 'receive',
      watchNodeStats: 'receive',
      unwatch: 'receive',
    });
    expect(Object.keys(operations).filter((name) => operations[name]?.reply !== undefined)).toEqual([
      'buy',
      'renew',
      'time',
      'watchRecentUnits',
      'watchNodeStats',
    ]);
    expect(Object.keys(channels.root.messages).toSorted()).toEqual(
      [
        ...Object.keys(operations),
        'buyAnswer',
        'renewAnswer',
        'timeAnswer',
        'watchRecentUnitsAnswer',
        'watchNodeStatsAnswer',
      ].toSorted(),
    );
  });

  it('has the events of docs/events.md, and no other', async () => {
    const { operations } = await asyncApi();
    const sent = (action: string) =>
      Object.keys(operations).filter((name) => operations[name]?.action === action);
    expect(firstCells('docs/events.md', 'From the shop').toSorted()).toEqual(sent('send').toSorted());
    expect(firstCells('docs/events.md', 'From the client').toSorted()).toEqual(sent('receive').toSorted());
  });

  it('refers to nothing that it does not have', async () => {
    const document = await asyncApi();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references).toContain('components/schemas/Order');
    for (const reference of references) {
      const found = reference
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect(found, reference).toBeTypeOf('object');
    }
  });

  it('describes an order by the fields that a customer gets', async () => {
    const { channels, components } = await asyncApi();
    expect(channels.root.messages.order?.payload).toEqual({ $ref: '#/components/schemas/Order' });
    await shop.startSale();
    const bought = await shop.request<{ order: object }>('POST', '/buy', { token: await shop.token('ann') });
    // A claim has no number yet, this product no variants, and no payment is waited for.
    const described = Object.keys(components.schemas.Order?.properties ?? {});
    const others = ['number', 'variant', 'holdId', 'payBy'];
    expect(described.toSorted()).toEqual([...Object.keys(bought.body.order), ...others].toSorted());
  });
});

describe('/docs', () => {
  it('is a page that reads the document of this server', async () => {
    const page = await shop.request<{ text: string }>('GET', '/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    const script = /src="([^"]*swagger-initializer\.js)"/.exec(page.body.text)?.[1];
    expect(script).toBeDefined();
    expect((await shop.request('GET', script as string)).status).toBe(200);
    expect((await shop.request('GET', '/docs/json')).body).toEqual(await openApi());
  });
});
