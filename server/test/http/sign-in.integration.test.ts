import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import { openIdentityProvider, type TestProvider } from '../_support/identity-provider.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { connectShopper } from '../_support/shopper.ts';

let provider: TestProvider;
let shop: Shop;
let node: Address;
let other: App;
beforeAll(async () => {
  provider = await openIdentityProvider();
  const environment = { ...provider.environment, ACCOUNT_CREATED_CLAIM: 'created' };
  shop = await openShop(inject('mongodbUri'), { environment });
  node = shop.nodes[0] as Address;
  await provider.register(node.url);
  other = await addNode();
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

/** One more node of the same shop, which has the first one's address. */
const addNode = () => shop.addNode({ PUBLIC_URL: node.url });

const login = (query = '') => `${node.url}/auth/login${query}`;

/** A callback's address, as another node has it: they share everything but the port. */
const at = (url: string, where: Address) => url.replace(node.url, where.url);

async function signedIn(name: string, query = '') {
  const browser = new CookieBrowser();
  const response = await browser.ask(await browser.signInAs(name, login(query)));
  return { browser, response };
}

async function tokenOf(browser: CookieBrowser, query = '', where = node): Promise<string> {
  const response = await browser.post(where.url, `/auth/refresh${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { token: string }).token;
}

async function connectWith(where: Address, token: string) {
  const { socket } = await connectShopper(where.url, token);
  return {
    socket,
    ended: () => new Promise((resolve) => void socket.once('sessionEnded', resolve)),
    async [Symbol.asyncDispose]() {
      socket.disconnect();
    },
  };
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

describe('GET /auth/login', () => {
  it('signs a customer in through a real provider, brings them back, and their token buys', async () => {
    await shop.startSale();
    const { browser, response } = await signedIn('ann', '?return=/board%3Flarge%23now');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/board?large#now']);
    const token = await tokenOf(browser);
    expect(claimsOf(token)).toMatchObject({ sub: 'ann', role: 'customer' });
    const { exp, iat } = claimsOf(token);
    expect(exp - iat).toBe(600);
    const bought = await shop.request<{ order: { customerId: string } }>('POST', '/buy', { token });
    expect([bought.status, bought.body.order.customerId]).toEqual([201, 'ann']);
  });

  it('gives the page no token and no secret in an address, and scripts only a hint', async () => {
    const { browser, response } = await signedIn('ann');
    const set = response.headers.getSetCookie();
    expect(set.filter((line) => !/; HttpOnly/.test(line)).map((line) => line.split(';')[0])).toEqual([
      'flipzon-signed-in=1',
    ]);
    expect(set.find((line) => line.startsWith('flipzon-session='))).toMatch(/SameSite=Strict/);
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('flipzon-sign-in'))).toEqual([]);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('works with the callback on another node, and with one that was started after the login', async () => {
    for (const where of [() => other, addNode]) {
      const browser = new CookieBrowser();
      const callback = await browser.signInAs('bea', login());
      const response = await browser.ask(at(callback, await where()));
      expect(response.status).toBe(303);
      expect(claimsOf(await tokenOf(browser)).sub).toBe('bea');
    }
  });

  it('lets several tabs sign in at the same time', async () => {
    const browser = new CookieBrowser();
    const first = await browser.signInAs('cem', login('?return=/first'));
    const second = await browser.signInAs('cem', login('?return=/second'));
    for (const [callback, path] of [
      [first, '/first'],
      [second, '/second'],
    ] as const)
      expect((await browser.ask(callback)).headers.get('location')).toBe(path);
  });

  it('keeps at most four sign-ins under way in a browser', async () => {
    const browser = new CookieBrowser();
    for (let i = 0; i < 7; i++) await browser.ask(login());
    const under = [...browser.cookies.keys()].filter((name) => name.startsWith('flipzon-sign-in-'));
    expect(under).toHaveLength(4);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'evil',
    '/.//evil.example',
    '/auth/login',
    `/${'x'.repeat(600)}`,
  ])('does not lead to %j', async (path) => {
    const response = await new CookieBrowser().ask(login(`?return=${encodeURIComponent(path)}`));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('carries the time at which the account was made, where the provider says it', async () => {
    provider.people.set('young', { created: 1_700_000_000 });
    const { browser } = await signedIn('young');
    expect(claimsOf(await tokenOf(browser)).created).toBe(1_700_000_000);
  });
});

describe('GET /auth/callback', () => {
  const json = { headers: { accept: 'application/json' } };

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['no issuer, where the provider sends it', (url: URL) => url.searchParams.delete('iss')],
    [
      'the state spelled a little differently',
      (url: URL) => {
        const state = url.searchParams.get('state') ?? '';
        url.searchParams.set('state', `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`);
      },
    ],
  ])('refuses %s', async (_what, change) => {
    const browser = new CookieBrowser();
    const callback = new URL(await browser.signInAs('dan', login()));
    change(callback);
    const response = await browser.ask(callback.href, json);
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid_request']);
    expect(browser.cookies.has('flipzon-session')).toBe(false);
  });

  it('refuses what another browser began, and the same answer a second time', async () => {
    const browser = new CookieBrowser();
    const callback = await browser.signInAs('eve', login());
    expect((await new CookieBrowser().ask(callback, json)).status).toBe(400);
    expect((await browser.ask(callback, json)).status).toBe(303);
    expect((await browser.ask(callback, json)).status).toBe(400);
  });

  it('refuses an ID token with another nonce', async () => {
    const browser = new CookieBrowser();
    const first = new URL(await browser.signInAs('flo', login()));
    const second = new URL(await browser.signInAs('flo', login()));
    // The code of one sign-in in the answer to another: its nonce and its PKCE verifier are not the right ones.
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect((await browser.ask(second.href, json)).status).toBe(400);
  });

  it('says what the provider said when the person does not agree', async () => {
    const browser = new CookieBrowser();
    const callback = new URL(await browser.signInAs('gus', login()));
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const response = await browser.ask(callback.href, json);
    expect([response.status, await codeOf(response)]).toEqual([403, 'forbidden']);
  });

  it('says so while the provider does not answer, and the next try works', async () => {
    await using fresh = await addNode();
    const browser = new CookieBrowser();
    const callback = await browser.signInAs('hal', login());
    await provider.stop();
    try {
      const begun = await new CookieBrowser().ask(`${fresh.url}/auth/login`, json);
      expect([begun.status, await codeOf(begun)]).toEqual([503, 'unavailable']);
      const finished = await browser.ask(callback, json);
      expect([finished.status, await codeOf(finished)]).toEqual([503, 'unavailable']);
    } finally {
      await provider.start();
    }
    expect((await new CookieBrowser().ask(`${fresh.url}/auth/login`, json)).status).toBe(303);
    expect((await signedIn('hal')).response.status).toBe(303);
  });
});

describe('POST /auth/refresh', () => {
  it('answers only pages of the shop itself', async () => {
    const { browser } = await signedIn('ida');
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<
      string,
      string
    >[]) {
      const response = await browser.ask(`${node.url}/auth/refresh`, { method: 'POST', headers });
      expect(response.status).toBe(403);
    }
    expect(await tokenOf(browser)).toBeTruthy();
  });

  it('is the only thing that the cookie is good for', async () => {
    const { browser } = await signedIn('jan');
    const response = await browser.ask(`${node.url}/orders/me`, { headers: { origin: node.url } });
    expect(response.status).toBe(401);
  });

  it.each([
    ['nothing', undefined],
    ['garbage', 'garbage'],
    ['a cookie of no one', `${'A'.repeat(22)}.1.${'A'.repeat(43)}`],
  ])('gives nothing for %s, and the browser forgets it', async (_what, cookie) => {
    const browser = new CookieBrowser();
    if (cookie !== undefined) browser.cookies.set('flipzon-session', cookie);
    const response = await browser.post(node.url, '/auth/refresh');
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated']);
    expect(browser.cookies.has('flipzon-session')).toBe(false);
  });

  it('does not take the session of the shop for one of the console', async () => {
    const { browser } = await signedIn('kim');
    browser.cookies.set('flipzon-operator-session', browser.cookies.get('flipzon-session') ?? '');
    expect((await browser.post(node.url, '/auth/refresh?as=operator')).status).toBe(401);
  });
});

describe('POST /auth/sign-out', () => {
  it('ends this session, and no other one of the person', async () => {
    const [one, two] = [await signedIn('lea'), await signedIn('lea')];
    const copied = new Map(one.browser.cookies);
    expect((await one.browser.post(other.url, '/auth/sign-out')).status).toBe(204);
    expect([...one.browser.cookies.keys()].filter((name) => name.startsWith('flipzon'))).toEqual([]);
    for (const [name, value] of copied) one.browser.cookies.set(name, value);
    expect((await one.browser.post(node.url, '/auth/refresh')).status).toBe(401);
    expect(await tokenOf(two.browser)).toBeTruthy();
  });

  it('everywhere: ends all sessions, tokens and sockets of the person, on all nodes', async () => {
    const [one, two] = [await signedIn('mia'), await signedIn('mia')];
    const token = await tokenOf(two.browser, '', other);
    const { browser: stranger } = await signedIn('noa');
    const strangers = await tokenOf(stranger);
    await using phone = await connectWith(other, token);
    await using someone = await connectWith(other, strangers);
    const ended = phone.ended();
    expect((await one.browser.post(node.url, '/auth/sign-out?everywhere')).status).toBe(204);
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect((await shop.request('GET', '/orders/me', { token, node: other })).status).toBe(401);
    expect((await two.browser.post(node.url, '/auth/refresh')).status).toBe(401);
    expect((await shop.request('GET', '/orders/me', { token: strangers, node: other })).status).toBe(200);
    expect(someone.socket.connected).toBe(true);
    expect((await signedIn('mia')).response.status).toBe(303);
  });
});

it('a session ends the oldest one when a person has more than ten', async () => {
  const first = await signedIn('oli');
  for (let i = 0; i < 10; i++) await signedIn('oli');
  expect((await first.browser.post(node.url, '/auth/refresh')).status).toBe(401);
});

it('a token that the shop gave out is followed by the next one on the same socket', async () => {
  const { browser } = await signedIn('pia');
  const token = await tokenOf(browser);
  await using page = await connectWith(node, token);
  expect(await page.socket.emitWithAck('renew', { token: await tokenOf(browser) })).toEqual({ ok: true });
  const others = await tokenOf((await signedIn('quin')).browser);
  for (const request of [{ token: others }, { token: 'garbage' }, {}, null])
    expect(await page.socket.emitWithAck('renew', request as { token: string })).toMatchObject({ ok: false });
});

it('a token that the shop’s own page hands over works as before, beside the sign-in', async () => {
  const token = await shop.token('rob');
  expect((await shop.request('GET', '/orders/me', { token })).status).toBe(200);
});

// One story: the shop has no owner before the link is used, and one afterwards.
describe('the people of the console', { shuffle: false }, () => {
  const console = (name: string) => signedIn(name, '?as=operator&return=/console');
  const consoleToken = async (browser: CookieBrowser) => tokenOf(browser, '?as=operator');
  const people = async (token: string) =>
    (
      await shop.request<{ people: { id: string; role: string; from: string }[] }>('GET', '/people', {
        token,
      })
    ).body.people;

  it('lets in whom the provider’s claim names, and no one else', async () => {
    provider.people.set('claire', { role: 'operator' });
    const { browser, response } = await console('claire');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/console']);
    const token = await consoleToken(browser);
    expect(claimsOf(token)).toMatchObject({ sub: 'claire', role: 'operator' });
    expect((await shop.request('GET', '/operator/preflight', { token })).status).toBe(200);
    expect((await console('stranger')).response.status).toBe(403);
  });

  it('a role says nothing at the door of the customers', async () => {
    provider.people.set('claire', { role: 'operator' });
    const { browser } = await signedIn('claire');
    expect(claimsOf(await tokenOf(browser)).role).toBe('customer');
  });

  it('the link that the start prints makes one first owner, who invites and removes others at once, on all nodes', async () => {
    const link =
      other.warnings
        .find((warning) => warning.includes('/auth/first-owner'))
        ?.split(' ')
        .at(-1) ?? '';
    expect(link).toMatch(new RegExp(`^${node.url}/auth/first-owner\\?key=`));
    const forged = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    expect((await new CookieBrowser().ask(forged)).status).toBe(403);
    const [olga, otto] = [new CookieBrowser(), new CookieBrowser()];
    const [first, second] = [await olga.signInAs('olga', link), await otto.signInAs('otto', link)];
    expect((await olga.ask(first)).status).toBe(303);
    expect((await otto.ask(second)).status).toBe(403);
    const owner = await consoleToken(olga);
    expect(claimsOf(owner).role).toBe('owner');
    await using started = await addNode();
    expect(started.warnings.join()).not.toContain('first-owner');

    const body = { email: 'Vic@Example.com', role: 'viewer' };
    expect((await shop.request('POST', '/people', { token: owner, body })).status).toBe(201);
    provider.people.set('vic', { email: 'vic@example.com', email_verified: true });
    provider.people.set('eve', { email: 'vic@example.com', email_verified: false });
    expect((await console('eve')).response.status).toBe(403);
    const vic = await console('vic');
    const token = await consoleToken(vic.browser);
    expect(claimsOf(token).role).toBe('viewer');
    expect((await shop.request('GET', '/people', { token })).status).toBe(403);
    await using desk = await connectWith(other, token);
    expect(await desk.socket.emitWithAck('watch')).toMatchObject({ ok: true, role: 'viewer' });

    const ended = desk.ended();
    const id = encodeURIComponent('mail:vic@example.com');
    expect((await shop.request('DELETE', `/people/${id}`, { token: owner })).status).toBe(200);
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect((await shop.request('GET', '/operator/preflight', { token, node: other })).status).toBe(401);
    expect((await vic.browser.post(node.url, '/auth/refresh?as=operator')).status).toBe(401);
    expect((await console('vic')).response.status).toBe(403);
    expect((await people(owner)).map((person) => person.id)).not.toContain('mail:vic@example.com');
  });

  it('someone whose role comes from the claim is listed, and out for good once an owner removes them', async () => {
    provider.people.set('carl', { role: 'owner' });
    const owner = await consoleToken((await console('carl')).browser);
    provider.people.set('cleo', { role: 'operator' });
    const cleo = await consoleToken((await console('cleo')).browser);
    expect(await people(owner)).toContainEqual(
      expect.objectContaining({ id: 'sub:cleo', role: 'operator', from: 'claim' }),
    );
    expect((await shop.request('DELETE', '/people/sub:cleo', { token: owner })).status).toBe(200);
    expect((await shop.request('GET', '/operator/preflight', { token: cleo })).status).toBe(401);
    expect((await console('cleo')).response.status).toBe(403);
    const invited = { subject: 'cleo', role: 'viewer' };
    expect((await shop.request('POST', '/people', { token: owner, body: invited })).status).toBe(201);
    // The claim still says more.
    expect(claimsOf(await consoleToken((await console('cleo')).browser)).role).toBe('operator');
  });

  it('the last owner who was invited can neither be removed nor be made less', async () => {
    const owner = await shop.token('anyone', 'owner');
    const owners = (await people(owner)).filter(({ role, from }) => role === 'owner' && from === 'invited');
    expect(owners.map(({ id }) => id)).toEqual(['sub:olga']);
    expect((await shop.request('DELETE', '/people/sub:olga', { token: owner })).status).toBe(409);
    const body = { subject: 'olga', role: 'viewer' };
    expect((await shop.request('POST', '/people', { token: owner, body })).status).toBe(409);
    expect((await shop.request('DELETE', '/people/sub:nobody', { token: owner })).status).toBe(404);
  });

  it.each([
    {},
    { email: 'vic@example.com' },
    { email: 'vic', role: 'viewer' },
    { email: 'vic@example.com', subject: 'vic', role: 'viewer' },
    { email: 'vic@example.com', role: 'customer' },
  ])('refuses to invite %j', async (body) => {
    const token = await shop.token('anyone', 'owner');
    expect((await shop.request('POST', '/people', { token, body })).status).toBe(400);
  });
});
