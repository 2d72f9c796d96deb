import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { recoveryLock } from '../../src/redis/keys.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
let redis: Redis;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  redis = new Redis(shop.redisUrl);
});
afterAll(async () => {
  redis.disconnect();
  await shop[Symbol.asyncDispose]();
});

const metric = async (name: string, node = shop.nodes[0] as App): Promise<number | undefined> => {
  const { text } = (await shop.request<{ text: string }>('GET', '/metrics', { node })).body;
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
};

describe('health', () => {
  it('lives', async () => {
    const answer = await shop.request('GET', '/healthz');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
  });

  it('is ready, also while there is no sale', async () => {
    await using withoutSale = await openShop(inject('mongodbUri'));
    const answer = await withoutSale.request('GET', '/readyz');
    expect([answer.status, answer.body]).toEqual([
      200,
      { ready: true, redis: true, mongodb: true, caughtUp: true, draining: false },
    ]);
  });

  it('shows a count before there was one, so that its first is seen as growth', async () => {
    await using started = await shop.addNode();
    expect(await metric('flipzon_outbox_settled_total{outcome="revoked"}', started)).toBe(0);
    expect(await metric('flipzon_buys_total{outcome="unavailable"}', started)).toBe(0);
    expect(await metric('flipzon_messages_ignored_total{kind="orders"}', started)).toBe(0);
  });

  it('counts buys by outcome, and what remains, for Prometheus', async () => {
    await shop.startSale({ quantity: 1 });
    const names = [
      'flipzon_buys_total{outcome="claimed"}',
      'flipzon_buys_total{outcome="sold_out"}',
      'flipzon_buy_seconds_count',
      'flipzon_outbox_settled_total{outcome="stored"}',
    ];
    const counts = () => Promise.all(names.map(async (name) => (await metric(name)) ?? 0));
    const before = await counts();
    for (const customer of ['ann', 'bob'])
      await shop.request('POST', '/buy', { token: await shop.token(customer) });
    await eventually(async () => expect(await metric('flipzon_remaining')).toBe(0));
    await eventually(async () => {
      const grown = (await counts()).map((count, index) => count - (before[index] ?? 0));
      expect(grown).toEqual([1, 1, 2, 1]);
    });
    const answer = await shop.request('GET', '/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  });

  it('shows metrics only to requests that come straight from an inside address', async () => {
    const statusFor = async (headers: Record<string, string>, node?: App) =>
      (await shop.request('GET', '/metrics', { headers, ...(node === undefined ? {} : { node }) })).status;
    expect(await statusFor({})).toBe(200);
    const proxied = [
      { 'x-forwarded-for': '203.0.113.7' },
      { 'x-forwarded-for': '10.0.0.1' },
      { forwarded: 'for=10.0.0.1' },
      { via: '1.1 proxy' },
      { 'x-real-ip': '127.0.0.1' },
    ];
    for (const headers of proxied) expect([headers, await statusFor(headers)]).toEqual([headers, 403]);
    await using elsewhere = await shop.addNode({ METRICS_ADDRESSES: '10.0.0.0/8' });
    expect(await statusFor({}, elsewhere)).toBe(403);
  });

  it('shows how late the event loop was, and the same to all readers', async () => {
    const name = 'flipzon_event_loop_delay_seconds';
    // Both of one answer: there is another look each tenth of a second.
    const over = async () => {
      const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
      const of = (line: string) => Number(text.split(`\n${name}${line} `)[1]?.split('\n', 1)[0]);
      return of('_count') - of('_bucket{le="0.3"}');
    };
    const before = await over();
    const until = performance.now() + 1_000;
    while (performance.now() < until);
    // A look each tenth of a second would have been due: those that were more than 0.3 s late count.
    await eventually(async () => expect((await over()) - before).toBeGreaterThanOrEqual(5));
    const seen = await over();
    for (let i = 0; i < 3; i++) expect(await over()).toBeGreaterThanOrEqual(seen);
    const { text } = (await shop.request<{ text: string }>('GET', '/metrics')).body;
    expect(text).not.toContain('nodejs_eventloop_lag');
  });

  it('shows how long each step took, and the state of sockets and outbox', async () => {
    await shop.startSale({ quantity: 2 });
    const spectator = await shop.shopper(null);
    const claims = (await metric('flipzon_claim_seconds_count')) ?? 0;
    const confirmed = (await metric('flipzon_confirm_seconds_count')) ?? 0;
    await shop.request('POST', '/buy', { token: await shop.token('cleo') });
    await eventually(() => expect(spectator.stocks.at(-1)?.remaining).toBe(1));
    await eventually(async () => expect(await metric('flipzon_confirm_seconds_count')).toBe(confirmed + 1));
    expect(await metric('flipzon_claim_seconds_count')).toBe(claims + 1);
    await eventually(async () => expect(await metric('flipzon_outbox_entries')).toBe(0));
    expect(await metric('flipzon_outbox_age_seconds')).toBe(0);
    expect(await metric('flipzon_quantity')).toBe(2);
    expect(await metric('flipzon_available')).toBe(1);
    expect(await metric('flipzon_buys_open')).toBe(0);
    await eventually(async () => expect(await metric('flipzon_sockets')).toBe(1));
    spectator.socket.disconnect();
    await eventually(async () => expect(await metric('flipzon_sockets')).toBe(0));
  });

  it('shows how long a count took from its publishing to the sockets', async () => {
    await shop.startSale({ quantity: 100 });
    const { socket } = await shop.shopper(null);
    const delivered = (await metric('flipzon_publish_to_socket_seconds_count')) ?? 0;
    let buyers = 0;
    // A look at Redis may come before the message, and then there is nothing to measure.
    await eventually(async () => {
      await shop.request('POST', '/buy', { token: await shop.token(`counted-${buyers++}`) });
      expect(await metric('flipzon_publish_to_socket_seconds_count')).toBeGreaterThan(delivered);
    });
    expect(await metric('flipzon_publish_to_socket_seconds_bucket{le="+Inf"}')).toBe(
      await metric('flipzon_publish_to_socket_seconds_count'),
    );
    socket.disconnect();
  });

  it('fails closed when Redis has forgotten the claim script, says so, and sells on after recovery', async () => {
    const sale = await shop.startSale();
    const token = await shop.token('ann');
    const buy = (key: string) =>
      shop.request<{ order: Order; code?: string; retryAfterMs?: number }>('POST', '/buy', {
        token,
        headers: { 'idempotency-key': key },
      });
    // Held here, so that no recovery begins before the refusal has been seen.
    await redis.set(recoveryLock(sale.id), 'the test', 'PX', 60_000);
    await redis.script('FLUSH');
    const refused = await buy('once');
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(refused.body.retryAfterMs).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const notReady = await shop.request('GET', '/readyz');
    expect([notReady.status, notReady.body]).toMatchObject([
      503,
      { ready: false, redis: true, caughtUp: false },
    ]);
    expect((await shop.request('GET', '/healthz')).status).toBe(200);

    await redis.del(recoveryLock(sale.id));
    const order = await eventually(async () => {
      const answer = await buy('once');
      expect(answer.status).toBe(201);
      return answer.body.order;
    });
    expect(order).toMatchObject({ saleId: sale.id, unit: 1 });
    await eventually(async () => expect((await shop.request('GET', '/readyz')).status).toBe(200));
    await eventually(async () =>
      expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 1, outbox: 0 }),
    );
  });

  it('says which methods an address allows when another one is used', async () => {
    const ask = async (method: string, path: string) => {
      const { status, headers, body } = await shop.request(method, path);
      return [status, headers.get('allow'), body.code];
    };
    const refused = (allow: string) => [405, allow, 'method_not_allowed'];
    expect(await ask('GET', '/buy')).toEqual(refused('POST'));
    expect(await ask('PUT', '/status?x=1')).toEqual(refused('GET, HEAD'));
    expect(await ask('POST', '/sales/any/seal')).toEqual(refused('GET, HEAD'));
    expect(await ask('POST', '/sales/any')).toEqual(refused('DELETE, PATCH, PUT'));
    expect(await ask('GET', '/sales/any')).toEqual(refused('DELETE, PATCH, PUT'));
    expect(await ask('PUT', '/sales/any/other')).toEqual([404, null, 'not_found']);
  });

  it.each(['/%ED%A0%80', '/%', '/sales/%ff/report'])(
    'refuses %s, which is no address, like any other request',
    async (path) => {
      const answer = await shop.request('GET', path);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('answers an unknown route with a problem', async () => {
    const answer = await shop.request('GET', '/no/such/route');
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });
});
