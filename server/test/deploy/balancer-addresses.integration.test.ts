import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { problemOf } from '../../src/http/problems.ts';
import { haproxyBinary, openHaproxy } from '../_support/haproxy.ts';
import { startNodeProcess } from '../_support/node-process.ts';
import { statusesOf } from '../_support/raw-connection.ts';
import { type RawWebSocket, rawUpgrade } from '../_support/raw-web-socket.ts';
import { readRepository } from '../_support/repository.ts';
import { openShop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

const binary = await haproxyBinary();
const socketsMax = 3;

const undo = new AsyncDisposableStack();
let url: string;
/** What the balancer answers while no node runs. */
const unavailable = new Map<string, { status: number; type: string; body: string }>();
beforeAll(async () => {
  if ('missing' in binary) return;
  const haproxy = undo.use(await openHaproxy(binary));
  for (const accept of ['text/html,*/*;q=0.8', 'application/json']) {
    const answer = await fetch(`${haproxy.url}/`, { headers: { accept } });
    const type = answer.headers.get('content-type') ?? '';
    unavailable.set(accept, { status: answer.status, type, body: await answer.text() });
  }
  const shop = undo.use(await openShop(inject('mongodbUri'), { nodes: 0 }));
  const node = await startNodeProcess({
    ...shop.environment,
    HOST: '127.0.0.11',
    PORT: String(haproxy.nodePort),
    // As deployed: the balancer is somewhere in a network that clients may be in as well.
    TRUSTED_PROXIES: '127.0.0.0/8',
    UNLIMITED_ADDRESSES: 'none',
    ADDRESS_SOCKETS: String(socketsMax),
  });
  undo.use(node);
  haproxy.addresses.add('127.0.0.11');
  url = haproxy.url;
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
});
afterAll(() => undo.disposeAsync());

/** One more socket, which says that it comes from somewhere else every time. */
async function knock(localAddress: string, i: number): Promise<{ status: number; socket: RawWebSocket }> {
  const headers = { 'X-Forwarded-For': `198.51.100.${i}` };
  const socket = await rawUpgrade(url, { localAddress, headers });
  const received = await socket.until(/^HTTP\/1\.1 \d{3}/);
  return { status: statusesOf(received)[0] ?? 0, socket };
}

it.skipIf('missing' in binary)(
  'while no node runs, browsers get the maintenance page, which needs nothing else, and programs get the problem',
  () => {
    const [page, problem] = [...unavailable.values()];
    expect([page?.status, page?.type]).toEqual([503, 'text/html; charset=utf-8']);
    expect(page?.body).toBe(readRepository('deploy/maintenance.html'));
    const addresses = [...(page?.body ?? '').matchAll(/(?:src|href)="([^"]*)"|url\(|@import/g)];
    expect(addresses.map(([, address]) => address)).toEqual(['data:,']);
    expect([problem?.status, problem?.type]).toEqual([503, 'application/problem+json']);
    const { type, title, status, code } = problemOf('unavailable', undefined);
    expect(JSON.parse(problem?.body ?? '')).toEqual({ type, title, status, code, retryAfterMs: 10_000 });
  },
);

it.skipIf('missing' in binary).each(['/metrics', '/metrics?x', '/%6detrics', '/metrics/'])(
  'the balancer shows no client %s',
  async (path) => expect((await fetch(`${url}${path}`)).status).toBe(403),
);

it.skipIf('missing' in binary)(
  'behind the balancer an address is the one that connects to it, whatever the client says',
  async () => {
    const open: RawWebSocket[] = [];
    const knockFrom = async (address: string) => {
      const statuses: number[] = [];
      for (let i = 0; i <= socketsMax; i++) {
        const { status, socket } = await knock(address, i);
        statuses.push(status);
        open.push(socket);
      }
      return statuses;
    };
    const expected = [...Array(socketsMax).fill(101), 429];
    expect(await knockFrom('127.0.0.50')).toEqual(expected);
    // A client at another address is let in.
    expect(await knockFrom('127.0.0.51')).toEqual(expected);
    for (const { socket } of open) socket.destroy();
  },
);
