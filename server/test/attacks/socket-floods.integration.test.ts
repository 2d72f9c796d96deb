import type { BuyAnswer } from '@flipzon/protocol/schemas.ts';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { rawConnection } from '../_support/raw-connection.ts';
import {
  frame,
  opcodes,
  type RawWebSocket,
  rawWebSocket,
  upgradeStatus,
} from '../_support/raw-web-socket.ts';
import { jwtSecret } from '../_support/shop.ts';
import { connectShopper, eventually } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

/** Fewer than would be taken for a flood. */
const pressEveryMs = 25;
const answerMsMax = 5_000;
/** The node uses Redis's clock. */
const clocksApartMsMax = 100;

let victim: Victim;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'), {
    environment: {
      RATE_LIMIT_BUY: '',
      TRUSTED_PROXIES: '127.0.0.1',
      SOCKET_PING_SECONDS: '2',
      ADDRESS_CONNECTS: '50/1s',
    },
  });
});
afterAll(async () => {
  await using _ = victim;
  // The process lives, its memory is flat, the stock is what the honest buys left.
  const { body } = await victim.shop.request<{ remaining: number }>('GET', '/status', { node: victim.node });
  await victim.expectUnharmed(50 - body.remaining);
});

/** Goes on until the server has had enough; the pieces are sent as fast as it reads. */
async function flood(socket: RawWebSocket, piece: (i: number) => Buffer | string): Promise<void> {
  for (let i = 0; !socket.isClosed(); i++) {
    const bytes = piece(i);
    if (socket.socket.write(bytes)) await new Promise((resolve) => setImmediate(resolve));
    else
      await Promise.race([socket.closed(), new Promise((resolve) => socket.socket.once('drain', resolve))]);
  }
}

it('1,000 buys a second: typed errors; disconnected after a bound', async () => {
  const socket = await rawWebSocket(victim.url, { token: await victim.shop.token('eager') });
  socket.write(
    Buffer.concat(Array.from({ length: 1_000 }, (_, i) => frame(`42${i}["buy",{"requestId":"r-${i}"}]`))),
  );
  const received = await socket.closed();
  const answers = [...received.matchAll(/43\d+\[\{"ok":(true|false),?(?:"code":"(\w+)")?/g)];
  expect(answers.filter(([, ok]) => ok === 'true').length).toBeLessThanOrEqual(1);
  const codes = new Set(answers.map(([, , code]) => code).filter((code) => code !== undefined));
  expect([...codes].every((code) => ['already_purchased', 'too_many_requests'].includes(code))).toBe(true);
  expect(await victim.metric('flipzon_socket_misuse_total')).toBeGreaterThan(0);
});

it('endless fragments, pings, unknown events, rubbish: disconnected; joined or not', async () => {
  const fragments = frame('', { final: false, opcode: opcodes.continuation });
  const kinds: ((i: number) => Buffer | string)[] = [
    (i) => (i === 0 ? frame('42', { final: false }) : Buffer.concat(Array(500).fill(fragments))),
    () => Buffer.concat(Array(500).fill(frame('x'.repeat(100), { opcode: opcodes.ping }))),
    () => Buffer.concat(Array(500).fill(frame('3'))),
    () => Buffer.concat(Array(500).fill(frame('42["nothing"]'))),
    () => Buffer.concat(Array(500).fill(frame('420["time"]'))),
  ];
  const sockets = await Promise.all(
    [true, false].flatMap((join) =>
      kinds.map((kind) => rawWebSocket(victim.url, { join }).then((socket) => ({ socket, kind }))),
    ),
  );
  await Promise.all(sockets.map(({ socket, kind }) => flood(socket, kind)));
});

it('joining and leaving again and again on one connection: counted, cut off; a namespace that there is not counts as well', async () => {
  const before = await victim.metric('flipzon_socket_misuse_total');
  const comesAndGoes = await rawWebSocket(victim.url);
  let left = 0;
  const again = async () => {
    left++;
    comesAndGoes.send('41');
    // The answer to a ping: by then the one before it has been dealt with.
    comesAndGoes.write(frame(`${left}`.padStart(4), { opcode: opcodes.ping }));
    await comesAndGoes.until(`\x8a\x04${`${left}`.padStart(4)}`);
    comesAndGoes.send('40');
    await comesAndGoes.until(new RegExp(`(40\\{"sid".*){${left + 1}}`, 's'));
  };
  // All clients may reconnect, but not for ever.
  await again();
  await expect(
    (async () => {
      for (let i = 0; i < 500; i++) await again();
    })(),
  ).rejects.toThrow('has not come');
  expect(comesAndGoes.isClosed()).toBe(true);
  const strange = await rawWebSocket(victim.url, { join: false });
  await flood(strange, (i) => Buffer.concat(Array(50).fill(frame(`40/nowhere-${i},`))));
  expect(await victim.metric('flipzon_socket_misuse_total')).toBeGreaterThanOrEqual(before + 2);
});

it('token expires while connected: checked at every buy; notified, disconnected', async () => {
  const key = new TextEncoder().encode(jwtSecret);
  const beganAt = Date.now();
  // Sockets are looked through once a second: whenever that is, one of these has half a second left to buy in without a token.
  const outcomes = await Promise.all(
    [2_000, 2_250, 2_500, 2_750].map(async (lifetimeMs) => {
      const expiresAt = beganAt + lifetimeMs;
      const token = await new SignJWT({ sub: `late-${lifetimeMs}`, role: 'customer', exp: expiresAt / 1000 })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(key);
      const { socket } = await connectShopper(victim.url, token);
      const ends: unknown[] = [];
      socket.on('sessionEnded', (why) => ends.push(why));
      const late: string[] = [];
      for (let i = 0; socket.connected; i++) {
        const sentAt = Date.now();
        const answer: BuyAnswer | null = await socket
          .timeout(answerMsMax)
          .emitWithAck('buy', { requestId: `late-${i}` })
          .catch(() => null);
        if (answer !== null && sentAt > expiresAt + clocksApartMsMax)
          late.push(answer.ok ? 'bought' : answer.code);
        await new Promise((resolve) => setTimeout(resolve, pressEveryMs));
      }
      await expect(connectShopper(victim.url, token)).rejects.toMatchObject({
        data: { code: 'unauthenticated' },
      });
      return { late, ends };
    }),
  );
  const lateAnswers = outcomes.flatMap(({ late }) => late);
  expect(lateAnswers.length).toBeGreaterThan(0);
  expect(new Set(lateAnswers)).toEqual(new Set(['unauthenticated']));
  for (const { ends } of outcomes) expect(ends).toMatchObject([{ code: 'unauthenticated' }]);
});

it('customer blocked while connected: checked at every buy; notified, disconnected', async () => {
  await using other = await victim.shop.addNode();
  const sockets = await Promise.all(
    [victim.url, other.url].map(async (url) => rawWebSocket(url, { token: await victim.shop.token('bot') })),
  );
  const blocked = await victim.shop.operate(
    'POST',
    '/customers/bot/block',
    { reason: 'scalper' },
    victim.node,
  );
  expect(blocked.body).toEqual({ customerId: 'bot', blocked: true });
  for (const socket of sockets) {
    await socket.until('42["sessionEnded",{"code":"forbidden"');
    await socket.closed();
  }
  const token = await victim.shop.token('bot');
  for (const node of [victim.node, other])
    expect(await victim.shop.request('POST', '/buy', { token, node })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  await expect(connectShopper(victim.url, token)).rejects.toMatchObject({ data: { code: 'forbidden' } });
  expect((await victim.shop.operate('DELETE', '/customers/bot/block', undefined, victim.node)).status).toBe(
    200,
  );
  await eventually(async () => {
    const { body } = await victim.shop.request('POST', '/buy', { token, node: other });
    expect(body).toMatchObject({ order: { customerId: 'bot' } });
  });
});

it('connect and never join; never read; never answer pings: dropped in bounded time', async () => {
  const silent = await rawConnection(victim.url);
  const neverJoins = await rawWebSocket(victim.url, { join: false });
  const neverAnswers = await rawWebSocket(victim.url);
  const neverReads = await rawWebSocket(victim.url, { token: await victim.shop.token('deaf') });
  neverReads.socket.pause();
  await Promise.all([silent.closed(), neverJoins.closed(), neverAnswers.closed()]);
  await eventually(async () => expect(await victim.metric('flipzon_sockets')).toBe(0));
  neverReads.socket.destroy();
});

it('5,000 connects a second from one address: admission limit; others get through', async () => {
  let asked = 0;
  const stop = new AbortController();
  const from = (address: string) => upgradeStatus(victim.url, { headers: { 'X-Forwarded-For': address } });
  const statuses: number[] = [];
  const attackers = Array.from({ length: 50 }, async () => {
    while (!stop.signal.aborted && asked < 5_000) {
      asked++;
      statuses.push(await from('203.0.113.9'));
    }
  });
  const tooksMs: number[] = [];
  for (let i = 0; i < 50 && asked < 5_000; i++) {
    const startedAt = performance.now();
    expect([i, await from(`198.51.${i}.1`)]).toEqual([i, 101]);
    tooksMs.push(performance.now() - startedAt);
  }
  stop.abort();
  await Promise.all(attackers);
  const letIn = statuses.filter((status) => status === 101).length;
  expect(new Set(statuses)).toEqual(new Set([101, 429]));
  expect(await victim.metric('flipzon_network_refused_total')).toBe(statuses.length - letIn);
  console.info(
    `${statuses.length} handshakes from one address: ${letIn} let in; ${tooksMs.length} from others meanwhile, ` +
      `all let in, in ${Math.round(tooksMs.toSorted((a, b) => a - b)[tooksMs.length >> 1] ?? 0)} ms at the median`,
  );
});
