import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import { claimsOf, connectWith, openSignInShop, type SignInShop } from '../_support/sign-in-shop.ts';

let site: SignInShop;
beforeAll(async () => {
  site = await openSignInShop(inject('mongodbUri'));
});
afterAll(() => site?.[Symbol.asyncDispose]());

// One story: the shop has no owner before the link is used, and one afterwards.
describe('the people of the console', { shuffle: false }, () => {
  const console = (name: string) => site.signedIn(name, '?as=operator&return=/console');
  const consoleToken = async (browser: CookieBrowser) => site.tokenOf(browser, '?as=operator');
  const people = async (token: string) =>
    (
      await site.shop.request<{ people: { id: string; role: string; from: string }[] }>('GET', '/people', {
        token,
      })
    ).body.people;

  it('lets in whom the provider’s claim names, and no one else', async () => {
    site.provider.people.set('claire', { role: 'operator' });
    const { browser, response } = await console('claire');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/console']);
    const token = await consoleToken(browser);
    expect(claimsOf(token)).toMatchObject({ sub: 'claire', role: 'operator' });
    expect((await site.shop.request('GET', '/operator/preflight', { token })).status).toBe(200);
    expect((await console('stranger')).response.status).toBe(403);
  });

  it('a role says nothing at the door of the customers', async () => {
    site.provider.people.set('claire', { role: 'operator' });
    const { browser } = await site.signedIn('claire');
    expect(claimsOf(await site.tokenOf(browser)).role).toBe('customer');
  });

  it('the link that the start prints makes one first owner, who invites and removes others at once, on all nodes', async () => {
    const link =
      site.other.warnings
        .find((warning) => warning.includes('/auth/first-owner'))
        ?.split(' ')
        .at(-1) ?? '';
    expect(link).toMatch(new RegExp(`^${site.node.url}/auth/first-owner\\?key=`));
    const forged = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    expect((await new CookieBrowser().ask(forged)).status).toBe(403);
    const [olga, otto] = [new CookieBrowser(), new CookieBrowser()];
    const [first, second] = [await olga.signInAs('olga', link), await otto.signInAs('otto', link)];
    expect((await olga.ask(first)).status).toBe(303);
    expect((await otto.ask(second)).status).toBe(403);
    const owner = await consoleToken(olga);
    expect(claimsOf(owner).role).toBe('owner');
    await using started = await site.addNode();
    expect(started.warnings.join()).not.toContain('first-owner');

    const body = { email: 'Vic@Example.com', role: 'viewer' };
    expect((await site.shop.request('POST', '/people', { token: owner, body })).status).toBe(201);
    site.provider.people.set('vic', { email: 'vic@example.com', email_verified: true });
    site.provider.people.set('eve', { email: 'vic@example.com', email_verified: false });
    expect((await console('eve')).response.status).toBe(403);
    const vic = await console('vic');
    const token = await consoleToken(vic.browser);
    expect(claimsOf(token).role).toBe('viewer');
    expect((await site.shop.request('GET', '/people', { token })).status).toBe(403);
    await using desk = await connectWith(site.other, token);
    expect(await desk.socket.emitWithAck('watch')).toMatchObject({ ok: true, role: 'viewer' });

    const ended = desk.ended();
    const id = encodeURIComponent('mail:vic@example.com');
    expect((await site.shop.request('DELETE', `/people/${id}`, { token: owner })).status).toBe(200);
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect((await site.shop.request('GET', '/operator/preflight', { token, node: site.other })).status).toBe(
      401,
    );
    expect((await vic.browser.post(site.node.url, '/auth/refresh?as=operator')).status).toBe(401);
    expect((await console('vic')).response.status).toBe(403);
    expect((await people(owner)).map((person) => person.id)).not.toContain('mail:vic@example.com');
  });

  it('a person whose role comes from the claim is listed, and stays out once an owner removes them', async () => {
    site.provider.people.set('carl', { role: 'owner' });
    const owner = await consoleToken((await console('carl')).browser);
    site.provider.people.set('cleo', { role: 'operator' });
    const cleo = await consoleToken((await console('cleo')).browser);
    expect(await people(owner)).toContainEqual(
      expect.objectContaining({ id: 'sub:cleo', role: 'operator', from: 'claim' }),
    );
    expect((await site.shop.request('DELETE', '/people/sub:cleo', { token: owner })).status).toBe(200);
    expect((await site.shop.request('GET', '/operator/preflight', { token: cleo })).status).toBe(401);
    expect((await console('cleo')).response.status).toBe(403);
    const invited = { subject: 'cleo', role: 'viewer' };
    expect((await site.shop.request('POST', '/people', { token: owner, body: invited })).status).toBe(201);
    // The claim still says more.
    expect(claimsOf(await consoleToken((await console('cleo')).browser)).role).toBe('operator');
  });

  it('the last owner who was invited can neither be removed nor be made less', async () => {
    const owner = await site.shop.token('anyone', 'owner');
    const owners = (await people(owner)).filter(({ role, from }) => role === 'owner' && from === 'invited');
    expect(owners.map(({ id }) => id)).toEqual(['sub:olga']);
    expect((await site.shop.request('DELETE', '/people/sub:olga', { token: owner })).status).toBe(409);
    const body = { subject: 'olga', role: 'viewer' };
    expect((await site.shop.request('POST', '/people', { token: owner, body })).status).toBe(409);
    expect((await site.shop.request('DELETE', '/people/sub:unknown', { token: owner })).status).toBe(404);
  });

  it.each([
    {},
    { email: 'vic@example.com' },
    { email: 'vic', role: 'viewer' },
    { email: 'vic@example.com', subject: 'vic', role: 'viewer' },
    { email: 'vic@example.com', role: 'customer' },
  ])('refuses to invite %j', async (body) => {
    const token = await site.shop.token('anyone', 'owner');
    expect((await site.shop.request('POST', '/people', { token, body })).status).toBe(400);
  });
});
