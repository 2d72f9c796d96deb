import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import type { Address } from '../_support/shop.ts';
import { claimsOf, codeOf, openSignInShop, type SignInShop } from '../_support/sign-in-shop.ts';

let site: SignInShop;
beforeAll(async () => {
  site = await openSignInShop(inject('mongodbUri'));
});
afterAll(() => site?.[Symbol.asyncDispose]());

/** A callback's address, as another node has it: they share everything but the port. */
const at = (url: string, where: Address) => url.replace(site.node.url, where.url);

describe('GET /auth/login', () => {
  it('signs a customer in through a real provider, brings them back, and their token buys', async () => {
    await site.shop.startSale();
    const { browser, response } = await site.signedIn('ann', '?return=/board%3Flarge%23now');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/board?large#now']);
    const token = await site.tokenOf(browser);
    expect(claimsOf(token)).toMatchObject({ sub: 'ann', role: 'customer' });
    const { exp, iat } = claimsOf(token);
    expect(exp - iat).toBe(600);
    const bought = await site.shop.request<{ order: { customerId: string } }>('POST', '/buy', { token });
    expect([bought.status, bought.body.order.customerId]).toEqual([201, 'ann']);
  });

  it('gives the page no token and no secret in an address, and scripts only a hint', async () => {
    const { browser, response } = await site.signedIn('ann');
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
    for (const where of [() => site.other, site.addNode]) {
      const browser = new CookieBrowser();
      const callback = await browser.signInAs('bea', site.login());
      const response = await browser.ask(at(callback, await where()));
      expect(response.status).toBe(303);
      expect(claimsOf(await site.tokenOf(browser)).sub).toBe('bea');
    }
  });

  it('lets several tabs sign in at the same time', async () => {
    const browser = new CookieBrowser();
    const first = await browser.signInAs('cem', site.login('?return=/first'));
    const second = await browser.signInAs('cem', site.login('?return=/second'));
    for (const [callback, path] of [
      [first, '/first'],
      [second, '/second'],
    ] as const)
      expect((await browser.ask(callback)).headers.get('location')).toBe(path);
  });

  it('keeps at most four sign-ins under way in a browser', async () => {
    const browser = new CookieBrowser();
    for (let i = 0; i < 7; i++) await browser.ask(site.login());
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
    const response = await new CookieBrowser().ask(site.login(`?return=${encodeURIComponent(path)}`));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('carries the time at which the account was made, where the provider says it', async () => {
    site.provider.people.set('young', { created: 1_700_000_000 });
    const { browser } = await site.signedIn('young');
    expect(claimsOf(await site.tokenOf(browser)).created).toBe(1_700_000_000);
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
    const callback = new URL(await browser.signInAs('dan', site.login()));
    change(callback);
    const response = await browser.ask(callback.href, json);
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid_request']);
    expect(browser.cookies.has('flipzon-session')).toBe(false);
  });

  it('refuses what another browser began, and the same answer a second time', async () => {
    const browser = new CookieBrowser();
    const callback = await browser.signInAs('eve', site.login());
    expect((await new CookieBrowser().ask(callback, json)).status).toBe(400);
    expect((await browser.ask(callback, json)).status).toBe(303);
    expect((await browser.ask(callback, json)).status).toBe(400);
  });

  it('refuses an ID token with another nonce', async () => {
    const browser = new CookieBrowser();
    const first = new URL(await browser.signInAs('flo', site.login()));
    const second = new URL(await browser.signInAs('flo', site.login()));
    // The code of one sign-in in the answer to another: its nonce and its PKCE verifier are not the right ones.
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect((await browser.ask(second.href, json)).status).toBe(400);
  });

  it('says what the provider said when the person does not agree', async () => {
    const browser = new CookieBrowser();
    const callback = new URL(await browser.signInAs('gus', site.login()));
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const response = await browser.ask(callback.href, json);
    expect([response.status, await codeOf(response)]).toEqual([403, 'forbidden']);
  });

  it('says so while the provider does not answer, and the next try works', async () => {
    await using fresh = await site.addNode();
    const browser = new CookieBrowser();
    const callback = await browser.signInAs('hal', site.login());
    await site.provider.stop();
    try {
      const begun = await new CookieBrowser().ask(`${fresh.url}/auth/login`, json);
      expect([begun.status, await codeOf(begun)]).toEqual([503, 'unavailable']);
      const finished = await browser.ask(callback, json);
      expect([finished.status, await codeOf(finished)]).toEqual([503, 'unavailable']);
    } finally {
      await site.provider.start();
    }
    expect((await new CookieBrowser().ask(`${fresh.url}/auth/login`, json)).status).toBe(303);
    expect((await site.signedIn('hal')).response.status).toBe(303);
  });
});
