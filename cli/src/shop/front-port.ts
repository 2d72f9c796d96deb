import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';

const CONNECT_MS_MAX = 2_000;
/** How often a new connection goes round all nodes before it is given up: a node needs a moment to come back. */
const ROUNDS_MAX = 10;
const ROUND_PAUSE_MS = 200;
const CONNECTIONS_MAX = 60_000;

/** A node behind the front port, on the loopback interface. */
export type Backend = { readonly port: number; connections: number };

export type FrontPort = AsyncDisposable & { port: number };

type FrontPortOptions = { port: number; host: string; backends: () => readonly Backend[] };

/** Listens on one port and passes each connection to the node that has the fewest; a dead node is passed over. */
export async function openFrontPort({ port, host, backends }: FrontPortOptions): Promise<FrontPort> {
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    // Without a listener, a connection that the client resets would end the launcher.
    client.on('error', () => client.destroy());
    void forward(client, backends);
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => close(server, clients),
  };
}

async function close(server: Server, clients: Set<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const client of clients) client.destroy();
  await closed;
}

async function forward(client: Socket, backends: () => readonly Backend[]): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX && !client.destroyed; round += 1) {
    const byLoad = [...backends()].sort((a, b) => a.connections - b.connections);
    for (const backend of byLoad) {
      // Counted before it is connected, so that a burst spreads over the nodes.
      backend.connections += 1;
      const upstream = await connect(backend.port);
      if (upstream !== undefined && !client.destroyed) {
        upstream.once('close', () => {
          backend.connections -= 1;
        });
        join(client, upstream);
        return;
      }
      upstream?.destroy();
      backend.connections -= 1;
      if (client.destroyed) return;
    }
    await new Promise((resolve) => setTimeout(resolve, ROUND_PAUSE_MS));
  }
  client.resetAndDestroy();
}

async function connect(port: number): Promise<Socket | undefined> {
  const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  socket.on('error', () => socket.destroy());
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS_MAX) });
    return socket;
  } catch {
    socket.destroy();
    return undefined;
  }
}

/** Each side's end is passed on as an end, so the other may still speak; each side's failure ends both. */
function join(client: Socket, upstream: Socket): void {
  client.pipe(upstream);
  upstream.pipe(client);
  // A reset, not an end: half an answer must not look like a whole one.
  const endBoth = () => {
    client.resetAndDestroy();
    upstream.destroy();
  };
  client.once('error', endBoth);
  upstream.once('error', endBoth);
  client.once('close', () => upstream.destroy());
  upstream.once('close', (hadError) => {
    if (hadError) client.resetAndDestroy();
    // What it has sent is still flushed to the client.
    else client.end();
  });
}
