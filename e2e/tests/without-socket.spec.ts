import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { expect, test } from '../fixtures.ts';

/** Headers that concern one connection only. */
const ofOneHop = ['connection', 'upgrade', 'keep-alive'];

test('a proxy lets no WebSocket through: I follow the sale, buy, and my order is confirmed', async ({
  shop,
  operator,
  shopper,
  crowd,
}) => {
  await using proxy = await openProxyWithoutUpgrade(shop.nodes[0]);
  const sale = await operator.start({ quantity: 5 });
  const ana = await shopper({ url: proxy.url });
  await ana.visit();
  await expect(ana.page.getByTestId('banner')).toContainText('No live connection');
  await ana.expectState('live');
  await expect(ana.buy).toBeEnabled();
  // It is not of this moment, and says so.
  await expect(ana.page.getByTestId('age')).toContainText('as of');
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(4);

  const bought = ana.page.waitForRequest('**/buy');
  await ana.buy.click();
  const { 'idempotency-key': requestId } = await (await bought).allHeaders();
  expect(requestId).toBeTruthy();
  await ana.expectState('confirmed');
  await ana.expectUnit(2);
  await ana.expectRemaining(3);
  await ana.page.reload();
  await ana.expectState('confirmed');
  expect(proxy.upgradesDropped()).toBeGreaterThan(0);
  expect(await operator.orders(sale.id)).toHaveLength(2);
});

test('if the server allows polling too, the page is live behind the same proxy', async ({
  shop,
  operator,
  shopper,
  crowd,
}) => {
  await using node = shop.createNode('polling', { TRANSPORTS: 'websocket,polling' });
  await node.start();
  await using proxy = await openProxyWithoutUpgrade(node);
  await operator.start({ quantity: 5 });
  const ana = await shopper({ url: proxy.url });
  await ana.open();
  await ana.expectState('live');
  await expect(ana.page.getByTestId('banner')).toBeHidden();
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await ana.expectRemaining(4);
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(2);
  expect(proxy.upgradesDropped()).toBeGreaterThan(0);
});

/** A proxy as some networks have it: it passes requests on one by one, and knows nothing of an upgrade to WebSocket. */
async function openProxyWithoutUpgrade(node: {
  url: string;
}): Promise<AsyncDisposable & { url: string; upgradesDropped: () => number }> {
  let dropped = 0;
  const server = createServer((inside, answer) => {
    if (inside.headers.upgrade !== undefined) dropped += 1;
    const headers = Object.fromEntries(
      Object.entries(inside.headers).filter(([name]) => !ofOneHop.includes(name)),
    );
    const { method = 'GET', url = '/' } = inside;
    const outside = request(new URL(url, node.url), { method, headers }, (reply) => {
      // The page has given up on it.
      if (answer.destroyed) return void reply.destroy();
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      pipeline(reply, answer, () => undefined);
    });
    outside.on('error', () => answer.destroy());
    pipeline(inside, outside, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    upgradesDropped: () => dropped,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
