import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { rawConnection } from '../_support/raw-connection.ts';
import { rawWebSocket, upgradeStatus } from '../_support/raw-web-socket.ts';
import { eventually } from '../_support/shopper.ts';
import { openVictim, type Victim } from '../_support/victim.ts';

const socketsMax = 10;
/** Two for each socket. */
const connectionsMax = 2 * socketsMax;
const connectsMax = 30;

let victim: Victim;
beforeAll(async () => {
  victim = await openVictim(inject('mongodbUri'), {
    environment: {
      UNLIMITED_ADDRESSES: '127.0.0.1',
      ADDRESS_SOCKETS: String(socketsMax),
      // None comes back while the test runs.
      ADDRESS_CONNECTS: `${connectsMax}/9999s`,
    },
  });
});
afterAll(async () => {
  await using _ = victim;
  await victim.expectUnharmed(0);
});

it('connections that do nothing count for their address: further ones are closed at once, and room is made by those that go', async () => {
  const open = () => rawConnection(victim.url, '127.0.0.2');
  const idle = await Promise.all(Array.from({ length: connectionsMax }, open));
  const refused = await victim.metric('flipzon_network_refused_total');
  const further = await open();
  await further.closed();
  expect(idle.some((connection) => connection.isClosed())).toBe(false);
  expect(await victim.metric('flipzon_network_refused_total')).toBe(refused + 1);
  // The neighbours are served.
  expect(await upgradeStatus(victim.url, { localAddress: '127.0.0.3' })).toBe(101);

  idle.pop()?.socket.destroy();
  await eventually(async () =>
    expect(await upgradeStatus(victim.url, { localAddress: '127.0.0.2' })).toBe(101),
  );
  for (const connection of idle) connection.socket.destroy();
});

it('coming and going again and again counts: such an address is turned away though it has no socket open, and others are let in', async () => {
  const here = { localAddress: '127.0.0.4' };
  for (let visit = 0; visit < connectsMax; visit++) {
    const socket = await rawWebSocket(victim.url, here);
    socket.send('41');
    socket.socket.destroy();
  }
  expect(await upgradeStatus(victim.url, here)).toBe(429);
  expect(await upgradeStatus(victim.url, { localAddress: '127.0.0.5' })).toBe(101);
});
