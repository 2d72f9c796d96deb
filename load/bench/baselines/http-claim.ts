import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { serve } from './serve.ts';
import { answerOf, connectRedis, createClaim, openSale } from './shared-claim.ts';

/** The floor of `POST /buy`: `node:http` and the claim. It trusts every request: it checks no token. */

const redis = connectRedis();
const claim = createClaim(redis);

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', async () => {
    JSON.parse(body);
    const requestId = String(request.headers['idempotency-key'] ?? randomUUID());
    const reply = await claim(String(request.headers['x-customer']), requestId);
    const text = JSON.stringify(answerOf(reply));
    response.writeHead(reply[0] === 'claimed' ? 201 : 400, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});

await serve(server, { openSale: (terms) => openSale(redis, terms) }, ['ioredis']);
