import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { signToken } from '../../src/identity/tokens.ts';
import { jwtSecret, openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, connectShopper, eventually } from '../_support/shopper.ts';

const dayMs = 24 * 3600 * 1000;

let shop: Shop;
let url: string;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  url = shop.nodes[0]?.url as string;
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A token that is valid for `ms` from now on; negative: it was. */
const tokenFor = async (customerId: string, ms: number) =>
  (await signToken(jwtSecret, { customerId, role: 'customer' }, Date.now() - dayMs + ms)).token;

const outcomeOf = (token: string) =>
  connectShopper(url, token).then(
    ({ socket }) => {
      socket.disconnect();
      return 'connected';
    },
    (error: Error & { data?: unknown }) => error.data,
  );

describe('a socket that connects', () => {
  it('gets the sale and the number of sockets at once, without asking', async () => {
    const sale = await shop.startSale({ quantity: 5 });
    const spectator = await shop.shopper(null);
    await eventually(() => expect(spectator.connected.length).toBeGreaterThan(0));
    expect(spectator.sales[0]).toEqual({ ...sale, serverTime: expect.any(String) });
    expect(spectator.connected[0]).toBeGreaterThanOrEqual(1);
    expect(spectator.orders).toEqual([]);
  });

  it('gets the order that its customer has, with its current status', async () => {
    await shop.startSale();
    const first = await shop.shopper('ann');
    await first.buy();
    const order = await confirmedOrder(first);
    const second = await shop.shopper('ann');
    await eventually(() => expect(second.orders).toEqual([order]));
    const other = await shop.shopper('bob');
    expect((await other.buy()).ok).toBe(true);
    await confirmedOrder(other);
    expect(other.orders.every((each) => each.customerId === 'bob')).toBe(true);
  });

  it('without a token may watch and not buy', async () => {
    await shop.startSale();
    const spectator = await shop.shopper(null);
    expect(await spectator.buy()).toMatchObject({ ok: false, code: 'unauthenticated' });
    expect((await shop.status()).remaining).toBe(3);
  });

  it('is refused with a token that is not valid, all of them alike', async () => {
    const refused = { code: 'unauthenticated', message: expect.any(String) };
    const good = await shop.token('ann');
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const operator = Buffer.from('{"sub":"ann","role":"operator","exp":4000000000}').toString('base64url');
    const otherKey = await signToken('x'.repeat(32), { customerId: 'ann', role: 'customer' }, Date.now());
    const outcomes = await Promise.all(
      [
        await tokenFor('ann', -1_000),
        otherKey.token,
        unsigned,
        `${head}.${operator}.${signature}`,
        `${good}x`,
        'no token at all',
      ].map(outcomeOf),
    );
    expect(outcomes).toEqual(outcomes.map(() => refused));
    expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await outcomeOf(good)).toBe('connected');
  });

  it('may not buy any more once its token has expired', async () => {
    await shop.startSale({ startsAt: '2031-01-01T00:00:00Z' });
    const shopper = await connectShopper(url, await tokenFor('ann', 2_500));
    try {
      expect(await shopper.buy()).toMatchObject({ ok: false, code: 'sale_not_active' });
      await eventually(async () =>
        expect(await shopper.buy()).toMatchObject({ ok: false, code: 'unauthenticated' }),
      );
    } finally {
      shopper.socket.disconnect();
    }
  });

  it('is let in from the shop’s own page and from no other', async () => {
    const upgrade = (origin: string | undefined) =>
      new Promise<number>((resolve, reject) => {
        const asked = httpRequest(`${url}/socket.io/?EIO=4&transport=websocket`, {
          headers: {
            connection: 'Upgrade',
            upgrade: 'websocket',
            'sec-websocket-version': '13',
            'sec-websocket-key': Buffer.from('sixteen bytes 00').toString('base64'),
            ...(origin === undefined ? {} : { origin }),
          },
        });
        asked.once('upgrade', (response, socket) => {
          socket.destroy();
          resolve(response.statusCode ?? 0);
        });
        asked.once('response', (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        asked.once('error', reject);
        asked.end();
      });
    expect(await upgrade(url)).toBe(101);
    expect(await upgrade(undefined)).toBe(101);
    for (const foreign of ['https://evil.example', 'null', `${url}.evil.example`, url.replace(/\d+$/, '1')]) {
      expect([foreign, await upgrade(foreign)]).toEqual([foreign, 400]);
    }
  });

  it('is let in from an origin that is listed', async () => {
    const node = await shop.addNode({ ALLOWED_ORIGINS: 'https://shop.example' });
    const from = (origin: string) =>
      connectShopper(node.url, null, { extraHeaders: { origin } }).then(
        ({ socket }) => {
          socket.disconnect();
          return 'connected';
        },
        () => 'refused',
      );
    expect([await from('https://shop.example'), await from('https://evil.example')]).toEqual([
      'connected',
      'refused',
    ]);
  });
});
