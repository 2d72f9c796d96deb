import type { Socket as TcpSocket } from 'node:net';
import type { ClientToServerEvents } from '@flipzon/protocol/events.ts';
import type { Rate } from '../limits/buy-rate.ts';
import { type Connection, connectionOf, cutOff, tcpOf } from './private-fields.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket } from './socket-server.ts';

/** Events that a socket may send in a second; a page sends a handful. */
const eventsMin = 100;
/** Joins of one connection per second. Each join is sent the whole state; a page joins once. */
const joinsMax = 5;
/** Events per buy of the customer's rate; buys over the rate are refused with a reason long before this bound. */
const timesBuyRate = 20;
/** Approximate bytes of an event, and the bytes of a handshake with all its receipts. */
const bytesPerEvent = 256;
const bytesMin = 64 * 1024;

const known: Record<keyof ClientToServerEvents, true> = {
  buy: true,
  renew: true,
  time: true,
  watchNodeStats: true,
  watchRecentUnits: true,
  unwatch: true,
  watch: true,
  watchGone: true,
};
const knownEvents: ReadonlySet<unknown> = new Set(Object.keys(known));

export type Misuse =
  | 'unknown_event'
  | 'no_callback'
  | 'invalid_payload'
  | 'too_many_events'
  | 'too_many_joins'
  | 'too_many_bytes';

interface Settings {
  buyRate: Rate;
  onMisuse: (kind: Misuse) => void;
}

/**
 * What a client may send in a second: a number of messages (events, joins and leaves), a number of joins, and a number of bytes on
 * the wire. Bytes also count frames that never become a message: endless fragments, pings, garbage. All are counted as they arrive, so sockets that
 * only watch, which are most of them, cost nothing.
 */
export class InboundBounds {
  readonly #eventsMax: number;
  readonly #bytesMax: number;
  readonly #onMisuse: Settings['onMisuse'];
  readonly #messages = new Map<Connection, number>();
  readonly #joins = new Map<object, number>();
  readonly #bytes = new Map<TcpSocket, number>();

  readonly #noteEvent = shared((_socket, event: unknown) => {
    if (!knownEvents.has(event)) this.#onMisuse('unknown_event');
  });
  /** One function for all connections; `this` is the connection. */
  readonly #countMessage: (this: Connection) => void;
  readonly #countBytes: (this: TcpSocket, chunk: Buffer) => void;

  constructor({ buyRate, onMisuse }: Settings) {
    this.#eventsMax = Math.max(eventsMin, (timesBuyRate * buyRate.points * 1000) / buyRate.perMs);
    this.#bytesMax = Math.max(bytesMin, this.#eventsMax * bytesPerEvent);
    this.#onMisuse = onMisuse;
    const count = (tcp: TcpSocket, bytes: number) => {
      if (!reaches(this.#bytes, tcp, bytes, this.#bytesMax)) return;
      this.#onMisuse('too_many_bytes');
      tcp.destroy();
    };
    const countMessage = (connection: Connection) => {
      if (!reaches(this.#messages, connection, 1, this.#eventsMax)) return;
      this.#onMisuse('too_many_events');
      cutOff(connection);
    };
    this.#countMessage = function () {
      countMessage(this);
    };
    this.#countBytes = function (chunk) {
      count(this, chunk.length);
    };
  }

  /** Every connection, also those that never join; the size of a polling request has its own bound. */
  watch(connection: Connection): void {
    connection.on('data', this.#countMessage);
    const tcp = tcpOf(connection.transport);
    if (tcp !== null) tcp.on('data', this.#countBytes);
    else connection.once('upgrade', () => tcpOf(connection.transport)?.on('data', this.#countBytes));
  }

  watchEvents(socket: ClientSocket): void {
    socket.onAny(this.#noteEvent);
  }

  /** Runs before the token is checked. A connection that joins too often is refused and closed. */
  readonly join = (socket: ClientSocket, next: () => void): void => {
    const joined = (this.#joins.get(socket.conn) ?? 0) + 1;
    this.#joins.set(socket.conn, joined);
    if (joined <= joinsMax) next();
    else if (joined === joinsMax + 1) {
      this.#onMisuse('too_many_joins');
      cutOff(connectionOf(socket));
    }
  };

  /** To be called once a second. */
  beginSecond(): void {
    this.#messages.clear();
    this.#joins.clear();
    this.#bytes.clear();
  }
}

/** Adds to the count of one connection; true only when this first takes it to the maximum or past it. */
function reaches<Key>(counts: Map<Key, number>, key: Key, more: number, max: number): boolean {
  const before = counts.get(key) ?? 0;
  counts.set(key, before + more);
  return before < max && before + more >= max;
}
