import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { openBalancer } from '../_support/balancer.ts';
import { openShop } from '../_support/shop.ts';
import { connectShopper, eventually } from '../_support/shopper.ts';

describe('a node that stops', () => {
  it('sends its sockets away so that they come back by themselves on another one, and lose nothing', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
    const [staying, leaving] = shop.nodes as [App, App];
    await using balancer = await openBalancer();
    await balancer.add(leaving);
    await shop.startSale();
    const ann = await connectShopper(balancer.url, await shop.token('ann'), {
      reconnection: true,
      reconnectionDelay: 10,
      reconnectionDelayMax: 50,
    });
    try {
      const first = await ann.buy('once');
      const gone: string[] = [];
      ann.socket.on('disconnect', (reason) => gone.push(reason));

      await balancer.add(staying);
      balancer.remove(leaving);
      await leaving[Symbol.asyncDispose]();
      expect(gone.length).toBeGreaterThan(0);
      // What a client answers by coming back; 'io server disconnect' would keep it away.
      expect(new Set(gone)).toEqual(new Set(['transport close']));
      await eventually(() => expect(ann.socket.connected).toBe(true));

      expect(await ann.buy('once')).toEqual(first);
      await eventually(() => expect(ann.orders.at(-1)).toMatchObject({ unit: 1, status: 'confirmed' }));
      const bob = await shop.shopper('bob', staying);
      expect(await bob.buy()).toMatchObject({ ok: true, order: { unit: 2 } });
      await eventually(() => expect(ann.stocks.at(-1)?.remaining).toBe(1));
    } finally {
      ann.socket.disconnect();
    }
  });

  it('sends the answer to a buy before it closes the socket that waits for it', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
    const [staying, leaving] = shop.nodes as [App, App];
    await shop.startSale({}, staying);
    const ann = await shop.shopper('ann', leaving);
    await eventually(() => expect(ann.sales.at(-1)?.status).toBe('live'));
    const redis = new Redis(shop.redisUrl);
    try {
      await redis.call('CLIENT', 'PAUSE', '800', 'ALL');
      const happened: string[] = [];
      ann.socket.on('disconnect', () => happened.push('disconnect'));
      const buying = ann.buy('once').then((answer) => happened.push(answer.ok ? 'claimed' : answer.code));
      // Answered after the buy has been read.
      await ann.socket.emitWithAck('time');
      await leaving[Symbol.asyncDispose]();
      await buying;
      await eventually(() => expect(happened).toEqual(['claimed', 'disconnect']));
    } finally {
      redis.disconnect();
    }
  });

  it('says that it is not ready while it sends them away', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
    const [staying, leaving] = shop.nodes as [App, App];
    await shop.startSale();
    for (let i = 0; i < 20; i++) await shop.shopper(null, leaving);
    const stopped = leaving[Symbol.asyncDispose]();
    const answer = await shop.request('GET', '/readyz', { node: leaving });
    expect([answer.status, answer.body]).toMatchObject([503, { ready: false, draining: true }]);
    await stopped;
    await expect(shop.request('GET', '/healthz', { node: leaving })).rejects.toThrow();
    expect((await shop.request('GET', '/readyz', { node: staying })).status).toBe(200);
  });
});
