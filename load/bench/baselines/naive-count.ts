import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Server } from 'socket.io';
import { serve } from './serve.ts';
import { answerOf, connectRedis, createClaim, customerIn, openSale } from './shared-claim.ts';

/** The live count as tutorials do it: `io.emit` through the Redis adapter on every claim. */

const redis = connectRedis();
const claim = createClaim(redis);
const server = createServer();
const io = new Server(server, {
  transports: ['websocket'],
  serveClient: false,
  adapter: createAdapter(connectRedis(), connectRedis()),
});

io.on('connection', (socket) => {
  const customer = customerIn(socket.handshake.auth.token);
  socket.on('buy', async (request: { requestId: string }, ack: (answer: object) => void) => {
    const reply = await claim(customer, request.requestId);
    ack(answerOf(reply));
    if (reply[0] === 'claimed')
      io.emit('stock', { saleId: 'a-sale-of-the-benchmark', remaining: reply[5], seq: reply[3] });
  });
});

await serve(server, { openSale: (terms) => openSale(redis, terms) }, [
  'socket.io',
  '@socket.io/redis-adapter',
  'ioredis',
]);
