import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { claimChannel } from './claim-script.ts';
import { serve } from './serve.ts';
import { answerOf, connectRedis, createClaim, customerIn, openSale } from './shared-claim.ts';
import { everyTick } from './ticks.ts';

/*
 * The floor: `ws` and the claim. It speaks just enough of Socket.IO's frames for the same client, and sends one frame,
 * encoded once, to all sockets.
 */

const redis = connectRedis();
const claim = createClaim(redis);
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: true });
const open = `0${JSON.stringify({ sid: 'x', upgrades: [], pingInterval: 60_000, pingTimeout: 60_000, maxPayload: 4_096 })}`;

sockets.on('connection', (socket) => {
  let customer = '';
  socket.send(open);
  socket.on('message', (data) => {
    const text = String(data);
    if (text.startsWith('40')) {
      if (text.length > 2) customer = customerIn(JSON.parse(text.slice(2)).token);
      socket.send('40{"sid":"x"}');
    } else if (text.startsWith('42')) void onBuy(socket, customer, text);
  });
});

async function onBuy(socket: WebSocket, customer: string, text: string): Promise<void> {
  const bracket = text.indexOf('[');
  const [, request] = JSON.parse(text.slice(bracket)) as [string, { requestId: string }];
  const answer = answerOf(await claim(customer, request.requestId));
  socket.send(`43${text.slice(2, bracket)}${JSON.stringify([answer])}`);
}

/** A text frame of the server is its length and the text: written directly to each socket, below `ws`'s own sender. */
function sendToAll(text: string): void {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.of(0x81, payload.length)
      : Buffer.of(0x81, 126, payload.length >> 8, payload.length & 255);
  const frame = Buffer.concat([head, payload]);
  for (const socket of sockets.clients) {
    (socket as unknown as { _socket: { write(frame: Buffer): void } })._socket.write(frame);
  }
}

const subscriber = connectRedis();
await subscriber.subscribe(claimChannel);
subscriber.on('message', (_channel, message) => {
  if (process.env.COUNT_ON_CLAIM !== '1') return;
  const [remaining, seq] = message.split(' ').map(Number);
  sendToAll(`42${JSON.stringify(['stock', { saleId: 'a-sale-of-the-benchmark', remaining, seq }])}`);
});

await serve(
  server,
  {
    openSale: (terms) => openSale(redis, terms),
    fanOut: (plan) => everyTick(plan, (stock) => sendToAll(`42${JSON.stringify(['stock', stock])}`)),
  },
  ['ws', 'ioredis'],
);
