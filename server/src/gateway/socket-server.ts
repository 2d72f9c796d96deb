import {
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { ClientToServerEvents, ServerToClientEvents } from '@flipzon/protocol/events.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { Server, type Socket } from 'socket.io';
import type { NetworkOf } from '../limits/client-networks.ts';
import { type ClientNetwork, type NetworkRefusal, unlimitedNetwork } from '../limits/network-limits.ts';
import type { Identity } from '../sale/ports.ts';
import type { Admission } from './admission.ts';
import { SingleWriteServer } from './private-fields.ts';

/** Largest frame from a client; a buy has about 150 bytes. */
const frameBytesMax = 4_096;

/** What was last sent to a socket about an order. */
export type DeliveredOrder = Pick<Order, 'status' | 'unit' | 'seq' | 'claimedAt'>;

export interface SocketData {
  /** Null: a spectator. */
  identity: Identity | null;
  network: ClientNetwork;
  /** The orders that were sent to it, a few at most. */
  delivered?: Map<string, DeliveredOrder>;
  /** Buys that are not answered yet. */
  undecided?: number;
}

/** Each begins with the version of its message. */
interface ServerToServerEvents {
  /** Orders that another node sent may not have arrived here. */
  missed: (version: number) => void;
  /** The newest status of orders, of any customers. */
  orders: (version: number, orders: Order[]) => void;
  /** Asks each node to answer. */
  probe: (answer: (nodeId: string) => void) => void;
}
export type SocketServer = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  ServerToServerEvents,
  SocketData
>;
export type ClientSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  ServerToServerEvents,
  SocketData
>;

export interface SocketServerOptions {
  transports: ('websocket' | 'polling')[];
  /** Whether a browser's page of this origin may connect; clients without an origin are no browsers. */
  allowsOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  admission: Pick<Admission, 'ask'>;
  networkOf: NetworkOf;
  onNetworkRefused: (reason: NetworkRefusal['reason']) => void;
  /** For pings, and for their answers. */
  pingMs: number;
  /** Monotonic, ms. */
  now: () => number;
  // biome-ignore lint/suspicious/noExplicitAny: the adapter's constructor, as Socket.IO types it.
  adapter: any;
}

const networks = new WeakMap<object, ClientNetwork>();

/** Where a socket came from; its request is no longer there when this is needed. */
export function networkOfSocket(socket: ClientSocket): ClientNetwork {
  return networks.get(socket.conn) ?? unlimitedNetwork;
}

export function createSocketServer(http: HttpServer, options: SocketServerOptions): SocketServer {
  const io: SocketServer = new Server(http, {
    path: '/socket.io',
    serveClient: false,
    transports: options.transports,
    allowUpgrades: options.transports.includes('polling'),
    maxHttpBufferSize: frameBytesMax,
    wsEngine: SingleWriteServer as never,
    // Off, so that a broadcast is encoded into one frame that all sockets share.
    perMessageDeflate: false,
    connectTimeout: 10_000,
    pingInterval: options.pingMs,
    pingTimeout: options.pingMs,
    adapter: options.adapter,
    allowRequest: (request, decide) => {
      if (!options.allowsOrigin(request.headers.origin, request.headers.host)) return decide(null, false);
      // Engine.IO itself refuses other versions only after the upgrade.
      if ((request as { _query?: { EIO?: unknown } })._query?.EIO !== '4') return decide(null, false);
      // A refused handshake never calls back: Engine.IO has done nothing yet, and does nothing more.
      const crowd = options.networkOf(request).connect(options.now());
      if (crowd !== null) {
        options.onNetworkRefused(crowd.reason);
        return turnAway(request, { status: 429, retryAfterS: Math.ceil(crowd.retryAfterMs / 1000) });
      }
      const refusal = options.admission.ask();
      if (refusal === null) return decide(null, true);
      turnAway(request, { status: 503, retryAfterS: refusal.retryAfterS });
    },
    cors: { origin: false },
  });
  io.engine.on(
    'connection',
    (connection: { request: IncomingMessage; once: (event: 'close', then: () => void) => void }) => {
      const network = options.networkOf(connection.request);
      network.entered();
      connection.once('close', () => network.left());
      networks.set(connection, network);
    },
  );
  return io;
}

export function customerRoom(customerId: string): string {
  return `customer:${customerId}`;
}

/** Refuses a handshake and says when to retry. Engine.IO's own refusal is 400, which clients take for their own fault. */
function turnAway(
  request: IncomingMessage & { res?: ServerResponse },
  { status, retryAfterS }: { status: 429 | 503; retryAfterS: number },
): void {
  const headers = { 'Retry-After': String(retryAfterS), 'Content-Length': '0', Connection: 'close' };
  // With polling there is a response; an upgrade has the bare connection only.
  if (request.res !== undefined) {
    request.res.writeHead(status, headers).end();
    return;
  }
  const { socket } = request;
  socket.on('error', () => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
