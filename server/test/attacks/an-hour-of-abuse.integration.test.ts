import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { inParallel } from '../_support/in-parallel.ts';
import { type LiveMemory, liveMemory } from '../_support/live-memory.ts';
import { askRaw } from '../_support/raw-connection.ts';
import { frame, rawWebSocket, upgradeStatus } from '../_support/raw-web-socket.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

/** Each stands for a second of an attacker who tries everything once a second: `ABUSE_ROUNDS=3600` is an hour of it. */
const rounds = Number(process.env.ABUSE_ROUNDS ?? 100);
const atOnceMax = 60;
/** More than a socket may say in a second. */
const flood = 200;
/** What is made once, however much comes after: compiled code, caches that are full by then. */
const warmUpRounds = 50;
const megabyte = 1024 * 1024;
/** Compiled code comes and goes, and so do the connections of clients that read the metrics. */
const byTheWay = { heapBytes: 2 * megabyte, externalBytes: megabyte, emitters: 40, promises: 80 };
/** Less than the smallest object that an attempt could leave behind. */
const leftBytesMax = 16;

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

/** As if they came one a second; from which round on, and how many. */
const abuse = (from: number, count: number) =>
  inParallel([...Array(count).keys()], atOnceMax, (i) =>
    Promise.all(attempts.map((attempt) => attempt(from + i))),
  );
/** What it has of the machine, also for later use. */
const resident = () => victim.metric('process_resident_memory_bytes');
const inMegabytes = (bytes: number) => `${(bytes / megabyte).toFixed(1)} MB`;
const inWords = ({ heapBytes, externalBytes, emitters, promises }: LiveMemory) =>
  `${inMegabytes(heapBytes)} heap, ${inMegabytes(externalBytes)} beside it, ${emitters} emitters, ${promises} promises`;

it(
  'an hour of abuse, compressed: process lives, memory flat, stock untouched',
  async () => {
    const untouched = await liveMemory(victim.node);
    await abuse(0, warmUpRounds);
    const before = await liveMemory(victim.node);
    const residentBefore = await resident();
    const beganAtMs = Date.now();
    const half = Math.ceil(rounds / 2);
    await abuse(warmUpRounds, half);
    const between = await liveMemory(victim.node);
    await abuse(warmUpRounds + half, rounds - half);
    const tookS = Math.round((Date.now() - beganAtMs) / 1000);
    // The one that was bought before.
    await victim.expectUnharmed(1);
    expect(await victim.metric('flipzon_sockets')).toBe(0);
    const after = await liveMemory(victim.node);
    const residentBytes = [residentBefore, await resident()].map(inMegabytes).join(' → ');
    console.info(
      [
        `${rounds * attempts.length} attempts in ${tookS} s; what is held when garbage has been collected:`,
        `untouched      ${inWords(untouched)}`,
        `warmed up      ${inWords(before)}`,
        `half way       ${inWords(between)}`,
        `in the end     ${inWords(after)}; resident ${residentBytes}`,
      ].join('\n'),
    );
    const mayBeLeft = rounds * attempts.length * leftBytesMax;
    expect(after.heapBytes).toBeLessThan(before.heapBytes + byTheWay.heapBytes + mayBeLeft);
    expect(after.externalBytes).toBeLessThan(before.externalBytes + byTheWay.externalBytes + mayBeLeft);
    // However many attempts there were: not one of a hundred leaves as much as a socket or a request, nor waits for ever.
    expect(after.emitters).toBeLessThan(before.emitters + byTheWay.emitters);
    expect(after.promises).toBeLessThan(before.promises + byTheWay.promises);
  },
  60_000 + rounds * 1_000,
);
