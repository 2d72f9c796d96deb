import type { Role } from '@flipzon/protocol/identity.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { connectShopper } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

type Paths = Record<string, Record<string, { tags?: string[] }>>;

async function operatorRoutes() {
  const { paths } = (await shop.request<{ paths: Paths }>('GET', '/openapi.json')).body;
  return Object.entries(paths).flatMap(([path, of]) =>
    Object.entries(of).flatMap(([method, { tags }]) =>
      tags?.includes('operator') === true
        ? [{ method: method.toUpperCase(), path: path.replaceAll(/[{}]/g, '') }]
        : [],
    ),
  );
}

const statusOf = async (role: Role, { method, path }: { method: string; path: string }) =>
  (await shop.request<{ code?: string }>(method, path, { token: await shop.token('pat', role) })).body.code;

it('a viewer may read what operators may read, and is refused every change', async () => {
  const routes = await operatorRoutes();
  expect(routes.length).toBeGreaterThan(15);
  for (const route of routes) {
    const refused = (await statusOf('viewer', route)) === 'forbidden';
    expect([route, refused]).toEqual([route, route.method !== 'GET']);
  }
});

it('a customer is refused all of it, and so is a token with a role that the shop does not know', async () => {
  for (const route of await operatorRoutes()) expect(await statusOf('customer', route)).toBe('forbidden');
  const token = await shop.token('pat', 'chief' as Role);
  expect((await shop.request('GET', '/operator/preflight', { token })).status).toBe(403);
  expect((await shop.request('GET', '/orders/me', { token })).status).toBe(200);
});

it('operators and owners steer the sale', async () => {
  for (const role of ['operator', 'owner'] as const) {
    const token = await shop.token('pat', role);
    expect((await shop.request('POST', '/start', { token })).status).toBe(201);
    expect((await shop.request('GET', '/operator/preflight', { token })).status).toBe(200);
  }
});

it('the socket says who watches, and lets no customer watch', async () => {
  for (const [role, expected] of [
    ['viewer', { ok: true, role: 'viewer' }],
    ['operator', { ok: true, role: 'operator' }],
    ['owner', { ok: true, role: 'owner' }],
    ['customer', { ok: false, code: 'forbidden' }],
  ] as const) {
    const { socket } = await connectShopper(shop.nodes[0]?.url ?? '', await shop.token('pat', role));
    expect(await socket.emitWithAck('watch')).toMatchObject(expected);
    expect(await socket.emitWithAck('buy', { requestId: 'one' })).toMatchObject(
      role === 'customer' ? { ok: false } : { ok: false, code: 'forbidden' },
    );
    socket.disconnect();
  }
});

it('the claim and its values are those of the configuration', async () => {
  const environment = { ROLE_CLAIM: 'groups', ROLE_OPERATOR: 'ops,chiefs' };
  await using node = await shop.addNode(environment);
  const login = await shop.request<{ token: string }>('POST', '/login', {
    node,
    body: { customerId: 'olga', role: 'operator' },
  });
  expect((await shop.request('POST', '/start', { node, token: login.body.token })).status).toBe(201);
  const token = await shop.token('olga', 'operator');
  expect((await shop.request('POST', '/start', { node, token })).status).toBe(403);
});
