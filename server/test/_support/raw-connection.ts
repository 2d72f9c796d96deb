import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which anything can be written, also what no HTTP client would. */
export interface RawConnection {
  socket: Socket;
  /** All that came so far, as latin1. */
  received: () => string;
  isClosed: () => boolean;
  write: (bytes: string | Uint8Array) => void;
  /** Waits until this has come; rejects when the connection is closed before. */
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
  const looking = new Set<() => void>();
  const look = () => {
    for (const each of looking) each();
  };
  socket.on('data', (chunk) => {
    if (received.length < receivedMax) received += chunk.toString('latin1');
    look();
  });
  // A reset is one of the ways to refuse.
  socket.on('error', () => socket.destroy());
  const { promise: end, resolve } = Promise.withResolvers<void>();
  socket.on('close', () => {
    closed = true;
    resolve();
    look();
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
      new Promise((done, failed) => {
        const check = () => {
          const there = typeof text === 'string' ? received.includes(text) : text.test(received);
          if (!there && !closed) return;
          looking.delete(check);
          if (there) done(received);
          else failed(new Error(`${text} has not come, but: ${received.slice(0, 500)}`));
        };
        looking.add(check);
        check();
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
