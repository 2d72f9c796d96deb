import type { Order } from '@flipzon/protocol/schemas.ts';
import { describe, expect, inject, it } from 'vitest';
import { inParallel } from '../_support/in-parallel.ts';
import { runToItsEnd, startNodeProcess } from '../_support/node-process.ts';
import { jwtSecret, openShop, type Shop } from '../_support/shop.ts';
import { connectShopper, eventually } from '../_support/shopper.ts';

const units = 200;
const buyers = 300;
const answersBeforeTheKill = 60;

interface Buyer {
  customerId: string;
  requestId: string;
  /** What the first node said; null when it died before, or did not take the request at all. */
  first: Order | null;
}

const buyOverHttp = async (
  shop: Shop,
  node: { url: string },
  { customerId, requestId }: Omit<Buyer, 'first'>,
) => {
  const answer = await shop.request<{ order?: Order; code?: string }>('POST', '/buy', {
    token: await shop.token(customerId),
    headers: { 'idempotency-key': requestId },
    node,
  });
  if (answer.status !== 201 && answer.body.code !== 'sold_out') throw new Error(JSON.stringify(answer.body));
  return answer.body.order ?? null;
};

describe('nodes in separate processes', () => {
  it('lose no unit when one is killed during a sale: the same request gets the same unit from the other', {
    timeout: 120_000,
  }, async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 0 });
    await using doomed = await startNodeProcess({ ...shop.environment, NODE_NAME: 'doomed' });
    await using staying = await startNodeProcess({ ...shop.environment, NODE_NAME: 'staying' });
    const sale = await shop.startSale({ quantity: units }, staying);

    let answered = 0;
    let refused = 0;
    const everyone = Array.from({ length: buyers }, (_, i) => ({
      customerId: `buyer-${i}`,
      requestId: `request-${i}`,
    }));
    const asked = await inParallel(everyone, 20, async (buyer, i): Promise<Buyer> => {
      const node = i % 2 === 0 ? doomed : staying;
      const first = await buyOverHttp(shop, node, buyer).catch(() => {
        refused++;
        return null;
      });
      answered++;
      if (answered === answersBeforeTheKill) doomed.kill('SIGKILL');
      return { ...buyer, first };
    });
    expect(await doomed.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(refused).toBeGreaterThan(0);
    expect(asked.filter(({ first }) => first !== null).length).toBeGreaterThan(0);

    // All ask once more, over the other transport of the node that is left.
    const again = await inParallel(asked, 20, async ({ customerId, requestId, first }) => {
      const { socket, buy } = await connectShopper(staying.url, await shop.token(customerId));
      const answer = await buy(requestId);
      socket.disconnect();
      return { first, answer };
    });
    for (const { first, answer } of again) {
      if (first !== null) expect(answer).toMatchObject({ ok: true, order: first });
      else if (!answer.ok) expect(answer.code).toBe('sold_out');
    }
    const sold = again
      .flatMap(({ answer }) => (answer.ok ? [answer.order.unit] : []))
      .toSorted((a, b) => a - b);
    expect(sold).toEqual(Array.from({ length: Math.min(units, buyers) }, (_, i) => i + 1));

    // What the dead node had taken out of the outbox is taken over by the other.
    await eventually(async () => {
      expect(await shop.audit(sale.id, staying)).toMatchObject({
        clean: true,
        orders: units,
        outbox: 0,
        poisoned: 0,
      });
    });
  });

  it('end with 0 when asked to stop, and lose no order by it', async () => {
    await using shop = await openShop(inject('mongodbUri'), { nodes: 0 });
    await using stopping = await startNodeProcess(shop.environment);
    const sale = await shop.startSale({ quantity: 50 }, stopping);
    const everyone = Array.from({ length: 50 }, (_, i) => ({
      customerId: `buyer-${i}`,
      requestId: `request-${i}`,
    }));
    const orders = await inParallel(everyone, 50, (buyer) => buyOverHttp(shop, stopping, buyer));
    stopping.kill('SIGTERM');
    expect(await stopping.exited).toMatchObject({ code: 0, signal: null });

    await using next = await startNodeProcess(shop.environment);
    expect(orders.map((order) => order?.unit).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    await eventually(async () => {
      expect(await shop.audit(sale.id, next)).toMatchObject({ clean: true, orders: 50, outbox: 0 });
    });
  });

  it('do not start with a bad variable: they name it, what was given and what is accepted, and end with 78', async () => {
    const { code, output } = await runToItsEnd({
      REDIS_URL: 'redis://127.0.0.1:1',
      MONGODB_URI: 'mongodb://127.0.0.1:1',
      JWT_SECRET: jwtSecret,
      PORT: 'http',
    });
    expect([code, output.trim()]).toEqual([78, 'PORT is "http"; accepted: a port, 0 to 65535']);
  });

  it('name every variable that is bad, at once', async () => {
    const exit = await runToItsEnd({ PORT: '-1', LOG_LEVEL: 'loud' });
    expect(exit.code).toBe(78);
    for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL', 'MONGODB_URI', 'JWT_SECRET'])
      expect(exit.output).toContain(name);
  });
});
