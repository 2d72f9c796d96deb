import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { askRaw, rawConnection, statusesOf } from '../_support/raw-connection.ts';
import { eventually } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

let victim: Victim;
/** Units that this file's honest customers have bought so far, in whatever order its tests run. */
let honest = 0;
let token: string;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'));
  token = await victim.shop.token('ann');
  // What she asks for later is refused: she has her unit.
  const { status } = await victim.shop.request('POST', '/buy', { token, node: victim.node });
  expect(status).toBe(201);
  honest++;
});
afterAll(async () => {
  await using _ = victim;
  // The process lives, its memory is flat, the stock is what the honest buys left.
  await victim.expectUnharmed(honest);
  await eventually(async () => expect(await victim.metric('flipzon_sockets')).toBe(0));
});

/** What four connections may cost while they are there; unbounded, one of them took half a gigabyte. */
const grownAtPeakMax = 120 * 1024 * 1024;

/** The most that a process has had in memory since it was last asked. */
function peakBytes(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return Number(kilobytes) * 1024;
}

const get = 'GET /healthz HTTP/1.1\r\nHost: shop\r\n';

describe('HTTP: slow headers, slow body, 2,000 headers, __proto__ header, pipelining, request smuggling: closed in time; process lives', () => {
  it('slow headers, slow body, nothing at all: closed in time', async () => {
    const slow = await Promise.all(
      Array.from({ length: 90 }, async (_, i) => {
        const connection = await rawConnection(victim.url);
        if (i % 3 === 0) connection.write(get);
        if (i % 3 === 1)
          connection.write(
            `POST /buy HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{`,
          );
        return connection;
      }),
    );
    // A byte now and then, as Slowloris does it, for as long as the server lets it.
    const drip = setInterval(() => {
      for (const [i, connection] of slow.entries()) {
        if (i % 3 === 0) connection.write(`x-${i}: y\r\n`);
        if (i % 3 === 1) connection.write(' ');
      }
    }, 900);
    try {
      // Others are served meanwhile.
      expect(statusesOf(await askRaw(victim.url, `${get}Connection: close\r\n\r\n`))).toEqual([200]);
      const said = await Promise.all(slow.map((connection) => connection.closed()));
      for (const [i, received] of said.entries())
        expect([i, statusesOf(received)]).toEqual([i, i % 3 === 2 ? expect.anything() : [408]]);
    } finally {
      clearInterval(drip);
    }
  });

  it('2,000 headers: 431', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => `a${i % 10}:b\r\n`).join('');
    expect(statusesOf(await askRaw(victim.url, `${get}${many}Connection: close\r\n\r\n`))).toEqual([431]);
    const long = Array.from({ length: 2_000 }, (_, i) => `x-header-${i}: ${'v'.repeat(50)}\r\n`).join('');
    expect(statusesOf(await askRaw(victim.url, `${get}${long}\r\n`))).toEqual([431]);
    // A browser sends some twenty.
    const some = Array.from({ length: 60 }, (_, i) => `x-${i}: v\r\n`).join('');
    expect(statusesOf(await askRaw(victim.url, `${get}${some}Connection: close\r\n\r\n`))).toEqual([200]);
  });

  it('__proto__ header: a header like any other', async () => {
    const odd = '__proto__: {"polluted":true}\r\nconstructor: x\r\n__proto__: again\r\nhasOwnProperty: y\r\n';
    const buy =
      `POST /buy HTTP/1.1\r\nHost: shop\r\n${odd}Content-Length: 0\r\nConnection: close\r\n` +
      `Authorization: Bearer ${await victim.shop.token('proto')}\r\nIdempotency-Key: proto\r\n\r\n`;
    const answer = await askRaw(victim.url, buy);
    expect(statusesOf(answer)).toEqual([201]);
    honest++;
    expect((await victim.shop.request('GET', '/status', { node: victim.node })).body).not.toHaveProperty(
      'polluted',
    );
  });

  it('pipelining: answered in order, and a client that does not read the answers gets no more', async () => {
    const two = await askRaw(
      victim.url,
      `${get}\r\nGET /nowhere HTTP/1.1\r\nHost: shop\r\n\r\n${get}Connection: close\r\n\r\n`,
    );
    expect(statusesOf(two)).toEqual([200, 404, 200]);
    const deaf = await rawConnection(victim.url);
    deaf.socket.pause();
    const thousand = 'GET /openapi.json HTTP/1.1\r\nHost: shop\r\n\r\n'.repeat(1_000);
    // 60 kB of requests ask for some 100 MB of answers each time.
    for (let i = 0; i < 20; i++) deaf.write(thousand);
    // While it is there: what it asked for is not lying ready for it.
    await victim.expectUnharmed(honest);
    deaf.socket.destroy();
  });

  it.each(['/docs/json', '/metrics', '/'])(
    '1,700 requests for %s in one piece, and nothing is read: the node keeps one answer for them, and cuts the connection',
    async (path) => {
      const peakBefore = peakBytes(victim.node.pid);
      const many = `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`.repeat(1_700);
      const deaf = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const connection = await rawConnection(victim.url);
          connection.socket.pause();
          connection.write(many);
          return connection;
        }),
      );
      // Behind all of them: by now they have been read.
      expect(statusesOf(await askRaw(victim.url, `${get}Connection: close\r\n\r\n`))).toEqual([200]);
      for (const { socket } of deaf) socket.resume();
      for (const connection of deaf)
        expect(statusesOf(await connection.closed()).length).toBeLessThanOrEqual(33);
      expect(peakBytes(victim.node.pid) - peakBefore).toBeLessThan(grownAtPeakMax);
    },
  );

  it('requests that lie in one piece are answered one after the other, each with its own answer', async () => {
    const asked = Array.from({ length: 30 }, (_, i) =>
      i % 3 === 0
        ? ['GET /healthz', '', 200]
        : i % 3 === 1
          ? ['POST /buy', `Authorization: Bearer ${token}\r\nIdempotency-Key: other-${i}\r\n`, 400]
          : ['GET /nowhere', '', 404],
    );
    const text = asked.map(([line, headers]) => `${line} HTTP/1.1\r\nHost: shop\r\n${headers}\r\n`);
    const answer = await askRaw(victim.url, `${text.join('')}${get}Connection: close\r\n\r\n`);
    expect(statusesOf(answer)).toEqual([...asked.map(([, , status]) => status), 200]);
  });

  it('an upgrade to anything but our socket is passed over, and the request is answered', async () => {
    const h2c = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
    const ask = async (line: string, headers: string, body = '') => {
      const connection = await rawConnection(victim.url);
      connection.write(`${line} HTTP/1.1\r\nHost: shop\r\n${headers}\r\n${body}`);
      await connection.until(/\r\n\r\n/);
      // The connection is as good as before.
      connection.write(`${get}Connection: close\r\n\r\n`);
      return statusesOf(await connection.closed());
    };
    expect(await ask('GET /healthz', h2c)).toEqual([200, 200]);
    expect(await ask('GET /nowhere', h2c)).toEqual([404, 200]);
    expect(await ask('GET /healthz', 'Connection: Upgrade\r\nUpgrade: websocket\r\n')).toEqual([200, 200]);
    const buy = `${h2c}Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n`;
    expect(await ask('POST /buy', buy, '{}')).toEqual([400, 200]);
    expect(await ask('GET /socket.io/?EIO=4&transport=websocket', h2c)).toEqual([400, 200]);
  });

  it('Java’s own client, which asks for HTTP/2 first, buys and reads', async ({ skip }) => {
    const java = findOnPath('java');
    if (java === undefined) return skip('no java on PATH (11 or later)');
    const program = fileURLToPath(new URL('../_support/JavaClient.java', import.meta.url));
    const args = [program, victim.url, await victim.shop.token('duke'), victim.saleId];
    const { output } = await runCommand(java, args, { timeoutMs: 50_000 });
    expect(output.trim().split('\n')).toEqual(['201 HTTP_1_1', '200 HTTP_1_1', '200 HTTP_1_1']);
    honest++;
  });

  it('request smuggling: one reading only, or refused and closed', async () => {
    const head = 'POST /status HTTP/1.1\r\nHost: shop\r\n';
    const smuggled = 'GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n';
    const attempts = {
      'both lengths': `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'two lengths': `${head}Content-Length: 0\r\nContent-Length: 40\r\n\r\n${smuggled}`,
      'signed length': `${head}Content-Length: +0\r\n\r\n${smuggled}`,
      'hexadecimal length': `${head}Content-Length: 0x10\r\n\r\n${smuggled}`,
      'chunked, then not': `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
      'unknown coding': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'space before the colon': `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'folded header': `${head}X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      'chunk size with a sign': `${head}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${smuggled}`,
      'bare line feeds': `${head}Transfer-Encoding: chunked\n\n0\n\n${smuggled}`,
      'NUL in a header': `${head}X: a\0b\r\nContent-Length: 0\r\n\r\n${smuggled}`,
      'no host': 'GET /healthz HTTP/1.1\r\n\r\n',
      'not HTTP': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    };
    const outcomes = await Promise.all(
      Object.entries(attempts).map(async ([what, text]) => [
        what,
        statusesOf(await askRaw(victim.url, text)),
      ]),
    );
    // What Node reads only after its headers is answered before it is refused; what follows is never another request.
    const read = ['unknown coding', 'chunk size with a sign'];
    expect(outcomes).toEqual(
      Object.keys(attempts).map((what) => [what, read.includes(what) ? [405, 400] : [400]]),
    );
  });
});
