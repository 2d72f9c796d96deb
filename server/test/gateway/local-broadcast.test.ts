import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, type Socket as TcpSocket } from 'node:net';
import { io as connectClient, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalBroadcast } from '../../src/gateway/local-broadcast.ts';
import { lookAtReaders } from '../../src/gateway/slow-readers.ts';
import { createSocketServer, type SocketServer } from '../../src/gateway/socket-server.ts';
import { unlimitedNetwork } from '../../src/limits/network-limits.ts';
import { eventually } from '../_support/shopper.ts';

let http: HttpServer;
let io: SocketServer;
let broadcast: LocalBroadcast;
let port: number;
const clients: Socket[] = [];

beforeEach(async () => {
  http = createServer();
  io = createSocketServer(http, {
    transports: ['websocket', 'polling'],
    allowsOrigin: () => true,
    admission: { ask: () => null },
    networkOf: () => unlimitedNetwork,
    onNetworkRefused: () => undefined,
    pingMs: 20_000,
    now: () => performance.now(),
    adapter: undefined,
  });
  broadcast = new LocalBroadcast(io);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  port = (http.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await io.close();
});

async function client(transport: 'websocket' | 'polling'): Promise<{ socket: Socket; heard: unknown[] }> {
  const socket = connectClient(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
  clients.push(socket);
  const heard: unknown[] = [];
  socket.onAny((event, payload) => heard.push([event, payload]));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { socket, heard };
}

/** A WebSocket of the default namespace that never reads. */
async function deafClient(): Promise<TcpSocket> {
  const tcp = connect(port, '127.0.0.1');
  tcp.on('error', () => undefined);
  tcp.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(tcp, 'data');
  tcp.pause();
  // "40", masked with zeros: connect to the default namespace.
  tcp.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
  return tcp;
}

it('reaches every socket once and in order, whatever its transport, at every length of a frame', async () => {
  const [ws, polling] = [await client('websocket'), await client('polling')];
  const payloads = [0, 50, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 200, 65_000].map((length) => ({
    saleId: `é${'x'.repeat(length)}`,
    remaining: length,
    seq: 1,
  }));
  for (const [index, stock] of payloads.entries()) {
    broadcast.send('stock', stock);
    // In between something for each alone, as an order would be.
    for (const socket of io.sockets.sockets.values()) socket.emit('presence', { connected: index });
  }
  const expected = payloads.flatMap((stock, index) => [
    ['stock', stock],
    ['presence', { connected: index }],
  ]);
  await eventually(() => expect(ws.heard).toEqual(expected));
  await eventually(() => expect(polling.heard).toEqual(expected));
});

it('passes over a busy socket with what may be dropped, and not with what may not', async () => {
  const { heard } = await client('websocket');
  const [socket] = io.sockets.sockets.values();
  // The second waits until the first is on its way.
  socket?.emit('presence', { connected: 1 });
  socket?.emit('presence', { connected: 2 });
  expect(broadcast.sendDroppable('stock', { saleId: 's', remaining: 2, seq: 1 })).toBe(true);
  broadcast.sendToMissed('stock', { saleId: 's', remaining: 1, seq: 2 });
  await eventually(() => expect(heard).toHaveLength(3));
  expect(heard).toEqual([
    ['presence', { connected: 1 }],
    ['presence', { connected: 2 }],
    ['stock', { saleId: 's', remaining: 1, seq: 2 }],
  ]);
});

it('drops a socket that does not read, and no other', async () => {
  const { socket: reader, heard } = await client('websocket');
  const deaf = await deafClient();
  await eventually(() => expect(io.sockets.sockets.size).toBe(2));
  expect(lookAtReaders(io).dropped).toBe(0);
  const large = { saleId: 'x'.repeat(60_000), remaining: 1, seq: 1 };
  // As much as the kernel takes for the client, and then more.
  const slow = [...io.sockets.sockets.values()].find((each) => each.id !== reader.id);
  let sent = 0;
  await eventually(async () => {
    for (let i = 0; i < 50; i++, sent++) broadcast.send('stock', large);
    await eventually(() => expect(heard).toHaveLength(sent));
    expect(lookAtReaders(io).dropped).toBe(1);
  });
  await eventually(() => expect(slow?.connected).toBe(false));
  expect(reader.connected).toBe(true);
  broadcast.send('presence', { connected: 1 });
  await eventually(() => expect(heard.at(-1)).toEqual(['presence', { connected: 1 }]));
  expect(heard).toHaveLength(sent + 1);
  deaf.destroy();
});
