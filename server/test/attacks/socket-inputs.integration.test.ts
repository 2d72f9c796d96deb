import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { signToken } from '../../src/identity/tokens.ts';
import { frame, opcodes, rawUpgrade, rawWebSocket, upgradeStatus } from '../_support/raw-web-socket.ts';
import { jwtSecret } from '../_support/shop.ts';
import { connectShopper, eventually, type Shopper } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

const dayMs = 24 * 3600 * 1000;

let victim: Victim;
let token: string;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'), {
    environment: {
      RATE_LIMIT_BUY: '',
      TRUSTED_PROXIES: '127.0.0.1',
      ADDRESS_SOCKETS: '30',
      SUBNET_SOCKETS: '60',
      CUSTOMER_SOCKETS: '5',
    },
  });
  token = await victim.shop.token('mallory');
});
afterAll(async () => {
  await using _ = victim;
  // The process lives, its memory is flat, and the one claim is the honest buy's: no attack bought.
  await victim.expectUnharmed(1);
});

const outcomeOf = (
  auth: string | null,
  from?: string,
): Promise<Shopper | { code?: string; message: string }> =>
  connectShopper(
    victim.url,
    auth,
    from === undefined ? {} : { extraHeaders: { 'x-forwarded-for': from } },
  ).catch(
    (error: Error & { data?: { code: string; message: string } }) => error.data ?? { message: error.message },
  );
const leave = (outcomes: readonly (Shopper | object)[]) => {
  for (const each of outcomes) if ('socket' in each) each.socket.disconnect();
};

describe('sockets: bad token; foreign Origin; too many sockets of one customer or address: connect_error or refused upgrade, with a code', () => {
  it('bad token: connect_error, the same for all', async () => {
    const [head, body] = token.split('.');
    const expired = await signToken(
      jwtSecret,
      { customerId: 'mallory', role: 'customer' },
      Date.now() - dayMs - 2_000,
    );
    for (const bad of ['x', `${head}.${body}.`, expired.token, 'x'.repeat(3_000)])
      expect(await outcomeOf(bad)).toEqual({
        code: 'unauthenticated',
        message: 'The token is not valid. Sign in again.',
      });
    for (const odd of [{ token: { $ne: null } }, { token: ['x'] }, { token: 1 }, { token: true }]) {
      const socket = await rawWebSocket(victim.url, { auth: odd });
      expect(socket.received()).toContain('"code":"unauthenticated"');
      socket.socket.destroy();
    }
    // No object is no handshake.
    const none = await rawWebSocket(victim.url, { join: false });
    none.send('40["token"]');
    none.send('40{"token":');
    await none.closed();
  });

  it('foreign Origin: refused upgrade', async () => {
    for (const origin of ['https://evil.example', 'null', 'file://', `${victim.url}.evil.example`]) {
      const refused = await rawUpgrade(victim.url, { headers: { Origin: origin } });
      expect(await refused.closed()).toMatch(/^HTTP\/1\.1 40[03] /);
    }
    expect(await upgradeStatus(victim.url, { headers: { Origin: victim.url } })).toBe(101);
  });

  it('too many sockets of one customer: connect_error', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(token)));
    const refused = outcomes.filter((each) => !('socket' in each));
    expect(refused).toEqual(
      Array(3).fill({
        code: 'too_many_sockets',
        message: 'This customer has too many connections. Close one and try again.',
      }),
    );
    leave(outcomes);
    await eventually(async () => expect(await victim.metric('flipzon_sockets')).toBe(0));
    const next = await outcomeOf(token);
    expect(next).toHaveProperty('socket');
    leave([next]);
  });

  it('too many sockets of one address, or of one subnet: refused upgrade, and others get through', async () => {
    const statusFrom = (address: string) =>
      upgradeStatus(victim.url, { headers: { 'X-Forwarded-For': address } });
    const crowd = await Promise.all(Array.from({ length: 40 }, () => outcomeOf(null, '203.0.113.7')));
    expect(crowd.filter((each) => 'socket' in each)).toHaveLength(30);
    expect(await statusFrom('203.0.113.7')).toBe(429);
    const neighbours = await Promise.all(
      Array.from({ length: 40 }, (_, i) => outcomeOf(null, `203.0.113.${100 + i}`)),
    );
    expect(neighbours.filter((each) => 'socket' in each)).toHaveLength(30);
    expect(await statusFrom('203.0.113.250')).toBe(429);
    expect(await statusFrom('198.51.100.1')).toBe(101);
    // What a client says itself, further from us than its own address, is not believed.
    expect(await statusFrom('198.51.100.1, 203.0.113.7')).toBe(429);
    leave([...crowd, ...neighbours]);
    await eventually(async () => expect(await statusFrom('203.0.113.7')).toBe(101));
  });
});

describe('sockets: frame over 4 KB, endless fragments, a million announced attachments, binary placeholders, malformed packets, EIO=3, sid=__proto__: disconnected', () => {
  const big = 'x'.repeat(5_000);
  const attacks: Record<string, Buffer | string | (Buffer | string)[]> = {
    'frame over 4 KB': frame(`42["buy",{"requestId":"${big}"}]`),
    'frame that announces a terabyte': frame('42["buy"', { announcedBytes: 2 ** 40 }),
    'frame that announces more than there is': frame('4', { announcedBytes: Number.MAX_SAFE_INTEGER }),
    'message over 4 KB in pieces': [
      frame('42["buy"', { final: false }),
      ...Array.from({ length: 50 }, () =>
        frame('x'.repeat(100), { final: false, opcode: opcodes.continuation }),
      ),
    ],
    'a million announced attachments': frame('451000000-["buy",{"_placeholder":true,"num":0}]'),
    'as many attachments as a number can say': frame('4599999999999999999999-["buy"]'),
    'placeholders without attachments': [
      frame('451-["buy",{"_placeholder":true,"num":0}]'),
      frame('420["buy",{"requestId":"r"}]'),
    ],
    'placeholder that points nowhere': [
      frame('451-["buy",{"_placeholder":true,"num":99}]'),
      frame('b', { opcode: opcodes.binary }),
    ],
    'binary that was not announced': frame('\0\x01\x02', { opcode: opcodes.binary }),
    'no JSON': frame('42{"buy"'),
    'no array': frame('42{}'),
    'an event that is no name': frame('42[{}]'),
    'a reserved event': frame('42["connect"]'),
    'an unknown packet': frame('49'),
    'an unknown engine packet': frame('9hello'),
    'an acknowledgement of nothing': frame('43999["x"]'),
    'an unmasked frame': frame('2', { masked: false }),
    'reserved bits': frame('2', { reserved: 0x70 }),
    'no opcode': frame('2', { opcode: 11 }),
    'a ping over 125 bytes': frame('x'.repeat(126), { opcode: opcodes.ping }),
    'a ping in pieces': frame('x', { opcode: opcodes.ping, final: false }),
    'not UTF-8': frame(Buffer.from([0x34, 0x32, 0xff, 0xfe])),
    'a continuation of nothing': frame('x', { opcode: opcodes.continuation }),
    'bytes that are no frame': Buffer.alloc(4_000, 0x7f),
  };
  /** These say nothing and do nothing. */
  const harmless = ['an acknowledgement of nothing', 'a reserved event'];

  it.concurrent.each(Object.keys(attacks))('%s', async (what) => {
    const socket = await rawWebSocket(victim.url, { token: await victim.shop.token(what) });
    for (const piece of [attacks[what]].flat()) socket.write(piece as Buffer);
    if (harmless.includes(what)) {
      socket.send('427["time"]');
      await Promise.any([socket.until('437[{"serverTime"'), socket.closed()]);
      socket.socket.destroy();
    } else await socket.closed();
  });

  it('EIO=3, sid=__proto__ and other odd handshakes: refused upgrade', async () => {
    const queries = [
      'EIO=3&transport=websocket',
      'transport=websocket',
      'EIO=4&transport=websocket&sid=__proto__',
      'EIO=4&transport=websocket&sid=constructor',
      'EIO=4&transport=__proto__',
      'EIO=4&transport=polling',
      'EIO=4&transport=webtransport',
      `EIO=4&transport=websocket&sid=${'x'.repeat(5_000)}`,
    ];
    for (const query of queries)
      expect([query, await upgradeStatus(victim.url, { query })]).toEqual([query, 400]);
    const other = await rawWebSocket(victim.url, { join: false });
    other.send('40/admin,{}');
    await other.until('44/admin,{"message":"Invalid namespace"}');
    other.socket.destroy();
  });
});

it('sockets: unknown event, buy without callback, callback that is no function, wrong payload: ignored and counted, or a typed error', async () => {
  const before = await victim.metric('flipzon_socket_misuse_total');
  const socket = await rawWebSocket(victim.url, { token });
  for (const text of [
    '42["drop_tables"]',
    '42["__proto__",{}]',
    '42["hasOwnProperty"]',
    '42["buy",{"requestId":"r-1"}]',
    '42["buy"]',
    '42["buy",{"requestId":"r-2"},"callback"]',
  ])
    socket.send(text);
  const wrong = [
    '',
    'null,',
    '[],',
    '"r",',
    '{},',
    '{"requestId":1},',
    '{"requestId":{"$ne":null}},',
    '{"requestId":"r","x":1},',
    '{"requestId":"r","__proto__":{"x":1}},',
    '1,2,3,',
  ];
  for (const [i, payload] of wrong.entries())
    socket.send(`42${100 + i}["buy"${payload === '' ? '' : `,${payload.slice(0, -1)}`}]`);
  for (const i of wrong.keys()) await socket.until(`43${100 + i}[{"ok":false,"code":"invalid_request"`);
  expect(socket.isClosed()).toBe(false);
  expect((await victim.metric('flipzon_socket_misuse_total')) - before).toBe(6 + wrong.length);
  expect(await victim.shop.request('GET', '/status', { node: victim.node })).toMatchObject({
    body: { remaining: 50 },
  });
  socket.send('42500["buy",{"requestId":"honest"}]');
  await socket.until('43500[{"ok":true');
  socket.socket.destroy();
});
