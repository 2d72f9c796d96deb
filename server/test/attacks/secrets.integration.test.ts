import { createSecretKey } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { readReceipt } from '../../src/buying/receipt.ts';
import { signToken } from '../../src/identity/tokens.ts';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels } from '../../src/mongo/models.ts';
import { runToItsEnd, startNodeProcess } from '../_support/node-process.ts';
import { askRaw } from '../_support/raw-connection.ts';
import { rawWebSocket } from '../_support/raw-web-socket.ts';
import { openShop } from '../_support/shop.ts';

const secret = 'canary-secret-that-signs-tokens-0123456789';
const previous = 'canary-secret-of-last-month-0123456789abc';

it('no token, secret, password or receipt key is in logs, errors or metrics, whatever goes wrong', async () => {
  await using shop = await openShop(inject('mongodbUri'), {
    nodes: 0,
    environment: {
      JWT_SECRET: secret,
      JWT_SECRET_PREVIOUS: previous,
      LOG_LEVEL: 'trace',
      RATE_LIMIT_BUY: '',
    },
  });
  await using node = await startNodeProcess(shop.environment);
  const sign = async (
    customerId: string,
    role: 'customer' | 'operator' | 'owner' = 'customer',
    key = secret,
  ) => (await signToken(key, { customerId, role }, Date.now())).token;
  const [ann, bob, olga] = [
    await sign('ann'),
    await sign('bob', 'customer', previous),
    await sign('olga', 'operator'),
  ];
  const answers: string[] = [];
  const ask: typeof shop.request = async (...args) => {
    const answer = await shop.request<never>(...(args as Parameters<typeof shop.request>));
    answers.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
    return answer;
  };
  await ask('POST', '/start', { token: olga, body: { quantity: 2, startsAt: 'now' }, node });
  const bought = await shop.request<{ receipt: string }>('POST', '/buy', { token: ann, node });
  expect(bought.status).toBe(201);
  const { receipt } = bought.body;
  const made = await shop.request<{ key: string }>('POST', '/api-keys', {
    token: await sign('oda', 'owner'),
    body: { name: 'checkout', scopes: ['payments:write'] },
    node,
  });
  const { key: apiKey } = made.body;

  // Everything that can go wrong with a secret at hand.
  await ask('POST', '/receipts', { token: ann, body: { receipts: [receipt, `${receipt}x`] }, node });
  await ask('POST', '/buy', { token: `${ann}x`, node });
  await ask('POST', '/buy', { token: ann, body: `{"token":"${ann}`, node });
  await ask('POST', '/buy', { token: ann, body: { token: ann, receipt }, node });
  await ask('GET', `/nowhere?token=${bob}`, { token: bob, node });
  await ask('GET', `/sales/${ann}/audit?receipt=${receipt}`, { token: olga, node });
  await ask('POST', '/buy', { token: ann, headers: { 'idempotency-key': ` ${bob}` }, node });
  const payment = { reference: apiKey, amountMinor: 1, currency: 'USD' };
  await ask('POST', `/holds/${apiKey}/payment`, { token: apiKey, body: payment, node });
  await ask('POST', '/holds/x/payment', { token: `${apiKey}x`, body: { ...payment, [apiKey]: 1 }, node });
  await ask('GET', '/orders/me', { token: apiKey, node });
  answers.push(
    await askRaw(node.url, `GET / HTTP/1.1\r\nAuthorization: Bearer ${ann}\r\nBroken Header\r\n\r\n`),
  );
  for (const auth of [
    { token: ann, receipts: [receipt, 'x'] },
    { token: `${ann}x` },
    { token: { token: ann } },
  ]) {
    const socket = await rawWebSocket(node.url, { auth });
    socket.send(`421["buy",{"requestId":"r","token":"${ann}"}]`);
    socket.send(`42["${ann}",{"receipt":"${receipt}"}]`);
    socket.send(`42{"token":"${ann}"`);
    await socket.closed();
    answers.push(socket.received());
  }
  const metrics = await (await fetch(`${node.url}/metrics`)).text();
  // Logs have to say something for their silence about this to mean anything.
  node.kill('SIGTERM');
  const { output, code } = await node.exited;
  expect(code).toBe(0);
  expect(output).toContain('ready');

  const mongo = await connectMongo(shop.mongodbUri, undefined, () => undefined);
  const keys = (await (await createModels(mongo)).Secret.find({}).lean()).map(({ key }) => key);
  await mongo.close();
  expect(
    readReceipt(
      receipt,
      keys.map((key) => createSecretKey(key, 'base64')),
    ),
  ).not.toBeNull();
  const passwords = [shop.environment.REDIS_URL, shop.environment.REDIS_RECOVERY_URL].map(
    (url) => new URL(url as string).password,
  );
  const canaries = { secret, previous, ann, bob, olga, receipt, apiKey, keys, passwords };
  for (const [name, values] of Object.entries(canaries))
    for (const value of [values].flat()) {
      expect(value.length).toBeGreaterThan(20);
      for (const [where, text] of Object.entries({ output, metrics, answers: answers.join('\n') })) {
        expect(text.includes(value), `${name} is in ${where}`).toBe(false);
      }
    }
});

it('a start that fails says which variable is wrong, and never the password in it', async () => {
  const password = 'canary-pass/word';
  const environment = { JWT_SECRET: secret, MONGODB_URI: inject('mongodbUri') };
  const starts = await Promise.all(
    [
      { REDIS_URL: `redis:/nodes:${password}@127.0.0.1:1` },
      { REDIS_URL: `redis://nodes:${password}@127.0.0.1:1,x` },
      { REDIS_URL: `redis://nodes:${encodeURIComponent(password)}@127.0.0.1:1` },
      { REDIS_URL: 'redis://127.0.0.1:1', MONGODB_URI: `mongodb+srv:/u:${password}@x` },
      { REDIS_URL: 'redis://127.0.0.1:1', JWT_SECRET: 'canary-short' },
      { REDIS_URL: 'redis://127.0.0.1:1', JWT_SECRET_PREVIOUS: 'canary-short' },
    ].map((more) => runToItsEnd({ ...environment, ...more })),
  );
  for (const { output, code } of starts) {
    expect(code).not.toBe(0);
    expect(output).not.toContain('canary');
  }
  expect(starts.filter(({ code }) => code === 78)).toHaveLength(5);
});
