import { once } from 'node:events';
import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Address, openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
let listed: Address;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  listed = await shop.addNode({ ALLOWED_ORIGINS: 'https://shop.example' });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** `fetch` would say its own Host. */
async function signInFrom(headers: Record<string, string>): Promise<number | undefined> {
  const url = `${listed.url}/login`;
  const asked = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
  asked.end(JSON.stringify({ customerId: 'ann' }));
  const [answer] = await once(asked, 'response');
  answer.resume();
  return answer.statusCode;
}

const login = (body: unknown) =>
  shop.request<{ token: string; expiresAt: string; code?: string }>('POST', '/login', { body });

describe('POST /login', () => {
  it('gives a customer a token that buys, and says until when', async () => {
    await shop.startSale();
    const answer = await login({ customerId: 'ann' });
    expect(answer.status).toBe(200);
    expect(Date.parse(answer.body.expiresAt)).toBeGreaterThan(Date.now());
    const bought = await shop.request<{ order: { customerId: string } }>('POST', '/buy', {
      token: answer.body.token,
    });
    expect([bought.status, bought.body.order.customerId]).toEqual([201, 'ann']);
  });

  it('gives an operator a token that starts a sale', async () => {
    const answer = await login({ customerId: 'olga', role: 'operator' });
    const started = await shop.request('POST', '/start', { token: answer.body.token });
    expect(started.status).toBe(201);
  });

  it.each([
    ['no body', undefined],
    ['no customer', {}],
    ['an empty customer', { customerId: '' }],
    ['a customer of 129 characters', { customerId: 'x'.repeat(129) }],
    ['a control character', { customerId: 'ann\n' }],
    ['half a character', { customerId: 'ann\ud800' }],
    ['a control character beyond ASCII', { customerId: 'ann\u0085' }],
    ['a sign that turns the direction of reading', { customerId: 'ann\u202e' }],
    ['a character of no width', { customerId: 'an\u200bn' }],
    ['a separator of lines', { customerId: 'ann\u2028' }],
    ['an id that no address can have in its path', { customerId: '..' }],
    ['a customer that is no text', { customerId: { $gt: '' } }],
    ['a role that there is not', { customerId: 'ann', role: 'admin' }],
    ['an unknown key', { customerId: 'ann', exp: 1 }],
  ])('refuses %s', async (_what, body) => {
    const answer = await login(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });

  it.each([
    ['a foreign name that points here', { host: 'evil.example' }],
    ['a page of another origin', { host: '127.0.0.1:3000', origin: 'https://evil.example' }],
    ['a page of no origin', { host: '127.0.0.1:3000', origin: 'null' }],
    ['the right name on another port', { host: 'localhost:3000', origin: 'http://localhost:4000' }],
    ['a name that begins like an address', { host: '127.0.0.1.evil.example' }],
  ])('signs no one in for %s', async (_what, headers) => {
    expect(await signInFrom(headers)).toBe(403);
  });

  it.each([
    ['an address', { host: '192.168.1.20:3000', origin: 'http://192.168.1.20:3000' }],
    ['an IPv6 address', { host: '[::1]:3000', origin: 'http://[::1]:3000' }],
    ['localhost', { host: 'localhost:3000', origin: 'http://localhost:3000' }],
    ['this machine’s name', { host: hostname() }],
    ['an origin that is listed', { host: 'shop.example', origin: 'https://shop.example' }],
  ])('signs in for %s', async (_what, headers) => {
    expect(await signInFrom(headers)).toBe(200);
  });

  it('is not there unless the demo is switched on', async () => {
    const strict = await shop.addNode({ DEMO_LOGIN: 'false' });
    const answer = await shop.request('POST', '/login', { body: { customerId: 'ann' }, node: strict });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect((await shop.request('GET', '/healthz', { node: strict })).status).toBe(200);
  });
});
