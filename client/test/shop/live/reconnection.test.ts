import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSocket, type ShopSocket } from '../../../src/shop/live/open-socket.ts';
import { stayConnected } from '../../../src/shop/live/stay-connected.ts';

const asked: number[] = [];
const server = createServer();
server.on('upgrade', (_request, connection) => {
  asked.push(Date.now());
  // A page that gives up first resets the connection.
  connection.on('error', () => undefined);
  connection.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n');
});

let socket: ShopSocket;
beforeEach(async () => {
  asked.length = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', { protocol: 'http:', hostname: '127.0.0.1', port, host: `127.0.0.1:${port}` });
  socket = openSocket(['websocket'], () => null);
});
afterEach(async () => {
  socket.disconnect();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The delays before the first, second, … attempt of one page, in ms, as Socket.IO draws them. */
function delays(attempts: number): number[] {
  const { backoff } = socket.io as unknown as { backoff: { duration(): number; reset(): void } };
  backoff.reset();
  return Array.from({ length: attempts }, () => backoff.duration());
}

test('pages that lost the same node come back spread over two seconds, not together', () => {
  const first = Array.from({ length: 5_000 }, () => delays(1)[0] as number);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(150);
  expect(Math.max(...first)).toBeLessThanOrEqual(3_000);
  const inTenths = new Map<number, number>();
  for (const ms of first) inTenths.set(Math.floor(ms / 100), (inTenths.get(Math.floor(ms / 100)) ?? 0) + 1);
  // Spread evenly it would be 245 in each tenth of a second; Socket.IO puts each tenth of its draws on one side, so up to twice that.
  expect(Math.max(...inTenths.values())).toBeLessThan(700);
});

test('a page that is turned away again and again asks more and more seldom, but at least every 20 seconds', () => {
  const pages = Array.from({ length: 500 }, () => delays(8));
  const mean = (attempt: number) => pages.reduce((sum, page) => sum + (page[attempt] as number), 0) / 500;
  for (const attempt of [1, 2, 3]) expect(mean(attempt)).toBeGreaterThan(1.5 * mean(attempt - 1));
  expect(Math.max(...pages.flat())).toBeLessThanOrEqual(20_000);
});

test('a page that is answered 503 asks again by itself', async () => {
  stayConnected(socket, { connected: vi.fn(), disconnected: vi.fn(), tokenRefused: vi.fn() });
  socket.connect();
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
  expect(socket.active).toBe(true);
}, 30_000);

test('where the server allows several transports, the page tries one after the other', () => {
  const both = openSocket(['websocket', 'polling'], () => null);
  const io = both.io as unknown as Pick<typeof both.io, 'opts'> & { emitReserved(...event: unknown[]): void };
  const tried = [1, 2, 3].map((attempt) => {
    io.emitReserved('reconnect_attempt', attempt);
    return [io.opts.transports].flat();
  });
  expect(tried).toEqual([
    ['polling', 'websocket'],
    ['websocket', 'polling'],
    ['polling', 'websocket'],
  ]);
});
