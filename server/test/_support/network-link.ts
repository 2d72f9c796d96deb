import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `upstream`: what the client sends. `downstream`: what the server answers. */
type Direction = 'upstream' | 'downstream';

/**
 * A link from clients to a server of this machine that can be broken and repaired. It goes on holding what a client sent when that client has
 * given up meanwhile, as a network does, and this is why it is not Toxiproxy: 2.12 hangs when it has to repair such a connection.
 */
export interface NetworkLink extends AsyncDisposable {
  /** Where the client connects instead of the server. */
  port: number;
  /** Every connection is closed, and new ones are refused. */
  cut(): Promise<void>;
  /** Connections stay open, and what is sent in that direction vanishes. After the repair those connections are gone. */
  swallow(direction: Direction): void;
  /** What is sent in that direction is held, and arrives after the repair, as in a network that loses packets for a while. */
  hold(direction: Direction): void;
  /** What is sent that way takes so much longer. */
  slow(direction: Direction, latencyMs: number): void;
  /** Connections end once so many bytes more have gone that way, in the middle of whatever that is. */
  endAfter(direction: Direction, bytes: number): void;
  /** As if nothing had ever been wrong. */
  mend(): Promise<void>;
}

/** How one direction is at the moment; `bytesMax` applies to each connection. */
interface Condition {
  swallow: boolean;
  hold: boolean;
  latencyMs: number;
  bytesMax: number;
}
const sound: Condition = { swallow: false, hold: false, latencyMs: 0, bytesMax: Number.POSITIVE_INFINITY };

export async function openNetworkLink(serverPort: number): Promise<NetworkLink> {
  const conditions: Record<Direction, Condition> = { upstream: { ...sound }, downstream: { ...sound } };
  const connections = new Set<Connection>();
  const server = createServer((inside) => {
    const outside = connect(serverPort, '127.0.0.1');
    const connection = new Connection(inside, outside, conditions, () => connections.delete(connection));
    connections.add(connection);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closeAll = async (): Promise<void> => {
    for (const connection of connections) connection.reset();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    port,
    cut: closeAll,
    swallow: (direction) => Object.assign(conditions[direction], { swallow: true }),
    hold: (direction) => Object.assign(conditions[direction], { hold: true }),
    slow: (direction, latencyMs) => Object.assign(conditions[direction], { latencyMs }),
    endAfter: (direction, bytesMax) => Object.assign(conditions[direction], { bytesMax }),
    async mend() {
      for (const condition of Object.values(conditions)) Object.assign(condition, sound);
      for (const connection of connections) connection.mended();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    [Symbol.asyncDispose]: closeAll,
  };
}

class Connection {
  readonly #ways: Way[];
  readonly #sockets: Socket[];

  constructor(inside: Socket, outside: Socket, conditions: Record<Direction, Condition>, closed: () => void) {
    this.#sockets = [inside, outside];
    const reset = () => this.reset();
    this.#ways = [
      new Way(inside, outside, conditions.upstream, reset),
      new Way(outside, inside, conditions.downstream, reset),
    ];
    for (const socket of this.#sockets) {
      // Its end is seen as a close.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (this.#sockets.every(({ destroyed }) => destroyed)) closed();
      });
    }
  }

  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mended(): void {
    if (this.#ways.some((way) => way.hasLost)) this.reset();
    else for (const way of this.#ways) way.release();
  }
}

/** One direction of one connection. */
class Way {
  readonly #to: Socket;
  readonly #condition: Condition;
  readonly #reset: () => void;
  #waiting: { chunk: Buffer; dueAt: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #bytes = 0;
  #ended = false;
  hasLost = false;

  constructor(from: Socket, to: Socket, condition: Condition, reset: () => void) {
    this.#to = to;
    this.#condition = condition;
    this.#reset = reset;
    from.on('data', (chunk) => {
      if (condition.swallow) this.hasLost = true;
      else this.#waiting.push({ chunk, dueAt: performance.now() + condition.latencyMs });
      this.#deliver();
    });
    from.on('close', () => {
      this.#ended = true;
      this.#deliver();
    });
  }

  release(): void {
    for (const each of this.#waiting) each.dueAt = 0;
    this.#deliver();
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    const { hold, bytesMax } = this.#condition;
    const now = performance.now();
    while (!hold && this.#waiting[0] !== undefined && this.#waiting[0].dueAt <= now) {
      const { chunk } = this.#waiting.shift() as { chunk: Buffer };
      this.#bytes = bytesMax === Number.POSITIVE_INFINITY ? 0 : this.#bytes + chunk.length;
      if (this.#bytes > bytesMax) {
        this.#to.end(chunk.subarray(0, chunk.length - (this.#bytes - bytesMax)), this.#reset);
        return;
      }
      this.#to.write(chunk);
    }
    const [next] = this.#waiting;
    if (next === undefined) {
      if (this.#ended) this.#to.end();
    } else if (!hold) this.#timer = setTimeout(() => this.#deliver(), next.dueAt - now + 1);
  }
}

/** The same address by way of a link, or of a proxy. */
export function through(link: { port: number }, url: string): string {
  const by = new URL(url);
  by.hostname = '127.0.0.1';
  by.port = String(link.port);
  return by.href;
}
