import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { findFreePort } from '@flipzon/local-services/free-port.ts';
import { afterEach, expect, test } from 'vitest';
import { type Backend, openFrontPort } from '../src/shop/front-port.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A node that answers, when its client has ended, with its name and what it was told. */
async function startBackend(name: string): Promise<Backend> {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end(`${name}:${said}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => once(server.close(), 'close'));
  return { port: (server.address() as AddressInfo).port, connections: 0 };
}

async function startFront(backends: Backend[]): Promise<number> {
  const front = await openFrontPort({ port: 0, host: '127.0.0.1', backends: () => backends });
  cleanups.push(() => front[Symbol.asyncDispose]());
  return front.port;
}

async function open(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

async function endAndRead(socket: Socket): Promise<string> {
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.end();
  await once(socket, 'close');
  return answer;
}

test('an end is passed on as an end, and the answer that follows still arrives', async () => {
  const port = await startFront([await startBackend('a')]);
  const socket = await open(port);
  socket.write('hello');
  expect(await endAndRead(socket)).toBe('a:hello');
});

test('a dead node is passed over', async () => {
  const dead: Backend = { port: await findFreePort(), connections: 0 };
  const port = await startFront([dead, await startBackend('b')]);
  const answers = await Promise.all(Array.from({ length: 20 }, async () => endAndRead(await open(port))));
  expect(new Set(answers)).toEqual(new Set(['b:']));
  expect(dead.connections).toBe(0);
});

test('connections go to the node that has the fewest', async () => {
  const backends = [await startBackend('a'), await startBackend('b')];
  const port = await startFront(backends);
  const sockets = await Promise.all(Array.from({ length: 10 }, () => open(port)));
  await expect.poll(() => backends.map(({ connections }) => connections)).toEqual([5, 5]);
  await Promise.all(sockets.map(endAndRead));
  await expect.poll(() => backends.map(({ connections }) => connections)).toEqual([0, 0]);
});

test('with every node dead, a connection is reset after a bounded time', async () => {
  const port = await startFront([{ port: await findFreePort(), connections: 0 }]);
  const socket = await open(port);
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
});

test('a connection waits for a node that comes back', async () => {
  const backends: Backend[] = [];
  const port = await startFront(backends);
  const socket = await open(port);
  backends.push(await startBackend('late'));
  expect(await endAndRead(socket)).toBe('late:');
});
