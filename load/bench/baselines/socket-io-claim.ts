import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { serve } from './serve.ts';
import { answerOf, connectRedis, createClaim, customerIn, openSale } from './shared-claim.ts';
import { everyTick } from './ticks.ts';

/** Bare Socket.IO: the claim with an acknowledgement, counts by `io.emit`. */

const redis = connectRedis();
const claim = createClaim(redis);
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  const customer = customerIn(socket.handshake.auth.token);
  socket.on('buy', async (request: { requestId: string }, ack: (answer: object) => void) => {
    ack(answerOf(await claim(customer, request.requestId)));
  });
});

await serve(
  server,
  {
    openSale: (terms) => openSale(redis, terms),
    fanOut: (plan) => everyTick(plan, (stock) => io.emit('stock', stock)),
  },
  ['socket.io', 'ioredis'],
);
