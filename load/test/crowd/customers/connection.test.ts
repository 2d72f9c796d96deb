import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { Connection } from '../../../crowd/customers/connection.ts';
import { Gate } from '../../../shared/gate.ts';
import { createRandom } from '../../../shared/random.ts';

it('a client that a full node refuses with 503 tries again until it may connect', async () => {
  let turnedAway = 0;
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer().on('upgrade', (request, connection, head) => {
    if (turnedAway < 2) {
      turnedAway++;
      connection.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      socket.on('message', () => socket.send('40{"sid":"joined"}'));
      socket.send('0{"sid":"open","pingInterval":20000,"pingTimeout":20000}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const trouble: string[] = [];
  const connection = new Connection({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    random: createRandom(1),
    gate: new Gate(1),
    onReconnect: () => undefined,
    onTrouble: (reason) => trouble.push(reason),
  });
  expect(await connection.connect()).toEqual({ ok: true });
  expect(trouble).toEqual(Array(2).fill('Unexpected server response: 503'));
  connection.close();
  server.close();
});

it('a page that is loaded again connects with a new socket, and nothing counts as lost', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  let joined = 0;
  let left = 0;
  const bothLeft = Promise.withResolvers<void>();
  sockets.on('connection', (socket) => {
    socket.on('message', () => {
      joined++;
      socket.send('40{"sid":"joined"}');
    });
    socket.on('close', () => {
      left++;
      if (left === 2) bothLeft.resolve();
    });
    socket.send('0{"sid":"open","pingInterval":20000,"pingTimeout":20000}');
  });
  let lost = 0;
  const connection = new Connection({
    url: `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    random: createRandom(1),
    gate: new Gate(1),
    onReconnect: () => {
      lost++;
    },
    onTrouble: () => undefined,
  });
  await connection.connect();
  expect(await connection.reload()).toEqual({ ok: true });
  connection.close();
  await bothLeft.promise;
  expect({ joined, left, lost }).toEqual({ joined: 2, left: 2, lost: 0 });
  sockets.close();
});
