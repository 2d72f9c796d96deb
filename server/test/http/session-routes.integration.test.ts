import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import { codeOf, connectWith, openSignInShop, type SignInShop } from '../_support/sign-in-shop.ts';

let site: SignInShop;
beforeAll(async () => {
  site = await openSignInShop(inject('mongodbUri'));
});
afterAll(() => site?.[Symbol.asyncDispose]());

describe('POST /auth/refresh', () => {
  it('answers only pages of the shop itself', async () => {
    const { browser } = await site.signedIn('ida');
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<
      string,
      string
    >[]) {
      const response = await browser.ask(`${site.node.url}/auth/refresh`, { method: 'POST', headers });
      expect(response.status).toBe(403);
    }
    expect(await site.tokenOf(browser)).toBeTruthy();
  });

  it('is the only thing that the cookie is good for', async () => {
    const { browser } = await site.signedIn('jan');
    const response = await browser.ask(`${site.node.url}/orders/me`, { headers: { origin: site.node.url } });
    expect(response.status).toBe(401);
  });

  it.each([
    ['nothing', undefined],
    ['garbage', 'garbage'],
    ['a cookie of no one', `${'A'.repeat(22)}.1.${'A'.repeat(43)}`],
  ])('gives nothing for %s, and the browser forgets it', async (_what, cookie) => {
    const browser = new CookieBrowser();
    if (cookie !== undefined) browser.cookies.set('flipzon-session', cookie);
    const response = await browser.post(site.node.url, '/auth/refresh');
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated']);
    expect(browser.cookies.has('flipzon-session')).toBe(false);
  });

  it('does not take the session of the shop for one of the console', async () => {
    const { browser } = await site.signedIn('kim');
    browser.cookies.set('flipzon-operator-session', browser.cookies.get('flipzon-session') ?? '');
    expect((await browser.post(site.node.url, '/auth/refresh?as=operator')).status).toBe(401);
  });
});

describe('POST /auth/sign-out', () => {
  it('ends this session, and no other one of the person', async () => {
    const [one, two] = [await site.signedIn('lea'), await site.signedIn('lea')];
    const copied = new Map(one.browser.cookies);
    expect((await one.browser.post(site.other.url, '/auth/sign-out')).status).toBe(204);
    expect([...one.browser.cookies.keys()].filter((name) => name.startsWith('flipzon'))).toEqual([]);
    for (const [name, value] of copied) one.browser.cookies.set(name, value);
    expect((await one.browser.post(site.node.url, '/auth/refresh')).status).toBe(401);
    expect(await site.tokenOf(two.browser)).toBeTruthy();
  });

  it('everywhere: ends all sessions, tokens and sockets of the person, on all nodes', async () => {
    const [one, two] = [await site.signedIn('mia'), await site.signedIn('mia')];
    const token = await site.tokenOf(two.browser, '', site.other);
    const { browser: stranger } = await site.signedIn('noa');
    const strangers = await site.tokenOf(stranger);
    await using phone = await connectWith(site.other, token);
    await using someone = await connectWith(site.other, strangers);
    const ended = phone.ended();
    expect((await one.browser.post(site.node.url, '/auth/sign-out?everywhere')).status).toBe(204);
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect((await site.shop.request('GET', '/orders/me', { token, node: site.other })).status).toBe(401);
    expect((await two.browser.post(site.node.url, '/auth/refresh')).status).toBe(401);
    expect(
      (await site.shop.request('GET', '/orders/me', { token: strangers, node: site.other })).status,
    ).toBe(200);
    expect(someone.socket.connected).toBe(true);
    expect((await site.signedIn('mia')).response.status).toBe(303);
  });
});

it('a session ends the oldest one when a person has more than ten', async () => {
  const first = await site.signedIn('oli');
  for (let i = 0; i < 10; i++) await site.signedIn('oli');
  expect((await first.browser.post(site.node.url, '/auth/refresh')).status).toBe(401);
});

it('a token that the shop gave out is followed by the next one on the same socket', async () => {
  const { browser } = await site.signedIn('pia');
  const token = await site.tokenOf(browser);
  await using page = await connectWith(site.node, token);
  expect(await page.socket.emitWithAck('renew', { token: await site.tokenOf(browser) })).toEqual({
    ok: true,
  });
  const others = await site.tokenOf((await site.signedIn('quin')).browser);
  for (const request of [{ token: others }, { token: 'garbage' }, {}, null])
    expect(await page.socket.emitWithAck('renew', request as { token: string })).toMatchObject({ ok: false });
});

it('a token that the shop’s own page hands over works as before, beside the sign-in', async () => {
  const token = await site.shop.token('rob');
  expect((await site.shop.request('GET', '/orders/me', { token })).status).toBe(200);
});
