import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { signToken } from '../../src/identity/tokens.ts';
import { jwtSecret, openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), {
    environment: { CHALLENGE: 'all', CHALLENGE_BITS: '8', ACCOUNT_CREATED_CLAIM: 'created_at' },
  });
  await shop.startSale({ quantity: 20 });
});
afterAll(() => shop?.[Symbol.asyncDispose]());

interface Task {
  required: boolean;
  kind?: string;
  challenge?: string;
  bits?: number;
}
const solve = ({ challenge = '', bits = 0 }: Task): string => {
  for (let answer = 0; ; answer++) {
    const hash = createHash('sha256')
      .update(`${challenge.split('.').at(-1)}:${answer}`)
      .digest();
    if (Math.clz32(hash.readUInt32BE(0)) >= bits) return String(answer);
  }
};
async function passOf(customerId: string): Promise<string> {
  const token = await shop.token(customerId);
  const { body: task } = await shop.request<Task>('GET', '/challenge', { token });
  const body = { challenge: task.challenge, answer: solve(task) };
  const { body: passed } = await shop.request<{ pass: string }>('POST', '/challenge', { token, body });
  return passed.pass;
}
const buy = async (customerId: string, pass?: string, node?: App) => {
  const { status, body } = await shop.request('POST', '/buy', {
    token: await shop.token(customerId),
    ...(pass === undefined ? {} : { headers: { 'challenge-pass': pass } }),
    ...(node === undefined ? {} : { node }),
  });
  return [status, body.code];
};

describe('a challenge that is required of all', () => {
  it('is required over both transports, and a customer who has solved it buys, on any node', async () => {
    await using other = await shop.addNode();
    expect(await buy('ann')).toEqual([403, 'challenge_required']);
    const shopper = await shop.shopper('ann');
    expect(await shopper.buy()).toMatchObject({ ok: false, code: 'challenge_required' });
    const pass = await passOf('ann');
    expect(await buy('ann', pass, other)).toEqual([201, undefined]);
    const bob = await shop.shopper('bob');
    const answer = await bob.socket.emitWithAck('buy', { requestId: 'r', pass: await passOf('bob') });
    expect(answer).toMatchObject({ ok: true });
  });

  it('can not be passed by another’s pass, one that was made up, or half a solution', async () => {
    const pass = await passOf('cid');
    // Whichever letter ends the pass, no other one may: two of the last letter's six bits belong to no byte.
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const others = letters.map((last) => pass.slice(0, -1) + last).filter((other) => other !== pass);
    expect(others).toHaveLength(63);
    for (const bad of [
      ...others,
      pass.replace(/^./, 'z'),
      `0${pass}`,
      `${pass}=`,
      'x',
      '',
      pass.toUpperCase(),
    ])
      expect([bad, await buy('cid', bad)]).toEqual([bad, [403, 'challenge_required']]);
    expect(await buy('dan', pass)).toEqual([403, 'challenge_required']);
    const token = await shop.token('dan');
    const { body: task } = await shop.request<Task>('GET', '/challenge', { token });
    const tries = [
      { challenge: task.challenge, answer: 'x' },
      { challenge: `${task.challenge}x`, answer: solve(task) },
      { challenge: pass, answer: solve({ required: true, challenge: pass, bits: 8 }) },
    ];
    for (const body of tries)
      expect(await shop.request('POST', '/challenge', { token, body })).toMatchObject({
        status: 403,
        body: { code: 'challenge_required' },
      });
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => shop.request('POST', '/challenge', { token, body: tries[0] })),
    );
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
  });
});

it('for suspicious customers only: a crowd behind one address has to solve it, a single customer does not', async () => {
  await using node = await shop.addNode({
    CHALLENGE: 'suspicious',
    TRUSTED_PROXIES: '127.0.0.1',
    ADDRESS_BUYS: '10/9s',
  });
  const from = async (address: string, customerId: string) => {
    const headers = { 'x-forwarded-for': address };
    const { body } = await shop.request('POST', '/buy', {
      token: await shop.token(customerId),
      headers,
      node,
    });
    return body.code ?? 'claimed';
  };
  const crowd: unknown[] = [];
  for (let i = 0; i < 9; i++) crowd.push(await from('203.0.113.7', `crowd-${i}`));
  expect(crowd.slice(0, 5)).toEqual(Array(5).fill('claimed'));
  expect(crowd.at(-1)).toBe('challenge_required');
  expect(await from('198.51.100.9', 'alone')).toBe('claimed');
});

it('what a client writes into X-Forwarded-For gives it no other address, however much it writes; nor does a port, or an unreadable entry', async () => {
  await using node = await shop.addNode({
    CHALLENGE: 'off',
    TRUSTED_PROXIES: '127.0.0.1',
    ADDRESS_BUYS: '5/600s',
  });
  let buyers = 0;
  const claimed = async (count: number, said: (i: number) => string) => {
    const answers = await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const token = await shop.token(`forwarded-${++buyers}`);
        const headers = { 'x-forwarded-for': said(i) };
        const { body } = await shop.request('POST', '/buy', { token, headers, node });
        return body.code ?? 'claimed';
      }),
    );
    return answers.filter((code) => code !== 'too_many_requests').length;
  };
  await shop.startSale({ quantity: 200 }, node);
  const invented = (i: number) => Array.from({ length: 40 }, (_, hop) => `198.51.100.${i + hop}`).join(', ');
  expect(await claimed(20, (i) => `${invented(i)}, 203.0.113.7`)).toBe(5);
  // The same address, however it is written down.
  const spellings = [
    '203.0.113.7:80',
    '"203.0.113.7"',
    '[::ffff:203.0.113.7]:443',
    '::ffff:203.0.113.7%eth0',
  ];
  expect(await claimed(20, (i) => spellings[i % 4] as string)).toBe(0);
  // It spent no other client’s share.
  expect(await claimed(5, () => '198.51.100.20')).toBe(5);
  // All clients with an unreadable address are counted together.
  expect(await claimed(20, (i) => `unknown-${i}`)).toBe(5);
});

it('a captcha’s provider is asked, and decides', async () => {
  const asked: string[] = [];
  const success = true;
  const hostname = 'shop.example';
  const said: Record<string, object> = {
    good: { success, hostname },
    person: { success, hostname, score: 0.9 },
    script: { success, hostname, score: 0.1 },
    elsewhere: { success, hostname: 'evil.example', score: 0.9 },
    nowhere: { success, score: 0.9 },
  };
  const provider = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push(text);
    const [, kind = ''] = /response=(\w+)/.exec(text) ?? [];
    response.end(JSON.stringify(said[kind] ?? { success: false }));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  try {
    const port = (provider.address() as AddressInfo).port;
    await using node = await shop.addNode({
      CHALLENGE_CAPTCHA_URL: `http://127.0.0.1:${port}/siteverify`,
      CHALLENGE_CAPTCHA_SECRET: 'between us',
      CHALLENGE_CAPTCHA_SITE_KEY: 'site',
      CHALLENGE_CAPTCHA_HOSTNAMES: 'shop.example',
    });
    const token = await shop.token('eve');
    const task = await shop.request('GET', '/challenge', { token, node });
    expect(task.body).toEqual({ required: true, kind: 'captcha', challenge: '', siteKey: 'site' });
    const answers = ['bad', 'good'].map((answer) =>
      shop.request('POST', '/challenge', { token, body: { challenge: '', answer }, node }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([403, 200]);
    expect(asked.toSorted()).toEqual(['secret=between+us&response=bad', 'secret=between+us&response=good']);
    const others = ['person', 'script', 'elsewhere', 'nowhere'].map(async (answer) => {
      const asking = { token: await shop.token(`${answer}-1`), body: { challenge: '', answer }, node };
      return (await shop.request('POST', '/challenge', asking)).status;
    });
    expect(await Promise.all(others)).toEqual([200, 403, 403, 403]);
    provider.close();
    provider.closeAllConnections();
    const late = await shop.request('POST', '/challenge', {
      token,
      body: { challenge: '', answer: 'good' },
      node,
    });
    expect(late.status).toBe(503);
  } finally {
    provider.close();
  }
});

it('an account created after the sale was announced cannot buy in it; a token without an age can', async () => {
  const secret = new TextEncoder().encode(jwtSecret);
  const tokenOf = (customerId: string, created: unknown) =>
    new SignJWT({ role: 'customer', created_at: created })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customerId)
      .setExpirationTime('1h')
      .sign(secret);
  const codeFor = async (customerId: string, created: unknown) => {
    const headers = { 'challenge-pass': await passOf(customerId) };
    const { body } = await shop.request('POST', '/buy', {
      token: await tokenOf(customerId, created),
      headers,
    });
    return body.code ?? 'claimed';
  };
  const nowS = Math.floor(Date.now() / 1000);
  expect(await codeFor('young', nowS + 1)).toBe('account_too_new');
  expect(await codeFor('young-iso', new Date(Date.now() + 1_000).toISOString())).toBe('account_too_new');
  expect(await codeFor('old', nowS - 3_600)).toBe('claimed');
  expect(await codeFor('silent', undefined)).toBe('claimed');
  const { token } = await signToken(jwtSecret, { customerId: 'plain', role: 'customer' }, Date.now());
  const headers = { 'challenge-pass': await passOf('plain') };
  expect((await shop.request('POST', '/buy', { token, headers })).status).toBe(201);
});
