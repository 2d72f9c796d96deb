import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** Headers that concern one connection only. */
const ofOneHop = ['connection', 'upgrade', 'keep-alive'];

/** A proxy as some networks have it: it passes requests on one by one, and knows nothing of an upgrade to WebSocket. */
export async function openProxyWithoutUpgrade(node: {
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
