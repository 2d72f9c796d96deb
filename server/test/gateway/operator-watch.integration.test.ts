import { type NodeStats, nodeStats as statsSchema } from '@flipzon/protocol/operator.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { signToken } from '../../src/identity/tokens.ts';
import { type Address, jwtSecret, openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, connectShopper, eventually, type Shopper } from '../_support/shopper.ts';

const dayMs = 24 * 3600 * 1000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Console extends AsyncDisposable {
  shopper: Shopper;
  seen: NodeStats[];
  ended: unknown[];
}

/** An operator's socket, or another one that tries to watch; `validMs`: how long its token is valid. */
async function openConsole(
  role: 'operator' | 'customer' = 'operator',
  { node = shop.nodes[0] as Address, validMs = dayMs } = {},
): Promise<Console> {
  const signed = await signToken(jwtSecret, { customerId: 'olga', role }, Date.now() - dayMs + validMs);
  const shopper = await connectShopper(node.url, signed.token);
  const opened: Console = {
    shopper,
    seen: [],
    ended: [],
    [Symbol.asyncDispose]: async () => void shopper.socket.disconnect(),
  };
  shopper.socket.on('nodeStats', (stats) => opened.seen.push(statsSchema.parse(stats)));
  shopper.socket.on('watchEnded', (ended) => opened.ended.push(ended));
  return opened;
}

const watch = ({ shopper }: Console) => shopper.socket.timeout(5_000).emitWithAck('watchNodeStats');

/** The next figures that are as expected. */
const statsThat = (opened: Console, look: (stats: NodeStats) => void) =>
  eventually(() => {
    const last = opened.seen.at(-1);
    expect(last).toBeDefined();
    look(last as NodeStats);
  });

// They wait for what is sent once a second, so they wait together.
describe.concurrent('an operator who watches', () => {
  it('by the deprecated name, gets the deprecated event, and only that', async () => {
    await using opened = await openConsole();
    const { socket } = opened.shopper;
    const outboxes: unknown[] = [];
    socket.on('figures', ({ outbox }) => outboxes.push(outbox));
    expect(await socket.timeout(5_000).emitWithAck('watch')).toMatchObject({ ok: true, everyMs: 1_000 });
    await eventually(() => expect(outboxes).toContainEqual({ length: 0, oldestMs: 0, poisoned: 0 }));
    expect(opened.seen).toEqual([]);
  });

  it('has the figures of all nodes, whichever one is asked', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
    const sale = await shop.startSale({ quantity: 2 });
    await using opened = await openConsole('operator', { node: shop.nodes[1] as Address });
    expect(await watch(opened)).toMatchObject({ ok: true, everyMs: 1_000 });
    const [ann, bob, cem] = await Promise.all(
      ['ann', 'bob', 'cem'].map((customer, index) => shop.shopper(customer, shop.nodes[index % 2])),
    );
    for (const shopper of [ann, bob, cem]) await shopper?.buy();
    const again = await connectShopper(shop.nodes[0]?.url as string, await shop.token('dan'), {
      auth: { token: await shop.token('dan'), again: true },
    });
    await statsThat(opened, ({ at, saleId, nodes, invariant }) => {
      expect(saleId).toBe(sale.id);
      expect(nodes.map(({ node }) => node.replace(/-[^-]*$/, ''))).toEqual(['node-1', 'node-2']);
      const sum = (of: (node: NodeStats['nodes'][number]) => number) =>
        nodes.reduce((all, node) => all + of(node), 0);
      expect(sum((node) => node.sockets)).toBe(5);
      expect(sum((node) => node.reconnects)).toBe(1);
      expect(sum((node) => node.connects)).toBeGreaterThanOrEqual(5);
      expect(sum((node) => node.buys.claimed ?? 0)).toBe(2);
      expect(sum((node) => node.buys.sold_out ?? 0)).toBe(1);
      expect(sum((node) => node.buyMs.reduce((all, count) => all + count, 0))).toBe(3);
      expect(nodes.map((node) => [node.epoch, node.healthy])).toEqual([
        [1, true],
        [1, true],
      ]);
      expect(invariant).toEqual({
        at: expect.any(String),
        ...{ quantity: 2, remaining: 0, held: 2, orders: 2, duplicates: 0, behind: 0 },
      });
      const countedMs = Date.parse(at) - Date.parse(invariant?.at ?? '');
      expect(countedMs).toBeGreaterThanOrEqual(0);
    });
    again.socket.disconnect();
  });

  it('the light shows an order that must not be there', async () => {
    const sale = await shop.startSale({ quantity: 5 });
    const ann = await shop.shopper('ann');
    await ann.buy();
    const order = await confirmedOrder(ann);
    await using opened = await openConsole();
    await watch(opened);
    await statsThat(opened, ({ invariant }) => expect(invariant).toMatchObject({ duplicates: 0, orders: 1 }));
    const connection = await mongoose.createConnection(shop.mongodbUri).asPromise();
    const orders = connection.collection<{ _id: string; unit: number; n: number }>('orders');
    const stored = await orders.findOne({ _id: order.id });
    if (stored === null) throw new Error('the order is not stored');
    await orders.insertOne({ ...stored, _id: `${sale.id}:ann:2`, unit: 5, n: 2 });
    await statsThat(opened, ({ invariant }) =>
      expect(invariant).toMatchObject({ duplicates: 1, orders: 2, held: 1, behind: -1 }),
    );
    await orders.deleteOne({ _id: `${sale.id}:ann:2` });
    await connection.close();
  });

  it('is for operators', async () => {
    await using customer = await openConsole('customer');
    expect(await watch(customer)).toMatchObject({ ok: false, code: 'forbidden' });
    const spectator = await shop.shopper(null);
    expect(await spectator.socket.timeout(5_000).emitWithAck('watchNodeStats')).toMatchObject({
      ok: false,
      code: 'unauthenticated',
    });
  });

  it('ends with the token, and says so', async () => {
    await using opened = await openConsole('operator', { validMs: 2_500 });
    await using other = await openConsole();
    expect(await watch(opened)).toMatchObject({ ok: true });
    await watch(other);
    await eventually(() => expect(opened.ended).toMatchObject([{ code: 'unauthenticated' }]));
    const before = opened.seen.length;
    const seen = other.seen.length;
    await eventually(() => expect(other.seen.length).toBeGreaterThan(seen + 1));
    expect(opened.seen.length).toBe(before);
    expect(await watch(opened)).toMatchObject({ ok: false, code: 'unauthenticated' });
  });

  it('costs nothing without a watcher, and a node that is gone drops out', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
    const redis = new Redis(shop.redisUrl, { protocol: 2 });
    const heard: string[] = [];
    redis.on('message', (channel: string) => heard.push(channel));
    await redis.subscribe('flipzon:presence', 'flipzon:figures');
    const heardSince = (from: number, channel: string) =>
      heard.slice(from).filter((each) => each === channel).length;
    const statsAreSent = () => {
      const from = heard.length;
      return eventually(() => expect(heardSince(from, 'flipzon:figures')).toBeGreaterThan(0));
    };
    const noStatsAreSent = () =>
      eventually(async () => {
        const from = heard.length;
        // Each of the two nodes has said twice, a second apart, how many sockets it has: figures are as frequent.
        await eventually(() => expect(heardSince(from, 'flipzon:presence')).toBeGreaterThan(4));
        expect(heardSince(from, 'flipzon:figures')).toBe(0);
      });
    {
      await using opened = await openConsole('operator', { node: shop.nodes[0] as Address });
      const third = await shop.addNode();
      await watch(opened);
      await statsThat(opened, ({ nodes }) => expect(nodes).toHaveLength(3));
      await third[Symbol.asyncDispose]();
      await statsThat(opened, ({ nodes }) => expect(nodes).toHaveLength(2));
      await statsAreSent();
      opened.shopper.socket.emit('unwatch');
      await noStatsAreSent();
      await watch(opened);
      await statsAreSent();
    }
    // A console that is closed without a word is no watcher either.
    await noStatsAreSent();
    redis.disconnect();
  });
});
