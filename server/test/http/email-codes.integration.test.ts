import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { CookieBrowser } from '../_support/cookie-browser.ts';
import { codeIn, type Mailbox, openMailbox, openSilentServer } from '../_support/mailbox.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';
import { claimsOf, codeOf } from '../_support/sign-in-shop.ts';

let mailbox: Mailbox;
let shop: Shop;
let node: Address;
let other: Address;

beforeAll(async () => {
  mailbox = await openMailbox();
  // Tests come from this machine, which is counted here.
  const environment = { ...mailbox.environment, UNLIMITED_ADDRESSES: 'none', ADDRESS_CODES: '40/3600s' };
  shop = await openShop(inject('mongodbUri'), { environment });
  node = shop.nodes[0] as Address;
  other = await shop.addNode({ PUBLIC_URL: node.url });
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await mailbox?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  mailbox.busy = false;
});

async function post(browser: CookieBrowser, path: string, body: unknown, where = node): Promise<Response> {
  return browser.ask(`${where.url}${path}`, {
    method: 'POST',
    headers: { origin: node.url, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const ask = (browser: CookieBrowser, address: string, where = node) =>
  post(browser, '/auth/email', { address }, where);
const enter = (browser: CookieBrowser, code: string, where = node) =>
  post(browser, '/auth/email/code', { code }, where);

async function signIn(address: string, browser = new CookieBrowser()): Promise<{ token: string }> {
  const before = mailbox.mails.length;
  expect((await ask(browser, address)).status).toBe(202);
  const answer = await enter(browser, codeIn(await mailbox.next(address, before)));
  expect(answer.status).toBe(200);
  return (await answer.json()) as { token: string };
}

describe('signing in with a code by e-mail', () => {
  it('works with the code entered at another node, gives a session, and its token buys', async () => {
    await shop.startSale();
    const browser = new CookieBrowser();
    const asked = await ask(browser, 'ann@example.com');
    expect([asked.status, asked.headers.get('cache-control')]).toEqual([202, 'no-store']);
    const mail = await mailbox.next('ann@example.com');
    expect([mail.from, mail.to]).toEqual(['shop@example.com', ['ann@example.com']]);
    expect(mail.raw).toMatch(/^Auto-Submitted: auto-generated/m);

    const answer = await enter(browser, codeIn(mail), other);
    expect(answer.status).toBe(200);
    const { token } = (await answer.json()) as { token: string };
    const { sub, role } = claimsOf(token);
    expect([sub, role]).toEqual([expect.stringMatching(/^mail-[\w-]{43}$/), 'customer']);
    expect(JSON.stringify(claimsOf(token))).not.toContain('ann');
    expect([...browser.cookies.keys()].sort()).toEqual(['flipzon-session', 'flipzon-signed-in']);
    const bought = await shop.request<{ order: { customerId: string } }>('POST', '/buy', { token });
    expect([bought.status, bought.body.order.customerId]).toEqual([201, sub]);

    const refreshed = await browser.post(other.url, '/auth/refresh');
    expect(claimsOf(((await refreshed.json()) as { token: string }).token).sub).toBe(sub);
    expect((await browser.post(node.url, '/auth/sign-out?everywhere')).status).toBe(204);
    expect((await shop.request('GET', '/orders/me', { token })).status).toBe(401);
  });

  it('makes one customer of each spelling of a mailbox, also on a node that was started later', async () => {
    const first = claimsOf((await signIn('bea@example.com')).token).sub;
    const later = await shop.addNode({ PUBLIC_URL: node.url });
    onTestFinished(() => later[Symbol.asyncDispose]());
    const before = mailbox.mails.length;
    const browser = new CookieBrowser();
    expect((await ask(browser, 'Bea+2@example.com', later)).status).toBe(202);
    const answer = await enter(browser, codeIn(await mailbox.next('bea@example.com', before)), later);
    expect(claimsOf(((await answer.json()) as { token: string }).token).sub).toBe(first);
  });

  it('refuses a wrong code with the tries that are left, an expired one, and one of another browser', async () => {
    const browser = new CookieBrowser();
    await ask(browser, 'cem@example.com');
    const code = codeIn(await mailbox.next('cem@example.com'));
    const wrong = code.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const refused = await enter(browser, wrong);
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'wrong_code']);
    const stranger = await enter(new CookieBrowser(), code);
    expect([stranger.status, await codeOf(stranger)]).toEqual([400, 'code_expired']);
    const mongodb = await mongoose.createConnection(shop.mongodbUri).asPromise();
    await mongodb.collection('emailcodes').updateMany({}, { $set: { expiresAt: new Date(0) } });
    const kept = JSON.stringify(await mongodb.collection('emailcodes').find().toArray());
    await mongodb.close();
    expect(kept).not.toContain(code.replace(' ', ''));
    expect(await codeOf(await enter(browser, code))).toBe('code_expired');
  });

  it('refuses pages of other sites, and texts that are no addresses', async () => {
    const body = JSON.stringify({ address: 'ann@example.com' });
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    const foreign = await fetch(`${node.url}/auth/email`, { method: 'POST', headers, body });
    expect(foreign.status).toBe(403);
    const before = mailbox.mails.length;
    const answer = await ask(new CookieBrowser(), 'ann@example.com\r\nBcc: bob@example.com');
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid_address']);
    expect(mailbox.mails).toHaveLength(before);
  });

  it('limits the codes to a mailbox and from a network, over all nodes', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++)
      statuses.push(
        (await ask(new CookieBrowser(), `dan+${i}@example.com`, i % 2 === 0 ? node : other)).status,
      );
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    const crowd = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        ask(new CookieBrowser(), `crowd-${i}@example.com`, i % 2 === 0 ? node : other),
      ),
    );
    const refused = crowd.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.headers.get('retry-after')).not.toBeNull();
    expect(crowd.filter(({ status }) => status === 202).length).toBeGreaterThan(10);
  });
});

describe('a mail server', () => {
  const shopWith = async (environment: Record<string, string>) => {
    const opened = await shop.addNode({
      PUBLIC_URL: node.url,
      UNLIMITED_ADDRESSES: '127.0.0.0/8',
      ...environment,
    });
    onTestFinished(() => opened[Symbol.asyncDispose]());
    return opened;
  };

  it('that is busy or does not know an address leads to a clear refusal, and a busy one uses up no mail', async () => {
    const own = await shopWith({});
    mailbox.busy = true;
    for (let i = 0; i < 6; i++) {
      const answer = await ask(new CookieBrowser(), 'eve@example.com', own);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    }
    mailbox.busy = false;
    mailbox.unknown.add('eve@example.com');
    const refused = await ask(new CookieBrowser(), 'eve@example.com', own);
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'invalid_address']);
    mailbox.unknown.delete('eve@example.com');
    expect((await ask(new CookieBrowser(), 'eve@example.com', own)).status).toBe(202);
  });

  it('that hangs delays those who wait for a code by some seconds, and no buys', async () => {
    const silent = await openSilentServer();
    onTestFinished(() => silent[Symbol.asyncDispose]());
    const own = await shopWith({ SMTP_URL: silent.url });
    await shop.startSale();
    const asked = Promise.all(
      Array.from({ length: 30 }, (_, i) => ask(new CookieBrowser(), `f${i}@example.com`, own)),
    );
    const bought = await shop.request('POST', '/buy', { token: await shop.token('fay'), node: own });
    expect(bought.status).toBe(201);
    expect((await asked).map(({ status }) => status)).toEqual(Array(30).fill(503));
  });
});
