import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { inParallel } from '../_support/in-parallel.ts';
import { askRaw } from '../_support/raw-connection.ts';
import { frame, rawWebSocket, upgradeStatus } from '../_support/raw-web-socket.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

/** Each stands for a second of somebody who tries everything once a second: `ABUSE_ROUNDS=3600` is an hour of it. */
const rounds = Number(process.env.ABUSE_ROUNDS ?? 100);
const atOnceMax = 60;
/** More than a socket may say in a second. */
const flood = 200;
const megabyte = 1024 * 1024;

let victim: Victim;
let token: string;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'), {
    environment: { RATE_LIMIT_BUY: '', TRUSTED_PROXIES: '127.0.0.1' },
  });
  token = await victim.shop.token('mallory');
  const bought = await victim.shop.request('POST', '/buy', { token, node: victim.node });
  expect(bought.status).toBe(201);
});
afterAll(() => victim?.[Symbol.asyncDispose]());

const post = (path: string, body: string, more = '') =>
  askRaw(
    victim.url,
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${more}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
async function saying(bytes: Buffer): Promise<void> {
  const socket = await rawWebSocket(victim.url, { token });
  socket.write(bytes);
  await socket.closed();
}

/** Every one of these ends with the connection closed by the server. */
const attempts: readonly ((round: number) => Promise<unknown>)[] = [
  () => post('/buy', JSON.stringify({ saleId: 'x'.repeat(20_000) }), `Authorization: Bearer ${token}\r\n`),
  () => post('/buy', '['.repeat(900), `Authorization: Bearer ${token}\r\n`),
  (round) => post('/buy', '{}', `Authorization: Bearer ${token}${round}\r\n`),
  (round) => post('/login', `{"customerId":{"$ne":${round}}}`),
  (round) => askRaw(victim.url, `GET /${round} HTTP/1.1\r\nHost: x\r\nBroken Header\r\n\r\n`),
  (round) =>
    askRaw(
      victim.url,
      `GET / HTTP/1.1\r\n${Array.from({ length: 2_000 }, (_, i) => `x-${round}-${i}: y\r\n`).join('')}\r\n`,
    ),
  () => upgradeStatus(victim.url, { headers: { origin: 'https://evil.example' } }),
  (round) => upgradeStatus(victim.url, { query: `EIO=4&transport=websocket&sid=__proto__${round}` }),
  () => saying(frame(`42["buy","${'x'.repeat(8_000)}"]`)),
  () => saying(Buffer.concat(Array.from({ length: flood }, (_, i) => frame(`42["unknown-${i}"]`)))),
  () => saying(frame('451000000-["buy",{"_placeholder":true,"num":0}]')),
  (round) =>
    saying(
      Buffer.concat(
        Array.from({ length: flood }, (_, i) => frame(`42${i}["buy",{"requestId":"${round}-${i}"}]`)),
      ),
    ),
];

it(
  'an hour of abuse, compressed: process lives, memory flat, stock untouched',
  async () => {
    const before = await victim.memory();
    const beganAtMs = Date.now();
    await inParallel([...Array(rounds).keys()], atOnceMax, (round) =>
      Promise.all(attempts.map((attempt) => attempt(round))),
    );
    const tookS = Math.round((Date.now() - beganAtMs) / 1000);
    // The one that was bought before.
    await victim.expectUnharmed(1);
    const after = await victim.memory();
    const inMegabytes = (bytes: number) => (bytes / megabyte).toFixed(1);
    console.info(
      `${rounds * attempts.length} attempts in ${tookS} s: ${inMegabytes(before.heldBytes)} MB held before, ` +
        `${inMegabytes(after.heldBytes)} MB after; ${inMegabytes(before.residentBytes)} MB resident before, ` +
        `${inMegabytes(after.residentBytes)} MB after`,
    );
    expect(await victim.metric('flipzon_sockets')).toBe(0);
  },
  60_000 + rounds * 1_000,
);
