import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  connectionOf,
  cutOff,
  forgetRequest,
  replaceAck,
  SingleWriteServer,
  tcpOf,
  usualAck,
} from '../../src/gateway/private-fields.ts';

/*
 * What private-fields.ts uses of socket.io, engine.io and ws is there, and does what it is used for. A failure after an upgrade of one of
 * them means: read what changed there, and correct private-fields.ts.
 */
let undo: AsyncDisposableStack;
beforeEach(() => {
  undo = new AsyncDisposableStack();
});
afterEach(() => undo.disposeAsync());

/** What an event of either side says. Socket.IO's clients are no Node event emitters to the compiler. */
function next(emitter: { once(event: string, then: (...args: unknown[]) => void): unknown }, event: string) {
  return new Promise<unknown[]>((resolve) => emitter.once(event, (...args) => resolve(args)));
}

async function open(transport: 'websocket' | 'polling') {
  const http = createServer();
  const server = new Server(http, { wsEngine: SingleWriteServer, transports: [transport] });
  undo.defer(() => server.close());
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}`, { transports: [transport], reconnection: false });
  undo.defer(() => void client.disconnect());
  const connected = next(client, 'connect');
  const [socket] = (await next(server, 'connection')) as [Socket];
  await connected;
  return { socket, client };
}

test('the TCP connection of a WebSocket can be reached, and its state', async () => {
  const { socket } = await open('websocket');
  const { transport, writeBuffer } = connectionOf(socket);
  expect(transport.name).toBe('websocket');
  expect(transport.socket?.readyState).toBe(1);
  expect(tcpOf(transport)).toBeInstanceOf(TcpSocket);
  expect(writeBuffer).toEqual([]);
});

test('what is not sent yet stands in the write buffer', async () => {
  const { socket } = await open('polling');
  expect(tcpOf(connectionOf(socket).transport)).toBeNull();
  for (let i = 0; i < 5; i++) socket.emit('a message', i);
  expect(connectionOf(socket).writeBuffer.length).toBeGreaterThan(0);
});

test.each(['websocket', 'polling'] as const)('a connection is cut off: %s', async (transport) => {
  const { socket, client } = await open(transport);
  const left = Promise.all([next(socket, 'disconnect'), next(client, 'disconnect')]);
  cutOff(connectionOf(socket));
  await left;
});

test('the request of a handshake can be released, and the socket works without it', async () => {
  const { socket, client } = await open('websocket');
  expect(socket.conn.request.method).toBe('GET');
  forgetRequest(socket);
  expect(socket.conn.request).toBeNull();
  const [said] = await Promise.all([next(client, 'a message'), socket.emit('a message', 'text')]);
  expect(said).toEqual(['text']);
});

test('a message is one write to the TCP connection', async () => {
  const { socket, client } = await open('websocket');
  const tcp = tcpOf(connectionOf(socket).transport) as TcpSocket;
  const write = vi.spyOn(tcp, 'write');
  const writev = vi.spyOn(tcp, 'cork');
  const [said] = await Promise.all([next(client, 'a message'), socket.emit('a message', 'ünïcode')]);
  expect(said).toEqual(['ünïcode']);
  expect([write.mock.calls.length, writev.mock.calls.length]).toEqual([1, 0]);
});

test('a message over 4 KB arrives whole', async () => {
  const { socket, client } = await open('websocket');
  const text = 'ü'.repeat(5_000);
  const [said] = await Promise.all([next(client, 'a message'), socket.emit('a message', text)]);
  expect(said).toEqual([text]);
});

test('acknowledgements can be made by another function, and by the usual one', async () => {
  const { socket, client } = await open('websocket');
  const ids: number[] = [];
  replaceAck(socket, function (id) {
    ids.push(id);
    return usualAck(this, id);
  });
  socket.on('question', (answer: (text: string) => void) => answer('answer'));
  expect([await client.emitWithAck('question'), await client.emitWithAck('question')]).toEqual([
    'answer',
    'answer',
  ]);
  expect(ids).toEqual([0, 1]);
});
