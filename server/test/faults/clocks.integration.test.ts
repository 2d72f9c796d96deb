import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { signToken } from '../../src/identity/tokens.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { type Address, jwtSecret, openShop, type Shop } from '../_support/shop.ts';
import { connectShopper, eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const hourMs = 3_600_000;
const shiftClock = new URL('../_support/shift-clock.ts', import.meta.url).href;

let shop: Shop;
let redis: Redis;
let nodes: NodeProcess[];
const undo = new AsyncDisposableStack();
beforeAll(async () => {
  shop = undo.use(await openShop(inject('mongodbUri'), { nodes: 0 }));
  redis = new Redis(shop.redisUrl, { protocol: 2 });
  undo.defer(async () => redis.disconnect());
  const start = async (shiftMs: number) =>
    undo.use(
      await startNodeProcess({
        ...shop.environment,
        NODE_OPTIONS: `--import=${shiftClock}`,
        LOG_LEVEL: 'info',
        CLOCK_SHIFT_MS: String(shiftMs),
        CLOCK_STEP_MS: String(-2 * shiftMs),
      }),
    );
  nodes = await Promise.all([start(hourMs), start(-hourMs)]);
});
afterAll(() => undo.disposeAsync());

async function redisNow(): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

/** A token that is good for so long from now on, by Redis's clock. */
async function tokenFor(customerId: string, leftMs: number): Promise<string> {
  const dayMs = 24 * hourMs;
  const who = { customerId, role: 'customer' } as const;
  return (await signToken(jwtSecret, who, (await redisNow()) - dayMs + leftMs)).token;
}

const buy = (token: string, node: Address) =>
  shop.request<{ code?: string }>('POST', '/buy', { token, node });

/** A node's time over each transport, compared with Redis's clock before and after. */
async function tellsRedisTime(node: Address): Promise<void> {
  // A clock is read off by a message there and back; a second is far more than that is out by, and far less than an hour.
  const outByMsMax = 1_000;
  const spectator = await shop.shopper(null, node);
  const ask = [
    async () => (await shop.status(node)).serverTime,
    async () => (await spectator.socket.emitWithAck('time')).serverTime,
  ];
  for (const door of ask) {
    const before = await redisNow();
    const said = Date.parse(await door());
    expect(said).toBeGreaterThan(before - outByMsMax);
    expect(said).toBeLessThan((await redisNow()) + outByMsMax);
  }
}

// One story: the clocks are set in the middle of it.
describe('nodes whose clocks differ', { shuffle: false }, () => {
  it('a sale opens by the clock of Redis on nodes that are an hour ahead and an hour behind', async () => {
    const [ahead, behind] = nodes as [NodeProcess, NodeProcess];
    // By its own clock, the one node would sell by now, and the other one not for a long time after the opening below.
    const inHalfAnHour = new Date((await redisNow()) + hourMs / 2).toISOString();
    const sale = await shop.startSale({ quantity: 4, startsAt: inHalfAnHour }, ahead);
    const attempted = new Set<string>();
    for (const node of nodes) {
      await eventually(async () => expect((await shop.status(node)).sale.id).toBe(sale.id));
      const early = await buy(await tokenFor('early', hourMs), node);
      expect([early.status, early.body.code]).toEqual([403, 'sale_not_active']);
      expect((await shop.status(node)).sale.status).toBe('scheduled');
    }
    const watchers = await Promise.all(nodes.map((node) => shop.shopper(null, node)));
    const startsAt = (await redisNow()) + 1_000;
    const terms = { startsAt: new Date(startsAt).toISOString() };
    expect((await shop.operate('PATCH', `/sales/${sale.id}`, terms, behind)).status).toBe(200);
    await eventually(async () => expect(await redisNow()).toBeGreaterThanOrEqual(startsAt));
    for (const [index, node] of nodes.entries()) {
      const customerId = `customer-${index}`;
      attempted.add(customerId);
      expect((await buy(await tokenFor(customerId, hourMs), node)).status).toBe(201);
      await eventually(() => expect(watchers[index]?.sales.at(-1)?.status).toBe('live'));
    }
    for (const node of [ahead, behind]) await tellsRedisTime(node);
    const orders = await eventually(async () => {
      const found = await shop.request<{ orders: { claimedAt: string; confirmedAt: string | null }[] }>(
        'GET',
        '/orders/me',
        { token: await tokenFor('customer-0', hourMs), node: behind },
      );
      expect(found.body.orders[0]?.confirmedAt).not.toBeNull();
      return found.body.orders;
    });
    // Claimed by Redis and confirmed by any node, on one clock.
    const tookMs = Date.parse(orders[0]?.confirmedAt ?? '') - Date.parse(orders[0]?.claimedAt ?? '');
    expect(Math.abs(tookMs)).toBeLessThan(hourMs / 2);
    const rest = ['customer-2', 'customer-3'];
    for (const customerId of rest) {
      attempted.add(customerId);
      expect((await buy(await tokenFor(customerId, hourMs), behind)).status).toBe(201);
    }
    await checkSale(shop, { saleId: sale.id, quantity: 4, node: ahead }, { attempted, confirmed: new Map() });
  });

  it.each([
    ['ahead', 0],
    ['behind', 1],
  ] as const)('tokens are judged by the clock of Redis on a node that is an hour %s', async (_, index) => {
    const node = nodes[index] as NodeProcess;
    const sale = await shop.startSale({ quantity: 2 }, node);
    const expired = await tokenFor('late-ann', -hourMs / 2);
    expect((await buy(expired, node)).status).toBe(401);
    await expect(connectShopper(node.url, expired)).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    });
    const fresh = await tokenFor('ann', hourMs / 2);
    expect((await buy(fresh, node)).status).toBe(201);
    const shopper = await connectShopper(node.url, await tokenFor('bob', hourMs / 2));
    expect(await shopper.buy()).toMatchObject({ ok: true });
    shopper.socket.disconnect();
    const attempted = new Set(['ann', 'bob']);
    await checkSale(shop, { saleId: sale.id, quantity: 2, node }, { attempted, confirmed: new Map() });
  });

  it('a node whose clock is changed by two hours during a sale continues without a difference', async () => {
    const sale = await shop.startSale({ quantity: 6 }, nodes[0] as NodeProcess);
    const attempted = new Set<string>();
    for (const [index, node] of nodes.entries()) {
      await eventually(async () => expect((await shop.status(node)).sale.id).toBe(sale.id));
      const names = ['before', 'after', 'last'].map((when) => `${when}-${index}`);
      for (const name of names) attempted.add(name);
      const [before, after, last] = names as [string, string, string];
      expect((await buy(await tokenFor(before, hourMs), node)).status).toBe(201);
      node.kill('SIGUSR2');
      expect((await buy(await tokenFor(after, hourMs / 2), node)).status).toBe(201);
      await tellsRedisTime(node);
      expect((await buy(await tokenFor(`${last}-expired`, -hourMs / 2), node)).status).toBe(401);
      expect((await buy(await tokenFor(last, hourMs / 2), node)).status).toBe(201);
    }
    const at = { saleId: sale.id, quantity: 6, node: nodes[1] as NodeProcess };
    await checkSale(shop, at, { attempted, confirmed: new Map() });
  });

  it('the nodes did have another time of day, before and after it was set', async () => {
    for (const [index, node] of nodes.entries()) {
      node.kill('SIGTERM');
      const { output } = await node.exited;
      const now = Date.now();
      const shiftsH = [/"time":(\d+)[^\n]*"msg":"ready"/, /"time":(\d+)[^\n]*"msg":"draining"/].map((line) =>
        Math.round((Number(line.exec(output)?.[1]) - now) / hourMs),
      );
      expect(shiftsH).toEqual(index === 0 ? [1, -1] : [-1, 1]);
    }
  });
});
