import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from './shopper.ts';

/** A TCP connection on which anything can be written, also what no HTTP client would. */
export interface RawConnection {
  socket: Socket;
  /** All that came so far, as latin1. */
  received: () => string;
  isClosed: () => boolean;
  write: (bytes: string | Uint8Array) => void;
  /** Waits until all of this has come. */
  until: (text: string | RegExp) => Promise<string>;
  /** Waits until the server has closed the connection; what came before. */
  closed: () => Promise<string>;
}

const receivedMax = 1_000_000;

export async function rawConnection(url: string, localAddress?: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: hostname,
    port: Number(port),
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  let received = '';
  let closed = false;
  socket.on('data', (chunk) => {
    if (received.length < receivedMax) received += chunk.toString('latin1');
  });
  // A reset is one of the ways to refuse.
  socket.on('error', () => socket.destroy());
  const { promise: end, resolve } = Promise.withResolvers<void>();
  socket.on('close', () => {
    closed = true;
    resolve();
  });
  await Promise.race([once(socket, 'connect').catch(() => undefined), end]);
  return {
    socket,
    received: () => received,
    isClosed: () => closed,
    write: (bytes) => {
      if (!closed) socket.write(bytes);
    },
    until: (text) =>
      eventually(() => {
        const there = typeof text === 'string' ? received.includes(text) : text.test(received);
        if (!there) throw new Error(`${text} has not come, but: ${received.slice(0, 500)}`);
        return received;
      }),
    async closed() {
      await end;
      return received;
    },
  };
}

/** One request as it stands, and everything that comes until the server closes. */
export async function askRaw(url: string, text: string): Promise<string> {
  const connection = await rawConnection(url);
  connection.write(text);
  return connection.closed();
}

/** The status line of each response. */
export function statusesOf(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}
