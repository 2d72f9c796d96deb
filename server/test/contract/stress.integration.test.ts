import type { Order, Problem } from '@flipzon/protocol/schemas.ts';
import mongoose from 'mongoose';
import { expect, inject, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { inParallel } from '../_support/in-parallel.ts';
import { openShop } from '../_support/shop.ts';
import { confirmedOrder, connectShopper, eventually, type Shopper } from '../_support/shopper.ts';

const buyers = 3_000;
const units = 500;
const connectingMax = 50;
const buyingMax = 600;

interface Answered {
  customerId: string;
  /** Null: asked over HTTP. */
  shopper: Shopper | null;
  code: string;
  order: Order | undefined;
}

/** Orders in MongoDB, read directly. */
async function storedOrders(mongodbUri: string, saleId: string) {
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  try {
    return await connection.collection('orders').find({ saleId }).toArray();
  } finally {
    await connection.close();
  }
}

it('3,000 buyers, half over sockets and half over HTTP, on two nodes, share 500 units exactly', {
  timeout: 300_000,
}, async () => {
  await using shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  const nodes = shop.nodes as readonly [App, App];
  const sale = await shop.startSale({ quantity: units, startsAt: '2031-01-01T00:00:00Z' });
  const shoppers: Shopper[] = [];
  try {
    const customers = await inParallel(Array.from({ length: buyers }), connectingMax, async (_, i) => {
      const customerId = `buyer-${i}`;
      const token = await shop.token(customerId);
      // Every pair of door and node in turn.
      const node = nodes[i % 4 < 2 ? 0 : 1];
      if (i % 2 === 0) return { customerId, token, node, shopper: null };
      const shopper = await connectShopper(node.url, token);
      shoppers.push(shopper);
      return { customerId, token, node, shopper };
    });
    await shop.operate('PATCH', `/sales/${sale.id}`, { startsAt: 'now' });

    const answers = await inParallel(customers, buyingMax, async (customer): Promise<Answered> => {
      const { customerId, token, node, shopper } = customer;
      const requestId = `request-of-${customerId}`;
      if (shopper !== null) {
        const answer = await shopper.buy(requestId);
        return { customerId, shopper, code: answer.ok ? 'claimed' : answer.code, order: answer.order };
      }
      const headers = { 'idempotency-key': requestId };
      const { status, body } = await shop.request<Problem>('POST', '/buy', { token, headers, node });
      return { customerId, shopper, code: status === 201 ? 'claimed' : body.code, order: body.order };
    });
    expect(answers).toHaveLength(buyers);
    expect(answers.filter(({ code }) => code !== 'claimed' && code !== 'sold_out')).toEqual([]);
    const won = answers.filter(({ code }) => code === 'claimed');
    const soldUnits = won.map(({ order }) => order?.unit ?? 0).toSorted((a, b) => a - b);
    expect(soldUnits).toEqual(Array.from({ length: units }, (_, i) => i + 1));
    expect(won.every(({ customerId, order }) => order?.customerId === customerId)).toBe(true);
    // Both nodes have sold.
    expect(won.some(({ shopper }) => shopper === null)).toBe(true);
    expect(won.some(({ shopper }) => shopper !== null)).toBe(true);

    await eventually(async () => expect(await storedOrders(shop.mongodbUri, sale.id)).toHaveLength(units));
    const stored = await storedOrders(shop.mongodbUri, sale.id);
    const inMongodb = new Map(stored.map((order) => [order.customerId as string, order]));
    for (const { customerId, order } of won) {
      expect(inMongodb.get(customerId)).toMatchObject({
        unit: order?.unit,
        status: 'confirmed',
        requestId: `request-of-${customerId}`,
      });
    }

    for (const { shopper } of won) {
      if (shopper !== null) await confirmedOrder(shopper);
    }
    for (const shopper of shoppers) {
      await eventually(() => expect(shopper.stocks.at(-1)).toMatchObject({ saleId: sale.id, remaining: 0 }));
    }
    await eventually(async () => {
      expect(await shop.audit(sale.id)).toMatchObject({
        clean: true,
        orders: units,
        claims: units,
        remaining: 0,
        outbox: 0,
        poisoned: 0,
      });
    });
    for (const node of nodes) {
      expect((await shop.status(node)).sale).toMatchObject({ status: 'sold_out', remaining: 0 });
    }
  } finally {
    for (const { socket } of shoppers) socket.disconnect();
  }
});
